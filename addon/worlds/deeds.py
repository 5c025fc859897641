"""What the things of a plan in the making do, and when: a verb that waits for what it goes to, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field

from .acting import Verb
from .errors import SentenceError
from .flyers import is_aloft
from .lexicon import Item
from .manifest import HIGHEST, LONGEST, Happening
from .phrasal import is_lit
from .places import Place
from .whereabouts import Whereabouts

GOES_OFF = ("roll", "slide", "tip", "drive")
"""Verbs of which one that goes off something falls from it."""


ENDING = ("fall", "fly", "jump", "bounce", "roll", "slide")
"""Verbs of which it may be said where what they move lands."""


HEIGHT = "height in m"
"""What an amount says of verbs that go up or down."""

STILL = ("terrain", "water", "structures", "landforms", "buildings", "towers")
"""Families of what crosses, runs and goes nowhere: a bridge that crosses a river."""

ALIVE = ("people", "animals", "small animals", "wild animals", "birds", "sea animals")
"""Families of what runs out of a door and not over a rim, and has no light."""

WINGED = ("aircraft", "birds")
"""Families of what comes down by itself."""

CAUSED = ("open", "close", "light up", "go out", "melt", "burn", "rock", "blink")
"""Verbs that may be done to what is named right behind them: somebody opens a door."""


@dataclass
class Deeds(Whereabouts):
    """What happens as said so far, a verb that waits for what comes behind it, its pace, and its time in s."""

    happenings: list[Happening] = field(default_factory=list)
    verb: Verb | None = None
    verb_words: str = ""
    actors: tuple[str, ...] = ()
    pace: tuple[float, str] | None = None
    high: float | None = None
    """How high in m what comes next falls or jumps."""
    at: float | None = None
    source: str = ""
    """The word that says that something comes from what is named next."""
    arrived: tuple[int, ...] = ()
    """What was said to come from somewhere, by its numbers, and may be said to come to somewhere."""
    arrives: bool = False
    """Whether that is said next."""
    then: bool = False
    """Whether it comes after what was said before."""
    since: int = -1
    """The number of what it comes after."""
    carried: bool = False
    """Whether that was said of the clause before, as in "then a box falls and a lamp goes out"."""
    direct: bool = False
    """Whether what is named next is named right behind the verb."""
    sent: tuple[str, ...] = ()
    """What who acts last sent off."""
    in_turn: bool = False
    """Whether those who act do it one after another."""
    relative: bool = False
    """Whether what comes next is said of what was named last, as behind "which"."""
    told_of: tuple[str, str, str | None, str | None] | None = None
    """What was told of a thing by its name, as of "a spinning top"."""
    main: tuple[str, ...] = ()
    """Who acts in the clause that one about another thing is put into."""

    def _relate(self, item: Item, named_last: bool) -> None:
        """Note that a piece begins a clause about what was named last."""
        self.relative = self.relative and item.kind in ("empty", "verb")
        if item.words in ("which", "who") or (item.words == "that" and named_last):
            self.relative = bool(self.seen) and (self.seen[-1] not in self.actors or self.seen[-1] in self.sent)

    def _of_last(self, verb: Verb) -> None:
        """What was named last acts, up to the end of the clause: behind what is done to it where that is told so, as in
        "A ball hits a lamp, which goes out"."""
        last = self.happenings[-1] if self.happenings else None
        done_to = last is not None and last.to == self.seen[-1] and self.since_break
        done_to = done_to or (last is not None and last.who == self.seen[-1] and last.after is not None)
        if done_to and verb.waits == "event":
            self.then, self.since = True, len(self.happenings) - 1
        self.main, self.actors, self.relative = self.main or self.actors, self.seen[-1:], False

    def _timed(self, item: Item) -> None:
        """A time is that of what was said in this clause, or else of what comes next. Raises SentenceError for one that
        no world reaches; what is before the start is told."""
        seconds = item.value
        if seconds >= LONGEST:
            raise SentenceError(f"nothing can begin after {seconds:g} s: a world runs {LONGEST:g} s at most")
        if seconds < 0:
            self.left.append(item.words)
        elif self.verb is None and not self.since_break and self.happenings:
            self.happenings[-1] = self.happenings[-1].model_copy(update={"at": seconds})
        else:
            self.at = seconds

    def _measured(self, item: Item, named: bool) -> None:
        """A length tells how high something falls or jumps, or how large it is: in front of its noun, behind "is", or
        right behind it where it says along what."""
        high = self.verb is not None and self.verb.amount == HEIGHT and not self.article
        if item.value is not None and high and self.source in ("", "from") and item.value[1] in ("", "high"):
            if 0 < item.value[0] <= HIGHEST:
                self.high = item.value[0]
            else:
                self.left.append(f"{self.source} {item.words}".strip())
            self.source = ""
        elif item.value is None or (not self.article and (self.source or self.verb is not None)):
            self.left.append(f"{self.source} {item.words}".strip())
            self.source = ""
        elif self.predicated or not named:
            self.measures = (*self.measures, item)
        elif item.value[1]:
            self.measured(self.last, item)
        else:
            self.left.append(item.words)

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

    def _is_met(self) -> bool:
        """Whether what comes behind a verb is what it goes to or meets, and not where it is."""
        assert self.verb is not None
        if self.relation is None:
            return self.verb.to != "no" and self.direct
        return self.relation[1] in self.verb.ways and self.verb.to != "no"

    def _placed(self) -> tuple[str, ...]:
        """Of which things a preposition says where they are."""
        if self.verb is None and self.since_break and self.actors and self.last != self.actors:
            inside = any(p.relation == "in" for name in self.actors for p in self.subjects[name].places)
            within = inside and self.relation is not None and self.relation[0] == "on"
            return self.last if within else self.actors  # "is in a box and on a table", but "on a box and by a tree"
        return self.actors if self.verb is not None and self.actors else self.last

    def _is_misread(self, verb: Verb) -> bool:
        """Whether who acts cannot be meant by a verb that is said of others in the same words: a dog that "runs out"
        spills nothing, and a car that "goes on" is no lamp."""
        families = {self.family(name) for name in self.actors}
        if verb.name in ("drive", "circle", "fly around") and families & set(STILL):
            return True
        if verb.name == "wave" and not self.is_cloth(self.actors):
            return not any(is_aloft(self.subjects[name].thing) for name in self.actors)
        switched = verb.name in ("go out", "light up") and not verb.sends
        lit = switched and families & {*ALIVE, "vehicles", "carts", "aircraft"}
        return bool(lit) or (verb.name == "spill" and bool(families & {*ALIVE, "vehicles"}))

    def _all(self, verb: Verb, to: str | None, source: str | None = None) -> None:
        """Those who act do something: at once where it is not said that they do it in turn."""
        before = len(self.happenings) - 1
        for number, actor in enumerate(self.actors):
            count = len(self.happenings)
            self._happen(verb, actor, to, source)
            if len(self.happenings) > count and number and not self.in_turn and self.happenings[-1].after is not None:
                self.happenings[-1] = self.happenings[-1].model_copy(update={"after": before})
            elif len(self.happenings) > count and number and self.in_turn:
                self.happenings[-1] = self.happenings[-1].model_copy(update={"after": count - 1})
        self.in_turn = False

    def _happen(self, verb: Verb, who: str, to: str | None, source: str | None = None) -> None:
        stands = self.subjects[who]
        if verb.name == "fall" and (stands.thing, stands.arrangement) == ("domino", "row") and not (to or source):
            verb = self.lexicon.verbs["tip" if stands.count == 1 else "cascade"]
        if verb.name in ("descend", "sink") and self.is_cloth((who,)):
            verb = self.lexicon.verbs["fall"]  # as cloth does it
        if verb.to == "no" and to is not None:
            self.left.append(f"what {who} {verb.name}s")
            to = None
        waits = self.then and self.since >= 0 and (bool(verb.waits) or not self.carried)
        after = self.since if waits else None
        happening = Happening(who=who, does=verb.name, to=to, source=source, at=self.at or 0.0, after=after)
        if self.high is not None and verb.amount == HEIGHT:
            happening = happening.model_copy(update={"amount": self.high})
        if self.pace is not None:
            happening = self._at_pace(happening, *self.pace)
        ended = ("fall", "jump") if self.family(who) in WINGED else ("fall", "fly", "jump")
        lands = verb.name == "descend" and not self.verb_words.startswith(("float", "drift", "fly"))
        if lands and any(h.who == who and h.does in ended for h in self.happenings):
            return  # what falls lands
        if verb.name == "fall" and any(
            h.who == who and h.does == "fall" and to in (h.to, None) for h in self.happenings
        ):
            return  # it is said twice
        if (who, verb.name, to, source) == self.told_of:
            self.told_of = None
            return  # "a spinning top spins"
        if verb.name == "spill" and self.happenings and self.happenings[-1].does == "tip":
            self.happenings.pop()  # what tips over and spills is one thing
            happening = happening.model_copy(update={"after": None})
        self.happenings.append(happening)

    def _by_itself(self) -> None:
        """The verb that was said takes nothing else."""
        if self.verb is not None and (self.verb.to == "must" or not self.actors):
            self.left.append(self.verb_words or self.verb.name)
        elif self.verb is not None and self.verb.name == "collide" and len(self.actors) == 2:
            self._happen(self.verb, *self.actors)
        elif self.verb is not None:
            self._all(self.verb, None)
        self.verb = None

    def _sent(self, name: str) -> None:
        """Who acts does it to a thing, which then is what acts; it starts beside who did it."""
        if self.verb is not None and self.verb.name in ("light up", "go out") and not self._is_lit(name):
            self.left.append(self.verb_words)
            self.verb = None
            return
        place = Place(relation="next to", of=(self.actors[0],), bearing=0.0)
        subject = self.subjects[name]
        if not subject.places and name not in self.actors:
            self.subjects[name] = subject.model_copy(update={"places": (place,)})
        self.main, self.actors = self.main or self.actors, (name,)
        self.sent = self.actors

    def _is_lit(self, name: str) -> bool:
        return is_lit(self.lexicon.library[self.subjects[name].thing])

    def _from(self, name: str) -> None:
        """What acts comes from a thing: said of what it is about to do, which may go on behind."""
        assert self.verb is not None
        verb = self.lexicon.verbs["fall"] if self.verb.name in GOES_OFF else self.verb
        first = len(self.happenings)
        self._all(verb, None, name)
        self.arrived, self.verb = tuple(range(first, len(self.happenings))), None

    def _over_the_edge(self, item: Item) -> None:
        """What comes off an edge falls from what it is on: where it is said to be, or what was named last."""
        if self.verb is None or self.is_cloth(self.actors):
            return
        stands = [p.of[0] for n in self.actors for p in self.subjects[n].places if p.relation == "on"]
        bearer = next((n for n in (*stands, *reversed(self.seen)) if n not in self.actors), None)
        self.verb = self.lexicon.verbs["fall"]
        if bearer is None:
            self.source = item.words  # "over the edge of the table"
        else:
            self._from(bearer)

    def _arrives(self, item: Item) -> bool:
        """Whether a preposition says where it ends what somebody does, as in "falls from a shelf onto a table" and
        "rolls off the table and lands in a bucket"."""
        if self.verb is not None and self.verb.name in ("descend", "sink") and item.value in ("on", "in"):
            ways = [n for n, h in enumerate(self.happenings) if h.who in self.actors and h.does in ENDING and not h.to]
            self.arrived, self.verb = (tuple(ways[-1:]), None) if ways else ((), self.verb)
            before = any({h.who, h.to} & set(self.actors) for h in self.happenings)
            if not ways and (before or any(self.subjects[n].places for n in self.actors)):
                self.left.append(f"{self.verb_words} {item.words}")  # it is elsewhere before
                self.verb = None
                return True
            lands = self.verb is not None and self.verb.name == "descend" and item.value == "in"
            if lands and not {self.family(n) for n in self.actors} & set(WINGED):
                self.verb = self.lexicon.verbs["fall"]
        named = [self.lexicon.verbs[self.happenings[n].does] for n in self.arrived]
        self.arrives = self.verb is None and any(item.words in (*verb.ways, "on", "in") for verb in named)
        return self.arrives

    def _caused(self, name: str) -> None:
        """Who acts makes a thing do what it otherwise does by itself; what is not made so is left out."""
        assert self.verb is not None
        if self.verb.name in CAUSED and name not in self.actors:
            self._sent(name)
            return
        self.left.append(f"{self.verb_words} {self.subjects[name].name.lower()}")
        self.verb = None

    def _arrive(self, name: str) -> None:
        """Where it ends what somebody does."""
        for number in self.arrived if self.arrives else ():
            self.happenings[number] = self.happenings[number].model_copy(update={"to": name})
        self.last, self.relation, self.source = (name,), None, ""
        self.arrived, self.arrives, self.since_break, self.joined = (), False, False, False
