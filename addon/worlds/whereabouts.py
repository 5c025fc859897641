"""Where the things of a plan in the making are: what prepositions say of them, and what is with what."""

from __future__ import annotations

from dataclasses import dataclass

from .cast import Cast
from .places import Place

WITH = "with"

BEARS_NOTHING = ("buildings", "towers", "people", "craft")
"""Families of things that have a top on which nothing stands."""

BUILDINGS, BUILT_IN = ("buildings", "towers"), ("door", "window", "wall", "gate", "chimney")
"""Families of what is built, and what they have and is nothing beside them."""

CROSSED = ("terrain", "landforms", "structures", "water", "cloths", "machine parts", "craft", "furniture")
"""Families of things along which one goes on them, however small they are."""

UPRIGHT = ("structures", "shrubs", "buildings", "towers", "trees", "conifers")
"""Families of things along which one goes beside them, not on them."""


TURNED = {
    **{"next to": "next to", "near": "near", "behind": "in front of", "in front of": "behind"},
    **{"left of": "right of", "right of": "left of"},
}
"""Relations of things side by side, and how they are said of the other one."""

OPPOSED = (
    {"left of", "right of"},
    {"in front of", "behind"},
    {"on", "under", "in", "hanging from"},
    {"above", "under", "in"},
)
"""Relations of which no two hold between the same things."""


@dataclass
class Whereabouts(Cast):
    """The things that were named so far, and a preposition that waits for the next one."""

    relation: tuple[str | None, str] | None = None
    """A relation, where there is one, and the word for it."""
    seen: tuple[str, ...] = ()
    """The things in the order in which they were named."""
    last: tuple[str, ...] = ()
    joined: bool = False
    since_break: bool = True
    doubtful: str | None = None
    """A preposition that would turn the meaning of a thing behind it, but not of a place."""
    halfway: tuple[str, str] | None = None
    """A thing that is between another one and what is yet to be said."""
    host: str | None = None
    """What the things behind "with" are with."""
    guests: tuple[str, ...] = ()
    """The things behind "with"."""
    hosted: str | None = None
    """What things of this sentence were with."""
    stated: tuple[tuple[str, Place], ...] = ()
    """Where things were said to be."""
    settled: tuple[str, ...] = ()
    """Those of them of which it was said where they are."""

    def _drop_relation(self) -> None:
        """What would stand behind a preposition is not known: it is left out with it."""
        if self.relation is not None:
            self.left.append(self.relation[1])
        self.relation, self.doubtful = None, None

    def _place(self, name: str, other: str) -> None:
        assert self.relation is not None
        assert self.relation[0] is not None
        relation, words = self.relation
        if relation == "between" and self.subjects[other].count == 1:
            self.halfway = (name, other)
            return
        if words == "along" and (self.family(other) in (*UPRIGHT, "water") or self.subjects[other].thing == "wall"):
            relation = "next to"
        passes = relation == "on" and words in ("over", "across", "along")
        if passes and self.family(other) not in CROSSED and self.company(other, name) != "on":
            self.left.append(f"{words} {self.subjects[other].name.lower()}")
            return
        if name in self.guests and other == self.host:
            if name in self.settled:
                return  # "a table with a lamp on it and a chair behind it"
            if name != self.guests[-1] and self.subjects[name].places[0].relation == "next to":
                return  # "a table with four chairs and a cake on it"
            self.subjects[name] = self.subjects[name].model_copy(update={"places": ()})
        place = Place(relation=relation, of=(other,))
        if relation in TURNED and (other, Place(relation=TURNED[relation], of=(name,))) in self.stated:
            return  # it was said of the other one
        if (known := self._opposed(name, place)) is not None:
            self.left.append(f"{words} the {other.lower()} (besides {known})")
            return
        self.put(name, place)
        self.stated = (*self.stated, (name, place))
        self.settled = (*self.settled, name) if name in self.guests else self.settled

    def _opposed(self, name: str, place: Place) -> str | None:
        """What was said of where a thing is, or where what it is to be placed by is, that cannot hold besides a place;
        None for nothing."""
        for who, known in self.stated:
            same = who == name and known.of == place.of and known.relation != place.relation
            opposed = same and any({known.relation, place.relation} <= group for group in OPPOSED)
            elsewhere = who == name and known.of != place.of and known.relation == place.relation == "on"
            if opposed or elsewhere or (who == place.of[0] and known.of == (name,)):
                subject = f"the {who.lower()} " if who != name else ""
                return f"{subject}{known.relation} the {known.of[0].lower()}"
        return None

    def _place_too(self, name: str, other: str) -> bool:
        """Whether a second place is said of what stands on something, as in "a cup stands on a table next to a plate":
        what it is beside stands there with it, where there is room for it. False for other places."""
        bearer = next((p.of[0] for p in self.subjects[name].places if p.relation == "on"), None)
        relation, words = self.relation if self.relation is not None else (None, "")
        if bearer is None or self.subjects[other].places:
            return False
        if relation in ("above", "between"):
            self.left.append(words)
            if self.company(bearer, other) == "on":
                self.put(other, Place(relation="on", of=(bearer,)))
            return True
        if relation not in TURNED or self.company(bearer, other) != "on":
            return False
        self.put(other, Place(relation=TURNED[relation], of=(name,)))
        return True

    def _accompany(self, name: str) -> None:
        """What something is with is in it, on it, or beside it."""
        assert self.host is not None
        thing, host = (self.lexicon.library[self.subjects[one].thing] for one in (name, self.host))
        if thing.name in BUILT_IN and host.family in BUILDINGS and not self.subjects[name].places:
            self.left.append(f"{self.subjects.pop(name).name.lower()} of {self.host}")
            self.seen = tuple(one for one in self.seen if one != name)
            self.relation, self.since_break, self.joined = (WITH, WITH), False, False
            return
        if name != self.host and not self.subjects[name].places:
            self.put(name, Place(relation=self.company(self.host, name), of=(self.host,)))
        self.guests = self.last = (*self.guests, name)
        self.relation, self.since_break, self.joined = None, False, False

    def _end_company(self) -> None:
        """What something is with was said; "with a ball inside" says where."""
        if self.guests and self.host is not None and self.relation == ("in", "inside"):
            for name in self.guests:
                self._place(name, self.host)
            self.relation = None
        if self.relation == (WITH, WITH):
            self._drop_relation()
        self.hosted = self.host if self.guests else self.hosted
        self.host, self.guests, self.settled = None, (), ()

    def _stand(self) -> None:
        """It comes next where those stand that were listed, what others are with among them."""
        self._end_company()
        if self.hosted is not None and self.hosted not in self.last:
            listed = (n for n in self.last if not any(self.hosted in p.of for p in self.subjects[n].places))
            self.last = (self.hosted, *listed)
        self.hosted = None

    def company(self, host: str, guest: str) -> str:
        """The relation of a thing to another one that is said to be with it."""
        at, with_it = (self.lexicon.library[self.subjects[name].thing] for name in (host, guest))
        form, other = at.make(), with_it.make()
        (narrow, long), (least, most) = (sorted((f.high - f.low)[:2]) for f in (form, other))
        if "inside" in form.anchors and most < narrow:
            return "in"
        bears = bool({"top", "seat"} & set(form.anchors)) and at.family not in BEARS_NOTHING
        fits = least <= 0.9 * narrow and most <= long and with_it.family != "furniture"
        return "on" if bears and fits else "next to"
