"""Which thing is meant by "it" and "they", and by a clause that leaves its verb out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .acting import Verb
from .deeds import Deeds
from .lexicon import Item, Named
from .places import Place
from .whereabouts import TURNED

DONE_TO = ("hit", "topple", "push", "collide")
"""Verbs behind which "it" is whom they are done to, where that one can do what is said next."""

OF_ITSELF = ("drive", "jump", "bounce", "rest", "turn", "rise", "fly", "swing", "float", "hover", "descend", "sink")
"""Verbs behind those of which "it" goes on being who acts."""

STAYING = ("light up", "go out", "flicker", "blink", "open", "close", "burn", "smoke", "spark")
"""What things do that stand fast."""


@dataclass
class Meant(Deeds):
    """What was spoken of, and by whom."""

    former: tuple[str, ...] = ()
    """Who acted in the clauses before, the last one first."""
    group: tuple[str, ...] = ()
    """Those who last acted together."""
    clause: int = 0
    """The number of the first happening of the clause."""
    lost: bool = False
    """Whether words of this clause came that are not known."""
    earlier: tuple[str, ...] = ()
    """What this sentence began with: what was named in those before it."""
    going_on: bool = False
    """Whether "and" or a comma came in a list."""
    front: tuple[str, Place] | None = None
    """What was named behind where it is, and where that is."""
    patient: str | None = None
    """Whom "it" may mean in front of a verb besides who acts: to whom something was done in the clause before."""

    def _spoken_of(self, item: Item) -> str | None:
        """What a pronoun means behind a verb or a preposition; None where nothing was spoken of."""
        here = (*self.actors, *self.main) if self.verb is not None else self.last
        relation = self.relation[0] if self.relation is not None else None
        others = [name for name in reversed(self.seen) if name not in here]
        several = item.words in ("they", "them")
        others = [n for n in others if item.words != "it" or self.family(n) != "people"] or others
        alike = [name for name in others if self.are_several(name) == several] or others
        topic = next((name for name in self.former if name in alike), None)
        if self.relation is not None and self.relation[1] in ("into", "in", "inside") and here:
            hollow = [name for name in others if self.company(name, here[0]) == "in"]
            alike = hollow or alike
            topic = topic if topic in alike else None
        if relation in ("on", "in") and here:
            bearing = [name for name in alike if self.company(name, here[0]) != "next to"]
            return topic if topic in bearing else next(iter(bearing or alike), None)
        if relation == "under" and topic is not None:
            return next((p.of[0] for p in self.subjects[topic].places if p.relation == "on"), topic)
        if relation is not None and relation != "at":
            return self._beside(topic) if topic is not None else next(iter(alike), None)
        if self.source and topic is not None and here and self.company(topic, here[0]) == "next to":
            return next((p.of[0] for p in self.subjects[topic].places if p.relation in ("on", "in")), topic)
        return topic or next(iter(alike), None)

    def _one_so(self) -> str | None:
        """One of those that were spoken of, by what is told of it: "the blue one"; one more of them behind "a". None
        where it may be several."""
        if self.article == "a" and self.seen:
            like = self.subjects[self.former[0] if self.since_break and self.former else self.seen[-1]]
            noun = re.sub(r" [A-Z]$", "", like.name).lower()
            return self.named(Named(self.lexicon.library[like.thing], False, noun))
        told = [(s, self._knobs(self.lexicon.library[s.thing], tell=False)) for s in self.subjects.values()]
        found = [s.name for s, knobs in told if knobs and knobs.items() <= s.parameters.items()]
        if self.material is not None:
            usual = {name: self.lexicon.library[s.thing].make().stuff for name, s in self.subjects.items()}
            found = [s.name for s in self.subjects.values() if (s.stuff or usual[s.name]) == self.material.value]
        if len(found) != 1:
            self.unsaid()
            return None
        self.forget()
        self.led = False
        return found[0]

    def _is_group(self, item: Item) -> bool:
        """Whether "them" are those who acted together before, so that it is done to each."""
        ones = [name for name in self.group if name not in self.actors]
        if self.verb is None or self.relation is not None or item.words not in ("they", "them") or len(ones) < 2:
            return False
        if self.verb.to == "no" or any(self.are_several(name) for name in self.seen if name not in self.actors):
            return False
        for name in ones:
            self._all(self.verb, name)
        self.last = tuple(ones)
        return True

    def _beside(self, topic: str) -> str:
        """What something stands beside: what was spoken of, or what that one only stands beside itself, as in "a lamp
        stands behind the sofa and a rug lies in front of it"."""
        assert self.relation is not None
        places = self.subjects[topic].places
        acts = any(h.who == topic for h in self.happenings)
        if self.relation[0] in TURNED and places and places[-1].relation in TURNED and not acts:
            return places[-1].of[0]
        return topic

    def _who(self, item: Item) -> None:
        """Who acts in a clause that begins with a pronoun: who acted before, or to whom it was done."""
        last = self.happenings[-1] if self.happenings else None
        if item.words in ("they", "them") and len(self.actors) == 1 and not self.are_several(self.actors[0]):
            both = (last.who, last.to) if last is not None and last.to and last.does in DONE_TO else self.actors
            self.actors = next(((n,) for n in reversed(self.seen) if self.are_several(n)), both)
        if item.words == "it" and last is not None and last.who in self.sent:
            self.actors = (last.who,)
        done_to = last is not None and last.does in DONE_TO and last.who in self.actors
        self.patient = last.to if last is not None and done_to and item.words == "it" else None
        self.last, self.since_break = self.actors, False

    def _which(self, verb: Verb) -> None:
        """Who is meant by the pronoun in front of a verb."""
        patient, self.patient = self.patient, None
        if patient is None or verb.name in OF_ITSELF:
            return
        if verb.name in STAYING or self.lexicon.library[self.subjects[patient].thing].moves != "fixed":
            self.actors = self.last = (patient,)
            if verb.waits == "event" and not self.then:
                self.then, self.since = True, len(self.happenings) - 1

    def _is_later(self, item: Item) -> bool:
        """Whether a preposition says where something comes to be, and not where it is: "a player kicks a ball into a
        goal", "a ball rolls down a ramp and into a bucket"."""
        if item.words in ("into", "onto"):
            moved = self.clause < len(self.happenings) and self.last != self.actors
            return self.lost or moved or (self.since_break and bool(self.happenings))
        return self.since_break and bool(self.happenings) and item.words in ("over", "across", "along", "down", "past")

    def _do_alike(self) -> None:
        """What was done before is done by those who are named now, or to them where it is done to somebody."""
        last = self.happenings[-1]
        verb = self.lexicon.verbs[last.does]
        if verb.to == "must":
            named, self.actors = self.actors, (last.who,)
            for name in named:
                self._all(verb, name)
        else:
            self._all(verb, None)

    def _listed_too(self) -> None:
        """What was said of the thing in front of "and" is said of those behind it, where the clause names these alone:
        it is done to all, and all are where that is said first, as in "on a table stand a cup and a plate"."""
        listed = self.actors[1:] if self.front is not None and self.actors[:1] == self.front[:1] else self.actors
        before = next((name for name in reversed(self.seen) if name not in listed), None)
        bare = self.going_on and listed and self.last == self.actors and self.relation is None and not self.source
        if not bare or before is None or self.then or self.undone or self.lost:
            return
        acts = {name for h in self.happenings for name in (h.who, h.to, h.source)}
        if any(n in acts or n in self.earlier or self.subjects[n].places for n in listed):
            return
        last = self.happenings[-1] if self.happenings else None
        for name in listed:
            if last is not None and last.to == before and last.does in DONE_TO:
                self.happenings.append(last.model_copy(update={"to": name}))
            elif self.front is not None and self.front[0] == before:
                self.put(name, self.front[1])

    def _elided(self) -> bool:
        """Whether the clause names somebody alone behind "then", so that it does what was done before: "the cup falls,
        then the plate"."""
        bare = self.then and self.actors and self.last == self.actors and self.relation is None and not self.source
        if not bare or not self.happenings or self.undone or any(self.subjects[n].places for n in self.actors):
            return False
        return self.happenings[-1].who not in self.actors and self.happenings[-1].to not in self.actors
