"""What a sentence asks for where its words leave no doubt: things with how many and how they look, what they do and do
not do, in which order, where they are, and when and in which weather it is.

A plan by a model is held against it. What is not certain is not here: an alarm that is false costs an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..acting import Verb
from ..lexicon import Item, Lexicon, Named
from ..lexing import pieces
from ..places import RELATIONS
from ..words import CONDITIONAL, DENYING_THINGS, DETERMINERS, LIKENESS, MANY, STANDING, denies, stems

NO = (*DENYING_THINGS, "zero")
"""Words in front of a thing that is not to be there, or of one that does not do what is said next."""

LATER = ("then", "finally", "afterwards", "afterward", "later", "eventually", "thereupon")
"""Words with which a clause begins that comes after the one before."""

JOINING = ("as", "so", "because", "although", "though", "whereas")
"""Words with which a clause begins, besides the conditional ones."""

UNTIL = set(CONDITIONAL) - {"after"}
"""Words behind which it is told when what is not done is done."""

STIR = ("move", "moves", "moving", "budge", "budges", "stir", "stirs")
"""Words that, said not to be so, mean that a thing does nothing that takes it anywhere."""

TOLD_OF = ("colour", "material", "size", "count", "arrangement")
"""Kinds of what stands in front of a noun."""

BECOMING = ("is", "are", "becomes", "become")

PART = ("last", "top", "bottom", "second", "third", "middle", "other", "others", "all", "every", "rest")
"""Words in front of some of those that are named elsewhere."""

ABOUT = ("half", "about", "around", "least", "most", "nearly", "almost", "over", "than", "or", "to")
"""Words in front of a number that make it another one."""

UNSURE = ("between", "around", "at")
"""Relations that may be said of others instead."""


LED = (*DETERMINERS, "any", "single")
"""Words in front of a noun that do not tell it from others."""


@dataclass(eq=False)
class Phrase:
    """A thing as a sentence speaks of it, and what is told of it. ``count`` is None where it is not certain."""

    item: Item
    named: Named
    words: str
    article: str = ""
    count: int | None = None
    colour: str | None = None
    not_colour: str | None = None
    stuff: str | None = None
    factor: float | None = None
    size: str = ""
    negated: bool = False
    part: bool = False
    """Whether some of those are meant that are named elsewhere."""


@dataclass(eq=False)
class Act:
    """What somebody does, or does not do; ``who`` are those who may be meant, none where that is not said."""

    item: Item
    verb: Verb | None
    words: str
    who: tuple[Phrase, ...] = ()
    negated: bool = False
    whom: list[Phrase] = field(default_factory=list)
    """What is named behind it, which may be what it is done to."""
    sure: bool = False
    """Whether who does it is named in front of it."""

    @property
    def stirs(self) -> bool:
        """Whether it is said of it only that it moves."""
        return self.words.split()[0] in STIR


@dataclass(frozen=True, eq=False)
class Stood:
    """Where a thing is: one of ``things`` in a relation to another one."""

    things: tuple[Phrase, ...]
    relation: str
    of: Phrase
    words: str


@dataclass(eq=False)
class Asked:
    """All that a sentence asks for with certainty. ``setting`` is words with what they say of it, and whether that is
    not to be so; ``orders`` are what comes first and what comes later."""

    items: list[Item]
    phrases: list[Phrase] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    stood: list[Stood] = field(default_factory=list)
    orders: list[tuple[Act, Act]] = field(default_factory=list)
    setting: list[tuple[str, dict[str, Any], bool]] = field(default_factory=list)


@dataclass
class _Clause:
    lead: tuple[str, ...]
    items: list[tuple[int, Item]] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    heads: list[Phrase] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)


def asked(sentence: str, lexicon: Lexicon) -> Asked:
    """What a sentence asks for."""
    items = list(pieces(sentence, lexicon))
    found = Asked(items)
    by_item = {n: _phrase(items, n) for n, item in enumerate(items) if item.kind == "noun"}
    earlier: Phrase | None = None
    for number, phrase in by_item.items():
        _predicated(items, number, phrase)
        led = items[number - len(phrase.words.split()) - 1 : number]
        phrase.negated |= earlier is not None and earlier.negated and any(i.words == "or" for i in led)
        earlier = phrase
    clauses = list(_clauses(items))
    for number, clause in enumerate(clauses):
        before = clauses[number - 1] if number else None
        behind = clauses[number + 1].lead if number + 1 < len(clauses) else ()
        _read(clause, by_item, before, behind)
        found.stood += _stood(clause, by_item)
    skipped = {n for n in by_item if _is_likened(items, n)}
    found.phrases = [phrase for n, phrase in by_item.items() if n not in skipped]
    found.acts = [act for clause in clauses for act in clause.acts]
    found.orders = list(_orders(clauses))
    found.setting = [
        (i.words, i.value if i.kind == "setting" else {i.kind: i.value}, _is_denied(items, n))
        for n, i in enumerate(items)
        if i.kind in ("setting", "passing", "view") and not (n and items[n - 1].words == "of")
    ]
    return found


def _phrase(items: Sequence[Item], at: int) -> Phrase:
    """A noun with what stands in front of it."""
    first = at
    while first and (items[first - 1].kind in TOLD_OF or items[first - 1].words in LED):
        first -= 1
    told = items[first:at]
    phrase = Phrase(items[at], items[at].value, " ".join(i.words for i in items[first : at + 1] if i.words not in LED))
    phrase.article = next((i.words for i in told if i.words in DETERMINERS), "")
    colours, stuffs = [[i.value for i in told if i.kind == kind] for kind in ("colour", "material")]
    phrase.colour = colours[0] if len(colours) == 1 else None
    phrase.stuff = stuffs[0] if len(stuffs) == 1 else None
    sizes = [i for i in told if i.kind == "size"]
    if len(sizes) == 1:
        phrase.size, phrase.factor = sizes[0].words, sizes[0].value[0]
    phrase.count = _counted(told, phrase, bool(first) and items[first - 1].words in ABOUT)
    phrase.negated = bool(first) and (items[first - 1].words in NO or denies(items[first - 1].words))
    phrase.part = bool(first) and (items[first - 1].words.endswith(" of") or items[first - 1].words in PART)
    phrase.part |= phrase.article in ("each", "these", "those") or _is_what(items, first)
    return phrase


def _is_what(items: Sequence[Item], first: int) -> bool:
    """Whether a noun only says what something is, as in "it is a big leafy plant"."""
    while first and items[first - 1].kind == "unknown":
        first -= 1
    while first and (items[first - 1].kind in TOLD_OF or items[first - 1].words in LED):
        first -= 1
    what = first > 1 and items[first - 1].words in BECOMING
    return what and items[first - 2].kind in ("noun", "pronoun", "unknown")


def _counted(told: Sequence[Item], phrase: Phrase, about: bool) -> int | None:
    """How many there are by what stands in front of a noun; None where that is not certain."""
    kinds = [i.kind for i in told]
    if about:
        return None
    if "count" in kinds:
        at = len(kinds) - 1 - kinds[::-1].index("count")
        plain = told[at].words not in MANY or told[at].words == "dozen"
        whole = float(told[at].value).is_integer() and told[at].value >= 1
        return int(told[at].value) if plain and whole and "arrangement" not in kinds[at:] else None
    several = phrase.named.several or "arrangement" in kinds
    return 1 if not several and phrase.article in ("a", "an", "the", "this", "that", "another") else None


def _predicated(items: Sequence[Item], at: int, phrase: Phrase) -> None:
    """Take what is told of a thing behind it, as in "the box is red" and "the box is not red"."""
    behind = [i.words for i in items[at + 1 : at + 4]]
    verb = 1 if behind[:1] in (["is"], ["are"]) else 0
    denied = behind[verb : verb + 1] == ["not"] or behind[:1] in (["isn't"], ["aren't"])
    tell = at + 1 + verb + (1 if denied else 0)
    since = next((n for n in range(at, -1, -1) if items[n].kind == "break"), 0)
    if any(item.kind == "verb" for item in items[since:at]):
        return  # "the ball that hits the box is red"
    if not (verb or denied) or tell >= len(items) or items[tell].kind != "colour":
        return
    if tell + 1 < len(items) and items[tell + 1].kind in ("noun", "colour", "size", "material"):
        return
    joined = items[tell + 1 : tell + 3]
    if len(joined) == 2 and joined[0].words == "and" and joined[1].kind == "colour":
        return
    if denied:
        phrase.not_colour = items[tell].value
    else:
        phrase.colour = phrase.colour or items[tell].value


def _is_likened(items: Sequence[Item], at: int) -> bool:
    """Whether a thing is spoken of only to say what another one is like."""
    while at and (items[at - 1].kind in TOLD_OF or items[at - 1].words in DETERMINERS):
        at -= 1
    return at > 0 and items[at - 1].words in LIKENESS


def _is_denied(items: Sequence[Item], at: int) -> bool:
    """Whether a word of the setting is said not to be so: "no rain", "it does not rain"."""
    before = [i.words for i in items[max(at - 2, 0) : at] if i.words not in DETERMINERS and i.words != "any"]
    return bool(before) and (before[-1] in NO or denies(before[-1]))


def _clauses(items: Sequence[Item]) -> Iterator[_Clause]:
    """The sentence cut at its marks and conjunctions, each piece with the words that lead to it."""
    clause = _Clause(())
    for number, item in enumerate(items):
        if item.kind != "break" and item.words not in (*CONDITIONAL, *JOINING):
            clause.items.append((number, item))
        elif clause.items:
            yield clause
            clause = _Clause((item.words,))
        else:
            clause.lead = (*clause.lead, item.words)
    yield clause


def _read(clause: _Clause, by_item: dict[int, Phrase], before: _Clause | None, behind: tuple[str, ...]) -> None:
    """Take what is done in a clause, and by whom."""
    governed, acted, denied, relative = False, False, False, False
    last: Item | None = None
    for number, item in clause.items:
        if item.words == "neither" or denies(item.words):
            denied = True
        elif item.words in ("which", "who", "that") and clause.phrases:
            relative = True
        elif item.kind in ("preposition", "source", "with", "content", "participle") or _tells(item, last):
            governed = True
        elif item.kind == "pronoun":
            governed = False
        elif item.kind == "noun":
            phrase = by_item[number]
            clause.phrases.append(phrase)
            for act in clause.acts:
                act.whom.append(phrase)
            if not governed and not acted:
                clause.heads.append(phrase)
            governed = False
        elif item.kind == "verb" or (denied and item.words in STIR):
            wide = relative or item.words.split()[0].endswith("ing")
            who = tuple(clause.phrases if wide else clause.heads)
            if not who and before is not None:
                who = tuple(before.phrases)
            none = not acted and any(phrase.negated for phrase in clause.heads)
            for phrase in clause.heads if none else ():
                phrase.negated = False
            said = " ".join((*(phrase.words for phrase in clause.heads), item.words))
            verb = item.value if item.kind == "verb" else None
            act = Act(item, verb, item.words, who, denied or none, sure=bool(clause.heads) and not relative)
            act_is_sure = not act.negated or not (set(behind) & UNTIL or set(clause.lead) & {"if", "unless"})
            if act_is_sure and said:
                clause.acts.append(act)
            acted, denied, relative = True, False, False
        elif _is_deed(item, last) and not acted and not governed:
            clause.acts.append(Act(item, None, item.words, tuple(clause.heads), denied))
        last = item


def _is_deed(item: Item, last: Item | None) -> bool:
    """Whether a word that is not known says what the one in front of it does: "a dog chases a cat"."""
    known = item.kind != "unknown" or not item.words.endswith("s") or item.words in ("does", *PART)
    return not known and last is not None and last.kind == "noun" and not last.value.several


def _tells(item: Item, last: Item | None) -> bool:
    """Whether a verb's form only tells of what is named behind it, as in "with burning candles"."""
    told = last is None or last.kind in ("with", "preposition", *TOLD_OF) or last.words in DETERMINERS
    return item.kind == "verb" and item.words.endswith("ing") and told


def _stood(clause: _Clause, by_item: dict[int, Phrase]) -> Iterator[Stood]:
    """Where things of a clause are said to be, with no verb between."""
    things: list[Phrase] = []
    heads: list[Phrase] = []
    relation, plain = "", True
    for number, item in clause.items:
        if item.kind == "noun":
            phrase = by_item[number]
            if relation and heads and not phrase.negated:
                whole = tuple(dict.fromkeys((things[-1], *heads)))
                yield Stood(whole, relation, phrase, f"{things[-1].words} {relation} {phrase.words}")
            elif plain and not relation:
                heads.append(phrase)
            things.append(phrase)
            relation, plain = "", True
        elif item.kind == "preposition" and plain and things:
            known = item.value in RELATIONS and item.value not in UNSURE
            relation, plain = (item.value, True) if known else ("", False)
        elif item.kind == "verb" or (relation and item.words in ("which", "whom")):
            return
        elif item.kind == "empty" and (item.words in DETERMINERS or item.words in (*STANDING, *STOOD)):
            continue
        elif item.kind not in TOLD_OF:
            relation, plain = "", False


STOOD = ("is", "are", "standing", "lying", "sitting", "placed", "also", "still", "which", "who", "there")
"""Words between a thing and where it is."""


def _orders(clauses: Sequence[_Clause]) -> Iterator[tuple[Act, Act]]:
    """What comes first and what later, by the words between clauses."""
    for number, clause in enumerate(clauses):
        earlier = [c for c in clauses[:number] if c.acts]
        if not clause.acts or (clause.acts[0].negated):
            continue
        first = [item.words for _, item in clause.items[:2]]
        points = "after" in clause.lead and first[:1] in (["that"], ["this"])
        if points or set(clause.lead) & {"then"} or set(first) & set(LATER):
            pair = (earlier[-1].acts[-1], clause.acts[0]) if earlier else None
        elif clause.lead[-1:] in (("after",), ("before",)):
            main = _main(clauses, number)
            pair = (clause.acts[-1], main.acts[0]) if main is not None else None
            pair = pair[::-1] if pair is not None and clause.lead[-1] == "before" else pair
        else:
            continue
        if pair is not None and all(act.sure and not act.negated for act in pair):
            yield pair


def _main(clauses: Sequence[_Clause], number: int) -> _Clause | None:
    """The clause that one with "after" or "before" belongs to: the one behind it where it begins the sentence."""
    begins = number == 0 or len(clauses[number].lead) > 1 or not clauses[number - 1].acts
    others = clauses[number + 1 : number + 2] if begins else clauses[number - 1 : number]
    return next((c for c in others if c.acts), None)


def stems_of(words: str) -> set[str]:
    """The plain forms of the words of a text, without those that say nothing."""
    plain = "".join(c if c.isalnum() or c in "'’-" else " " for c in words.lower()).replace("-", " ")
    return {stem for word in plain.split() if word not in DETERMINERS for stem in stems(word) if len(stem) > 2}
