"""Where clauses end, and with the last one the sentence: what was begun is done, told or forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from .acting import Verb
from .asides import Asides


@dataclass
class Clauses(Asides):
    """What is known of the clause that is read."""

    ordered: bool = False
    """Whether the verb came first, as an order."""
    participle: Verb | None = None
    of_own: bool = False
    described: bool = False
    """Whether the clause tells of a thing by what it does, as in "the ball that hits the box is red"."""
    strange: bool = False
    """Whether words that are not known stand behind a preposition."""
    fronted: tuple[str, str] | None = None
    """A relation and a thing that are said before what is there."""
    beyond: bool = False
    """Whether it was said where something happens, so that what is named next is only there."""
    started: str = ""
    """The word that says that something begins, until it is said what."""
    dangling: bool = False
    """Whether a clause begins with what who acted does, and nothing knows it: who is named in it does nothing."""
    unread: int = 0
    """How many words that are not known stand where it is said what a thing does."""

    def _break(self, word: str) -> None:
        if self.skipped:
            self._forget_aside()
        self.are_so()
        self.shelve()
        self.beyond = False
        if self.started and self.verb is None:
            self.left.append(self.started)
            self.unread += 1
        self.started = ""
        began = not self.since_break
        self._end_given_off(word)
        if began and word not in ("and", ",") and self.verb is None and self.clause == len(self.happenings):
            self._listed_too()
        skipped = bool(self.skipped)
        elided = began and self.verb is None and self.clause == len(self.happenings) and self._elided()
        if elided:
            self._do_alike()
        in_turn = (
            not elided
            and word == "then"
            and self.joined
            and self.last == self.actors
            and self.clause == len(self.happenings)
        )
        if word != "and":
            self._end_company()
        self._end_skipped()
        goes_on = self.verb is None and not skipped and not self.since_break and not self.undone and not elided
        self.going_on = word in ("and", ",") and goes_on
        self.joined = in_turn or self.going_on
        self.undone = self.dangling = self.described = False
        self.arrived, self.arrives = (), False
        if self.halfway is not None and word != "and":
            self.left.append(f"between {self.halfway[1]}")
            self.halfway = None
        self._by_itself()
        self.in_turn, self.high = in_turn, None
        if self.relation is not None and not (self.relation[1] in ("over", "down") and self._has_toppled()):
            self.left.append(self.relation[1])
        if self.source:
            self.left.append(self.source)
        if word == "then":
            self.then, self.carried, self.since = not in_turn, False, len(self.happenings) - 1
        elif began:
            self.carried = self.then and word in ("and", ",")
            self.since = len(self.happenings) - 1 if elided else self.since
            self.left += [self.pace[1]] if self.pace is not None and self.clause == len(self.happenings) else []
            self.at, self.then, self.pace = None, elided or self.carried, None
        self.relation, self.source, self.ordered, self.doubtful = None, "", False, None
        self.ambient = self.of_own = self.falls = False
        self.clause = len(self.happenings)
        self.since_break, self.strange = True, False
        self.actors, self.main, self.flowing = self.main or self.actors, (), ""
        self.group = self.actors if began and len(self.actors) > 1 else self.group
        self.former = tuple(dict.fromkeys((*self.actors, *self.former))) if began else self.former

    def _has_toppled(self) -> bool:
        """Whether the clause says that something knocks another one, as in "knocks the vase over"."""
        return any(h.does in ("topple", "hit", "push") for h in self.happenings[self.clause :])

    def end(self) -> None:
        """The sentence is over."""
        self._break(".")
        self.left += [self.pace[1]] if self.pace is not None else []
        self.earlier = self.seen
        if self.given_off is not None:
            self.left.append(" ".join(self.giving))
        if self.participle is not None:
            self.left.append(self.participle.name)
        if self.fronted is not None and not self.setting:
            self.left.append(self.fronted[0])
        self.unsaid()
        self.given_off = self.participle = self.fronted = self.front = None
        self.at, self.then, self.pace, self.joined, self.last = None, False, None, False, ()
        self.hosted = None
