"""Whether what a text says of a run is so: each sentence's claims are looked up in the trace.

A claim is a verb with what does it and what it is done to: that two bodies met, that one fell, tipped over or came to
rest, that a lamp went on, that the task was solved. It is looked up in positions, contacts and recorded events, not in
what patterns found. A claim is true if the run has it at the time that the text gives, and not before what the text
told last; a sentence with a negation is true if the run does not have it. What is no such claim is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .evidence import Spans, evidence
from .measures import measured
from .mentions import Mention, Mentions
from .observation import Observation
from .quantities import Quantities, quantities, since_start
from .verbs import KINDS, Kind

TRUE, FALSE, UNCLEAR = "true", "false", "unclear"

SLACK = 0.5
"""How far a time may be off, in time scales, and not less than `LEAST` seconds."""

LEAST = 0.15

CHARACTERS, SENTENCES, LENGTH, CLAIMS = 20_000, 200, 1_000, 20
"""What is looked at: characters and sentences of a text, characters and claims of a sentence."""

SHOWN = 60
"""Characters by which a sentence that is cut is told."""

SPARE = 3
"""More words than these claim something, though nobody knows what."""

NOTHING = "it says nothing that can be looked up"

OFTEN = ("moves", "falls", "rises", "flies", "nearer", "gets faster", "gets slower")
"""Kinds that a body does so often that their first time says little of an order."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[\"'(]?\w)")
_CLAUSE = re.compile(
    r",? (?:and|but)(?: then)? (?=[a-z])(?!again )|, then |; |(?=, (?:which|who|that) )|, (?=the |\w+ing )"
    r"|(?<!\w)before (?=\w)| while | as (?=the |it )"
)
_PARTED = re.compile(r",? and (?:then )?$|,? but (?:then )?$|, (?:then )?$")
_NOT = re.compile(r"\b(?:never|not|no|without|nothing|fails? to|cannot)\b|n't\b", re.IGNORECASE)
_AFTER = re.compile(
    r"^(?P<first>.*?),? after (?!that|this|which|about|around|roughly|\d)(?P<then>(?:the |it |\w+ \w+ )?.*)$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^before (?!that|this|which|\d)(?P<first>[^,]+), (?P<then>.+)$", re.IGNORECASE)
_LISTED = re.compile(
    r"(?:,|\band\b|\bor\b|\bnor\b|\bboth\b|\bneither\b|\bas well as\b|\bthe\b|\ban?\b|\s)+", re.IGNORECASE
)
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
        self.said = Mentions(observation)
        self.slack = max(1, round(max(LEAST, SLACK * observation.scales.time) / observation.dt))
        self.subject: str | None = None
        self.object: str | None = None
        self.clock = 0
        self.told: Quantities = Quantities()
        self.began: int | None = None
        self.firsts: list[int] = []

    def text(self, text: str) -> list[Claim]:
        kept = " ".join(text[: 2 * CHARACTERS].split())
        found = []
        sentences = [part for part in map(str.strip, _SENTENCE.split(kept[:CHARACTERS])) if part]
        for sentence in sentences[:SENTENCES]:
            found += self.sentence(sentence)
        if len(text) > 2 * CHARACTERS or len(kept) > CHARACTERS or len(sentences) > SENTENCES:
            reason = f"only the first {CHARACTERS} characters and {SENTENCES} sentences are checked"
            found.append(Claim("the rest of the text", "", (), UNCLEAR, reason))
        return found

    def sentence(self, sentence: str) -> list[Claim]:
        """The claims of a sentence; of one that is too long its beginning alone is looked at."""
        self.told, self.began, self.firsts = Quantities(), None, []
        clock, short = self.clock, sentence[:LENGTH]
        clauses = self.whole(self.clauses(since_start(short)))
        own = [c for clause in clauses[:CLAIMS] for c in self.clause(short, clause)]
        # What goes on within a sentence may last into the next.
        self.clock = clock if self.began is None else max(clock, self.began)
        if len(self.firsts) == 2 and len(own) == 2 and _ORDERED.search(short):
            own[1] = self.in_order(own[1])
        if len(sentence) > LENGTH or len(own) > CLAIMS or len(clauses) > CLAIMS:
            own = own[:CLAIMS]
            reason = f"only its first {LENGTH} characters and {CLAIMS} claims are checked"
            own.append(Claim(f"{sentence[:SHOWN]}…", "", (), UNCLEAR, reason))
        return own or [Claim(short, "", (), UNCLEAR, NOTHING)]

    def in_order(self, claim: Claim) -> Claim:
        """The second claim of a sentence that says what came first: false if it first was so before the other."""
        first, second = self.firsts
        if second >= first - 1 or claim.verdict != TRUE:
            return claim
        return replace(claim, verdict=FALSE, reason=f"it first happens at {second * self.o.dt:.2f} s, before the other")

    def clauses(self, sentence: str) -> list[tuple[str, str]]:
        """The parts of a sentence, each with what parts it from the one before, in the order in which it says that they
        happen."""
        turned = _BEFORE.match(sentence)
        if turned:
            return [*self.clauses(turned["then"]), *self.clauses(turned["first"])]
        turned = _AFTER.match(sentence)
        if turned and len(turned["then"].split()) > 2:
            first = self.said.find(turned["first"])
            then = _IT.sub(first[0].word, turned["then"], count=1) if first else turned["then"]
            return [*self.clauses(then), *self.clauses(turned["first"])]
        sentence = sentence.rstrip(".!?;")
        found, start, parted = list[tuple[str, str]](), 0, ""
        for end, begin in self._cuts(sentence):
            if end >= start:
                found.append((parted, sentence[start:end]))
                start, parted = begin, sentence[end:begin]
        return [(by, part) for by, part in (*found, (parted, sentence[start:])) if part]

    def _cuts(self, sentence: str) -> list[tuple[int, int]]:
        """Where words or commas part clauses: also before a name with its verb, which begins the next of a list."""
        cuts = [cut.span() for cut in _CLAUSE.finditer(sentence)]
        for name in self.said.find(sentence):
            parted = _PARTED.search(sentence[: name.start])
            if parted and any(kind.words.match(sentence, name.end + 1) for kind in KINDS):
                cuts.append(parted.span())
        return sorted(cuts)

    def whole(self, parts: list[tuple[str, str]]) -> list[str]:
        """The clauses: names alone are joined with the next clause as its doers, or as more of what is done to."""
        found, begun = list[str](), ""
        for i, (_, part) in enumerate(parts):
            clause = f"{begun} and {part}" if begun else part
            begun = ""
            if not self._only_names(part):
                found.append(clause)
            elif found and (i + 1 == len(parts) or parts[i + 1][0].startswith((",", ";"))):
                found[-1] += f" and {clause}"
            else:
                begun = clause
        return [*found, begun] if begun else found

    def _only_names(self, clause: str) -> bool:
        names = self.said.find(clause)
        rest = clause
        for name in names:
            rest = rest.replace(clause[name.start : name.end], " ", 1)
        return bool(names) and _ELLIPSIS.fullmatch(_LISTED.sub(" ", rest)) is not None

    def clause(self, sentence: str, clause: str) -> list[Claim]:
        """The claims of one clause: one for each of the bodies that it lists. Remembers whom it is about."""
        names = self.said.find(clause)
        told = quantities(clause, [(n.start, n.end) for n in names])
        before = self.told
        self.told = replace(told, window=told.window or before.window, unread=told.unread or before.unread)
        kind, verb = _verb(clause, [(n.start, n.end) for n in names])
        known = self.object if _RELATIVE.match(clause) else self.subject
        if kind is None or verb is None:
            self._remember([n.body for n in names])
            is_more = bool(names) or (_ELLIPSIS.fullmatch(clause) is None and len(clause.split()) > SPARE)
            is_more = is_more and not told.is_timed
            return [Claim(sentence, "", (), UNCLEAR, NOTHING)] if is_more else []
        first = [n for n in names if n.start < verb.start()]
        after = [n for n in names if n.start >= verb.start()]
        if not first and not _ELLIPSIS.fullmatch(clause[: verb.start()]):
            known = None
        own = list(self._each(kind, first, after, known, clause, verb))
        about = [n.body for n in first], [n.body for n in after]
        self._remember([*about[0], *about[1]] if first else [known, *about[1]] if known else about[1])
        own = [bodies for bodies in own if None not in bodies and len(set(bodies)) == len(bodies)]
        if not own:
            return [Claim(sentence, "", (), UNCLEAR, NOTHING)]
        clock, found = self.clock, []
        for bodies in own[: CLAIMS + 1]:
            self.clock = clock
            known_bodies = tuple(body for body in bodies if body is not None)
            found.append(self.verdict(sentence, clause, kind, known_bodies, verb))
        self.told = replace(self.told, window=None)
        return found

    def _each(
        self,
        kind: Kind,
        before: list[Mention],
        after: list[Mention],
        known: str | None,
        clause: str,
        verb: re.Match[str],
    ) -> Iterator[tuple[str | None, ...]]:
        """The bodies of each claim of a clause: all that are listed do it, and it is done to all that are listed."""
        doers = _list_before(clause, before) if before else []
        objects = _list_after(clause, after) if after and not kind.is_last else after[-1:]
        if kind.bodies == 2 and len(doers) > 1 and not objects:
            doers = doers[:1] if len(before) == 2 else doers
        for doer in [*doers[:CLAIMS]] if doers and kind.bodies else [None]:
            for other in [*objects[:CLAIMS]] if objects and kind.bodies else [None]:
                one = [doer.body] if doer is not None else []
                if kind.bodies == 2 and doer is not None and not after and len(before) == 2:
                    one = [n.body for n in before]
                yield self._bodies(kind, one, [other.body] if other is not None else [], known, clause[verb.end() :])

    def _bodies(
        self, kind: Kind, before: list[str], after: list[str], known: str | None, rest: str
    ) -> tuple[str | None, ...]:
        """The bodies of a claim: those named before its verb and after it, the ``known`` one, and what ``it`` means."""
        if kind.bodies == 0:
            return ()
        doer = before[-1] if before else known
        if kind.bodies == 1:
            follows = bool(after) and self.said.begins(rest.lstrip())
            return (after[0] if follows else doer or (after[0] if after else None),)
        if len(before) > 1 and not after:
            return (before[0], before[1])
        found: tuple[str | None, str | None]
        if after:
            found = (doer, after[0])
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
        name, told = kind.name, self.told
        if name == "is fixed" and (told.is_timed or _RELATIVE.match(clause)):
            name = "rests"
        if name == "misses" and not told.is_timed and told.way is None:
            name = "never meets"
        spans = evidence(self.o, name, bodies)
        if spans and name == "rests" and _RELATIVE.match(clause):
            spans = [(s, e) for s, e in spans if s <= self.clock + self.slack and e >= self.clock - self.slack]
        claim = Claim(sentence, kind.name, bodies, TRUE)
        if spans is None:
            return replace(claim, verdict=UNCLEAR, reason="the run does not tell")
        if _NOT.search(clause[: verb.end()]) and not kind.denies:
            return self._denied(claim, spans, "never" in clause.lower())
        if not len(spans):
            return replace(claim, verdict=FALSE, reason="that never happens")
        if told.is_always and name == "all rest" and spans != [(0, self.o.frames - 1)]:
            return replace(claim, verdict=FALSE, reason="something does move")
        claim = self._timed(claim, kind, spans)
        return self._measured(claim, spans, clause) if claim.verdict == TRUE else claim

    def _denied(self, claim: Claim, spans: Spans, is_never: bool) -> Claim:
        """A claim that something is not so, at all or within a time that is told."""
        denied = replace(claim, kind=f"not {claim.kind}")
        told = self.told
        if told.window is not None and not is_never:
            first, last = (at / self.o.dt for at in told.window)
            spans = [s for s in spans if s[0] <= last and s[1] >= first]
        if not spans:
            return denied
        wrong, is_clear = measured(self.o, claim.kind, claim.bodies, spans, told)
        if wrong:
            return denied
        if not is_never and (told.unread or not is_clear or (told.later is not None)):
            return replace(denied, verdict=UNCLEAR, reason="it tells more than can be looked up")
        return replace(denied, verdict=FALSE, reason="it does happen")

    def _timed(self, claim: Claim, kind: Kind, spans: Spans) -> Claim:
        """A claim that is so at some time: at the time that is told for it, else not before what is told before it."""
        told = self.told
        if kind.is_event and kind.name not in OFTEN:
            self.firsts.append(spans[0][0])
        if told.is_first or told.is_last:
            spans = spans[:1] if told.is_first else spans[-1:]
        if told.is_timed:
            return self._at(claim, kind, spans)
        if not kind.is_event:
            return claim
        later = [start for start, end in spans if end >= self.clock - self.slack]
        if not later:
            reason = f"it happens at {spans[-1][0] * self.o.dt:.2f} s, before what is told before it"
            return replace(claim, verdict=FALSE, reason=reason)
        self._passed(max(self.clock, later[0]))
        return claim

    def _passed(self, frame: int) -> None:
        self.clock = frame
        self.began = frame if self.began is None else self.began

    def _at(self, claim: Claim, kind: Kind, spans: Spans) -> Claim:
        """A claim with a time, which is one of the run, and at which it is so."""
        told, ends = self.told, self.o.dt * (self.o.frames - 1)
        first, last = told.window or (told.later or 0.0, told.later or 0.0)
        if first < 0 or first > last or first > ends + LEAST:
            return replace(claim, verdict=FALSE, reason=f"the run lasts from 0 to {ends:.2f} s")
        begins, finishes = first / self.o.dt, min(last, ends) / self.o.dt
        if kind.name == "unsolved":
            return replace(claim, verdict=UNCLEAR, reason="the run tells only how it ends")
        near = [(s, e) for s, e in spans if s - self.slack <= finishes and e + self.slack >= begins]
        if kind.name == "stops":
            near = [(s, e) for s, e in near if abs(s - finishes) <= 2 * self.slack or begins <= s <= finishes]
        if near:
            if kind.is_event:
                self._passed(round(begins) if first == last else max(near[0][0], round(begins)))
            return claim
        if told.window is None and kind.name != "ends" and any(s >= begins for s, _ in spans):
            return replace(claim, verdict=UNCLEAR, reason="it is so some time after that")
        nearest = min(spans, key=lambda s: abs(s[0] - begins))
        return replace(claim, verdict=FALSE, reason=f"it happens at {nearest[0] * self.o.dt:.2f} s")

    def _measured(self, claim: Claim, spans: Spans, clause: str) -> Claim:
        """A claim that is so, with how often, how long, how far and how fast it is told to be."""
        wrong, is_clear = measured(self.o, claim.kind, claim.bodies, spans, self.told)
        if wrong:
            return replace(claim, verdict=FALSE, reason=wrong)
        if self.told.unread or not is_clear:
            return replace(claim, verdict=UNCLEAR, reason="it tells more than can be looked up")
        return claim


def _list_before(clause: str, names: list[Mention]) -> list[Mention]:
    """The last list of names: those that only commas and ``and`` part."""
    found = names[-1:]
    for one in reversed(names[:-1]):
        if not _LISTED.fullmatch(clause[one.end : found[0].start]):
            break
        found.insert(0, one)
    return found


def _list_after(clause: str, names: list[Mention]) -> list[Mention]:
    """The first list of names."""
    found = names[:1]
    for one in names[1:]:
        if not _LISTED.fullmatch(clause[found[-1].end : one.start]):
            break
        found.append(one)
    return found


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
