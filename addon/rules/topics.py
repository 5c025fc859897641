"""What a text is about, said before the rule: ``Watch Parcel. Turn on Lamp when it rises`` and ``The lamp? It lights up …``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .grammar import Grammar, Parser
from .lexer import Lattice
from .reference import Ref
from .vocabulary import Vocabulary

_LEADS = (
    "(?:you (?:should |must |have to )?)?(?:watch(?: out for)?|check(?: on)?|observe|monitor|look (?:at|out for|after)|keep (?:an eye|an eye out|watch|tabs|your eyes?|a close eye|track) (?:on|for|of)|keep watching|"
    "pay attention to|have an eye on|have a look at|track|follow|mind|take|consider|focus on|concentrate on|see|think of|remember|test|inspect|picture|imagine)",
    "(?:and |so |now |oh )*(?:if|in case) (?:you are|anyone is|somebody is|you were) (?:waiting for|wondering about|asking about|looking for|wondering when it is)",
    "(?:now|next|then|and|so|finally|lastly|and then|and now|also|and finally|first|oh|ah|oh right|right|ok)?,? ?(?:as (?:for|to)|about|regarding|concerning|what about|how about|now for|on to|when it comes to|with|for|"
    "(?:do )?you (?:know|see|remember|recall)|remember|there is|here is|here comes|we have(?: got)?|(?:it|this) is (?:all )?about|this (?:one|rule) (?:is|concerns)(?: about| for)?|(?:the )?(?:first|last|next)(?: up| one)?(?: is|:)|meet|"
    "now|next|then|and then|finally|lastly|and|and now|and finally|now then|oh|oh right|ah)?",
)
_LEAD = re.compile(rf"(?:(?:{')|(?:'.join(_LEADS)}))[, ]*(?:(?:that|this|the|those|these|our|a)\b ?)?", re.IGNORECASE)
_OF_IT = r"(?:'s? (?:height|position|place|speed|z|state|value|count)|\.\w+)?"
_TAIL = re.compile(
    rf"(?P<of>{_OF_IT})(?: (?:thing|one|link|joint|there|here|over there|up there|object|guy|fellow))?"
    r"(?:,? (?:(?:that|which) )?(?:we are|is(?: being)?|you are|i am|was|we have been|has been)(?: still)? (?:holding|held|holding up|held up|keeping|keeping up|kept|hanging|hanging there|hanging up there|frozen|waiting|waiting there)(?: (?:up|back|in place|there|up there))?)?"
    r"(?:(?:'s| is)(?: an?| the)? (?:easy|simple|next|last|up next|easy one|simple one|next one|last one|trivial|straightforward)(?=\s*[:;,.-]))?"
    r"(?: (?:first|closely|carefully|please|too|also|then|now))?\s*(?P<mark>\?|[.!;:,]|-(?=\s)|(?<=\w) and(?=\s))\s*(?:and |so |well,? |then |now |ok,? |yes,? |right,? )*",
    re.IGNORECASE,
)  # fmt: skip
_SUBJECT = r"(?:it|they|he|she|that one|this one|(?:that|this|which)(?= (?:[a-z]+(?<!thi)s|should|shall|must|will|has|is|goes|needs|can|may|ought|one|gets|would)\b)|(?:each|both|either|all) of them|them|him|each|both)"
_FIRST = re.compile(rf"{_SUBJECT}\b(?!')", re.IGNORECASE)
_ASKED = re.compile(
    r"\b(?:when|once|as soon as|if|whenever|after|until|(?:the )?(?:very )?(?:moment|instant|first time)(?: that| when)?|every time|each time|while|as long as|should|only after|in case|the second)\s+(?P<it>it|that|this|that one|this one|they|he|she)\b",
    re.IGNORECASE,
)
_STATE = re.compile(r"(?:on|off|open|closed|shut|free|released|away)\b", re.IGNORECASE)

_COMPARED = re.compile(
    r"(?:higher|lower|above|below|over|under|beyond|past|faster|slower|inside|outside|near|nearer|up|at|on|in|off|more|less)\b",
    re.IGNORECASE,
)


def on_topic(told: str, vocabulary: Vocabulary, grammar: Callable[[], Grammar]) -> Iterator[str]:
    """A text with the thing that it is about in the place of the first pronoun that stands for it."""
    lead = _LEAD.match(told)
    if lead is None:
        return
    parser = Parser(grammar(), Lattice(told, vocabulary))
    starts = sorted({lead.end(), lead.start(), *_word_starts(told, lead.end())}, reverse=True)
    for start in starts:
        for name in ("several", "single"):
            for end, _, thing in parser.at(name, start):
                stop = len(told[:end].rstrip())
                if isinstance(thing, Ref) and not thing.pronoun and (tail := _TAIL.match(told, stop)):
                    thing_told = told[start:stop] + tail["of"]
                    yield from _put(
                        thing_told, thing, told[tail.end() :], start > 0 or tail["mark"] in "?!:.", vocabulary
                    )


_TOO = re.compile(
    r"\.\s+(?=[A-Za-z])(?P<more>[^.]*?)(?:,? (?:too|as well|likewise|also)\b|^also )(?P<rest>[^.]*(?:\.\d[^.]*)*)"
)
_TURN = re.compile(
    r"\b(?:it is|it will be|comes|that is) (?:now |then )?(?P<thing>[^.,;:?!]{1,40}?)'s? (?:turn|time|go|moment)(?P<mark> to |\s*[:,;.-]\s*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_WAITS = re.compile(
    r"\b(?:when|once|if|whenever|after|as soon as|until|unless|every|each time|before|while|then)\b", re.IGNORECASE
)


def in_one_sentence(told: str) -> str:
    """A text with ``. Open Door too`` as ``, and open Door``."""

    def joined(match: re.Match[str]) -> str:
        more = match["more"] + match["rest"]
        return match[0] if _WAITS.search(more) else f", and {more}"

    told = _TURN.sub(_turn, told, count=1)
    return _TOO.sub(joined, told)


def _turn(match: re.Match[str]) -> str:
    """``it is Lamp's turn to light up`` and ``it is Lamp's turn: switch it on``, with the thing in its place."""
    thing, rest = match["thing"], match["rest"]
    if match["mark"].strip() == "to":
        return f"{thing} has to {rest}"
    return re.sub(r"\b(?:it|that one|him|her)\b", lambda _: thing, rest, count=1, flags=re.IGNORECASE)


def _word_starts(told: str, end: int) -> list[int]:
    return [match.start() for match in re.finditer(r"\S+", told[:end])]


def _put(said: str, thing: Ref, rest: str, is_led: bool, vocabulary: Vocabulary) -> Iterator[str]:
    if _STATE.match(rest):
        yield f"{said}: {rest}"
    if is_led and _COMPARED.match(rest):
        yield f"{said} is {rest}"
    first = re.search(rf"\b{_FIRST.pattern}", rest, re.IGNORECASE)
    if first and not _named(rest[: first.start()], vocabulary) and (is_led or not first.start()):
        yield f"{rest[: first.start()]}{said}{rest[first.end() :]}"
    elif is_led and (asked := _ASKED.search(rest)):
        yield f"{rest[: asked.start('it')]}{said}{rest[asked.end('it') :]}"
    elif set(thing.names) <= {name for ref in _named(rest, vocabulary) for name in ref.names}:
        yield rest


def _named(text: str, vocabulary: Vocabulary) -> list[Ref]:
    lattice = Lattice(text, vocabulary)
    return [
        token.value for place in range(len(text)) for _, token in lattice.own(place) if token.kind in ("name", "group")
    ]
