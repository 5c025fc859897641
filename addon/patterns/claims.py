"""Whether what a text says of a run is so: each sentence's claims are looked up in the trace.

A claim is a verb with what does it and what it is done to: that two bodies met, that one fell, tipped over or came to
rest, that a lamp went on, that the task was solved. It is looked up in positions, contacts and recorded events, not in
what patterns found. A claim is true if the run has it at the time that the text gives, and not before what the text
told last; a sentence with a negation is true if the run does not have it. What is no such claim is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .evidence import Spans, evidence
from .naming import spoken_names
from .observation import Observation
from .verbs import KINDS, Kind

TRUE, FALSE, UNCLEAR = "true", "false", "unclear"

SLACK = 0.5
"""How far a time may be off, in time scales, and not less than `LEAST` seconds."""

LEAST = 0.15

OFTEN = ("moves", "falls", "rises", "flies", "nearer")
"""Kinds that a body does so often that their first time says little of an order."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[\"'(]?\w)")
_CLAUSE = re.compile(
    r",? (?:and|but)(?: then)? (?=[a-z])|, then |; |(?=, (?:which|who|that) )|, (?=the |\w+ing )|(?<!\w)before (?=\w)"
    r"| while | as (?=the |it )"
)
_TIME = re.compile(r"\b(?:at|around|about) (?:about |around )?(\d+(?:\.\d+)?) ?(?:s|sec|seconds?)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:never|not|no|without|nothing|fails? to|cannot)\b|n't\b", re.IGNORECASE)
_AFTER = re.compile(r"^(?P<first>.*?),? after (?!that|this|which|\d)(?P<then>(?:the |it |\w+ \w+ )?.*)$", re.IGNORECASE)
_ORDERED = re.compile(r"\b(?:before|after)\b(?! that| this)", re.IGNORECASE)
_RELATIVE = re.compile(r"^,? ?(?:which|who|that)\b", re.IGNORECASE)
_ELLIPSIS = re.compile(
    r"(?:\W|\b(?:it|they|which|who|that|then|and|but|so|also|soon|finally|first|next|later|again|only|just|there|at|after|"
    r"once|before|is|was|has|had|does|did|to|not|never|gets|being|together|\d+(?:\.\d+)? ?s|the same time|quickly|"
    r"slowly|briefly|eventually|in turn|now)\b)*",
    re.IGNORECASE,
)
"""What may stand before a verb whose doer was named before."""

_IT = re.compile(r"\b(?:it|them|this|that)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Claim:
    """What a clause of ``sentence`` claims: a kind of `evidence.KINDS` of some bodies, with its ``verdict`` and why."""

    sentence: str
    kind: str
    bodies: tuple[str, ...]
    verdict: str
    reason: str = ""


def check(text: str, observation: Observation) -> list[Claim]:
    """The claims of a text in their order, each with its verdict."""
    return _Check(observation).text(text)


class _Check:
    """Goes through a text with what was told last: the body, and the time."""

    def __init__(self, observation: Observation) -> None:
        self.o = observation
        self.said = mentions(observation)
        longest = sorted(self.said, key=len, reverse=True)
        words = "|".join(re.escape(word) for word in longest)
        self.name = re.compile(rf"(?<!\w)(?:the |a |an )?({words})(?!\w)", re.IGNORECASE)
        self.slack = max(1, round(max(LEAST, SLACK * observation.scales.time) / observation.dt))
        self.subject: str | None = None
        self.object: str | None = None
        self.clock = 0
        self.at: float | None = None
        self.began: int | None = None
        self.firsts: list[int] = []

    def text(self, text: str) -> list[Claim]:
        found = []
        for sentence in filter(None, (part.strip() for part in _SENTENCE.split(" ".join(text.split())))):
            self.at, self.began, self.firsts = None, None, []
            clock = self.clock
            own = [c for clause in self.whole(self.clauses(sentence)) for c in self.clause(sentence, clause)]
            # What goes on within a sentence may last into the next.
            self.clock = clock if self.began is None else max(clock, self.began)
            if len(self.firsts) == 2 and len(own) == 2 and _ORDERED.search(sentence):
                own[1] = self.in_order(own[1])
            found += own or [Claim(sentence, "", (), UNCLEAR, "it says nothing that can be looked up")]
        return found

    def in_order(self, claim: Claim) -> Claim:
        """The second claim of a sentence that says what came first: false if it first was so before the other."""
        first, second = self.firsts
        if second >= first - 1 or claim.verdict != TRUE:
            return claim
        return replace(claim, verdict=FALSE, reason=f"it first happens at {second * self.o.dt:.2f} s, before the other")

    def clauses(self, sentence: str) -> list[str]:
        """The parts of a sentence in the order in which it says that they happen."""
        turned = _AFTER.match(sentence)
        if turned and len(turned["then"].split()) > 2:
            first = self.name.search(turned["first"])
            then = _IT.sub(first[1], turned["then"], count=1) if first else turned["then"]
            return [*self.clauses(then), *self.clauses(turned["first"])]
        return [part for part in _CLAUSE.split(sentence.rstrip(".!?;")) if part]

    def whole(self, clauses: list[str]) -> list[str]:
        """The clauses, those without a verb of their own joined with the next."""
        found, begun = [], ""
        for clause in clauses:
            clause = f"{begun} and {clause}" if begun else clause
            names = [m.span() for m in self.name.finditer(clause)]
            begun = clause if _verb(clause, names)[0] is None and not _RELATIVE.match(clause) and names else ""
            if not begun:
                found.append(clause)
        return [*found, begun] if begun else found

    def clause(self, sentence: str, clause: str) -> list[Claim]:
        """The claims of one clause: at most one. Remembers whom it is about, for what is told after it."""
        names = [(m.start(), m.end(), self.said[m[1].casefold()]) for m in self.name.finditer(clause)]
        self.at = _time(clause) or self.at
        kind, verb = _verb(clause, [(a, b) for a, b, _ in names])
        known = self.object if _RELATIVE.match(clause) else self.subject
        if kind is None or verb is None:
            self._remember([name for *_, name in names])
            return []
        before = [name for start, _, name in names if start < verb.start()]
        after = [name for start, _, name in names if start >= verb.start()]
        if not before and not _ELLIPSIS.fullmatch(clause[: verb.start()]):
            known = None
        bodies = self._bodies(kind, before, after, known, clause[verb.end() :])
        self._remember([*before, *after] if before else [known, *after] if known else after)
        if None in bodies or len(set(bodies)) < len(bodies):
            return []
        return [self.verdict(sentence, clause, kind, tuple(b for b in bodies if b is not None), verb)]

    def _bodies(
        self, kind: Kind, before: list[str], after: list[str], known: str | None, rest: str
    ) -> tuple[str | None, ...]:
        """The bodies of a claim: those named before its verb and after it, the ``known`` one, and what ``it`` means."""
        if kind.bodies == 0:
            return ()
        doer = before[-1] if before else known
        if kind.bodies == 1:
            follows = bool(after) and self.name.match(rest.lstrip()) is not None
            return (after[0] if follows else doer or (after[0] if after else None),)
        if len(before) > 1 and not after:
            return (before[0], before[1])
        found: tuple[str | None, str | None]
        if after:
            found = (doer, after[-1 if kind.is_last else 0])
        else:
            meant = [b for b in (self.object, self.subject) if b is not None and b != doer]
            found = (doer, meant[0] if meant and _IT.search(rest) else None)
        return found[::-1] if kind.turned else found

    def _remember(self, names: list[str]) -> None:
        """The body that a clause is about, and the one that it named last."""
        if names:
            self.subject, self.object = names[0], names[-1]

    def verdict(self, sentence: str, clause: str, kind: Kind, bodies: tuple[str, ...], verb: re.Match[str]) -> Claim:
        """Hold one claim against the run."""
        name = kind.name
        if name == "is fixed" and (self.at is not None or _RELATIVE.match(clause)):
            name = "rests"
        if name == "misses" and self.at is None and not re.search(r"\bby \d", clause):
            name = "never meets"
        spans = evidence(self.o, name, bodies)
        if spans is None:
            return Claim(sentence, kind.name, bodies, UNCLEAR, "the run does not tell")
        if _NOT.search(clause[: verb.end()]) and not kind.denies:
            wrong = len(spans) > 0
            return Claim(
                sentence, f"not {kind.name}", bodies, FALSE if wrong else TRUE, "it does happen" if wrong else ""
            )
        if not len(spans):
            return Claim(sentence, kind.name, bodies, FALSE, "that never happens")
        return self._timed(sentence, kind, bodies, spans)

    def _timed(self, sentence: str, kind: Kind, bodies: tuple[str, ...], spans: Spans) -> Claim:
        """A claim that is so at some time: at the sentence's own time for its first, else not before the one before."""
        if not kind.is_event:
            return Claim(sentence, kind.name, bodies, TRUE)
        if kind.name not in OFTEN:
            self.firsts.append(spans[0][0])
        if self.at is not None:
            at, self.at = round(self.at / self.o.dt), None
            self.clock = self.began = at
            if any(start - self.slack <= at <= end + self.slack for start, end in spans):
                return Claim(sentence, kind.name, bodies, TRUE)
            nearest = min(spans, key=lambda s: abs(s[0] - at))
            return Claim(sentence, kind.name, bodies, FALSE, f"it happens at {nearest[0] * self.o.dt:.2f} s")
        later = [start for start, end in spans if end >= self.clock - self.slack]
        if not later:
            told = f"it happens at {spans[-1][0] * self.o.dt:.2f} s, before what is told before it"
            return Claim(sentence, kind.name, bodies, FALSE, told)
        self.clock = max(self.clock, later[0])
        self.began = self.clock if self.began is None else self.began
        return Claim(sentence, kind.name, bodies, TRUE)


def _time(sentence: str) -> float | None:
    """The time in s that a sentence gives."""
    found = _TIME.search(sentence)
    return float(found[1]) if found else None


def _verb(clause: str, names: list[tuple[int, int]]) -> tuple[Kind | None, re.Match[str] | None]:
    """The kind of claim of the clause's first verb that is no part of a name."""
    best: tuple[int, int, Kind, re.Match[str]] | None = None
    for rank, kind in enumerate(KINDS):
        for found in kind.words.finditer(clause):
            inside = any(start <= found.start() and found.end() <= end for start, end in names)
            key = (found.start(), rank)
            if not inside and (best is None or key < best[:2]):
                best = (*key, kind, found)
    return (None, None) if best is None else (best[2], best[3])


def mentions(observation: Observation) -> dict[str, str]:
    """The bodies of a run by what a text may call them, in lower case and without an article.

    Those are their names and what is said for them, colour and noun where these tell one from all others, and the
    colours of a task's roles.
    """
    scene = observation.trace.scene
    spoken = spoken_names(scene.objects, scene.world.plane)
    objects, joints = (o.name for o in scene.objects), (c.name for c in scene.constraints)
    known = list(dict.fromkeys((*observation.bodies, *objects, *joints)))
    found: dict[str, str] = {}
    for name in known:
        for said in (name, spoken.get(name, name), re.sub(r" \d+$", "", name)):
            word = re.sub(r"^the ", "", said.casefold())
            if word and (word not in found or said == name):
                found[word] = name
    for name in known:
        found.setdefault(name.casefold(), name)
    heads: Mapping[str, list[str]] = _by_last_word(known)
    found |= {word: names[0] for word, names in heads.items() if len(names) == 1 and word not in found}
    if "floor" in found or "ground" in found:
        floor = found.get("floor") or found["ground"]
        found |= {"floor": floor, "ground": floor}
    roles = observation.roles
    for words, role in (("goal object", roles.goal_object), ("target", roles.goal_target), ("goal", roles.goal_target)):
        if role is not None:
            found.setdefault(words, role)
    return {word: name for word, name in found.items() if not word.isdecimal()}


def _by_last_word(names: list[str]) -> dict[str, list[str]]:
    """Names by their nouns and, where they begin with a colour, by that."""
    found: dict[str, list[str]] = {}
    for name in names:
        words = re.sub(r" \d+$", "", name).casefold().split()
        for word in {words[-1], words[0]} if words else set():
            if len(word) > 2:
                found.setdefault(word, []).append(name)
    return found
