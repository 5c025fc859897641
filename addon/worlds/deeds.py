"""What the things of a plan in the making do, and when: a verb that waits for what it goes to, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field

from .acting import Verb
from .lexing import Item
from .manifest import Happening
from .places import Place
from .whereabouts import Whereabouts

GOES_OFF = ("roll", "slide", "tip", "drive")
"""Verbs of which one that goes off something falls from it."""


@dataclass
class Deeds(Whereabouts):
    """What happens as said so far, a verb that waits for what comes behind it, its pace, and its time in s."""

    happenings: list[Happening] = field(default_factory=list)
    verb: Verb | None = None
    verb_words: str = ""
    actors: tuple[str, ...] = ()
    pace: tuple[float, str] | None = None
    at: float | None = None
    then: bool = False
    """Whether it comes after what was said before."""

    def _timed(self, seconds: float) -> None:
        """A time is that of what was said in this clause, or else of what comes next."""
        if self.verb is None and not self.since_break and self.happenings:
            self.happenings[-1] = self.happenings[-1].model_copy(update={"at": seconds})
        else:
            self.at = seconds

    def _paced(self, item: Item) -> None:
        if self.verb is not None:
            self.pace = (item.value, item.words)
        elif self.happenings:
            self.happenings[-1] = self._at_pace(self.happenings[-1], item.value, item.words)
        else:
            self.pace = (item.value, item.words)

    def _at_pace(self, happening: Happening, factor: float, words: str) -> Happening:
        speed = self.lexicon.verbs[happening.does].speed
        if speed is None:
            self.left.append(words)
            return happening
        return happening.model_copy(update={"amount": round(factor * (happening.amount or speed), 4)})

    def _happen(self, verb: Verb, who: str, to: str | None, source: str | None = None) -> None:
        if verb.name == "descend" and self.is_cloth((who,)):
            verb = self.lexicon.verbs["fall"]  # as cloth does it
        if verb.to == "no" and to is not None:
            self.left.append(f"what {who} {verb.name}s")
            to = None
        after = len(self.happenings) - 1 if self.then and self.happenings else None
        happening = Happening(who=who, does=verb.name, to=to, source=source, at=self.at or 0.0, after=after)
        if self.pace is not None:
            happening = self._at_pace(happening, *self.pace)
        if verb.name == "descend" and any(h.who == who and h.does in ("fall", "fly", "jump") for h in self.happenings):
            return  # what falls lands
        if verb.name == "fall" and any(
            h.who == who and h.does == "fall" and to in (h.to, None) for h in self.happenings
        ):
            return  # it is said twice
        if verb.name == "spill" and self.happenings and self.happenings[-1].does == "tip":
            self.happenings.pop()  # what tips over and spills is one thing
            happening = happening.model_copy(update={"after": None})
        self.happenings.append(happening)

    def _sent(self, name: str) -> None:
        """Who acts does it to a thing, which then is what acts; it starts beside who did it."""
        place = Place(relation="next to", of=(self.actors[0],), bearing=0.0)
        subject = self.subjects[name]
        if not subject.places and name not in self.actors:
            self.subjects[name] = subject.model_copy(update={"places": (place,)})
        self.actors = (name,)

    def _from(self, name: str) -> None:
        """What acts comes from a thing: said of what it is about to do, which may go on behind."""
        assert self.verb is not None
        verb = self.lexicon.verbs["fall"] if self.verb.name in GOES_OFF else self.verb
        for actor in self.actors:
            self._happen(verb, actor, None, name)
        self.verb = None
