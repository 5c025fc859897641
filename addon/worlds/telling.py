"""What is left out of a sentence, in its own words and order."""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import Lexicon, words_of
from .lexing import BREAKS, number_in, word_of
from .shades import colour_of
from .whereabouts import WITH
from .words import ARTICLES, DETERMINERS, PREPOSITIONS, SETTINGS, SOURCES

LINKING = {*DETERMINERS, "is", "are", "to", "be", "has", "will", "there", "which", "who", "been", "being"}
"""Words that may stand between others that are told as one."""

MOST_BETWEEN = 2
"""So many of them at most."""

BACK = (["forth"], ["fro"], ["down"])
"""What stands behind an "and" that ends no clause: back and forth, to and fro, up and down."""

GROUPS = ("row", "stack", "pile", "line", "tower", "pair", "group")
"""Words for several that stand in front of their noun."""

PASSING = ("along", "past", "through", "across", "over", "up")
"""Words that say by what something goes."""

Span = tuple[int, ...]


def in_its_words(sentence: str, left: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """What is left out: words that stand side by side in a sentence are told together, as they are said there. What is
    no part of the sentence comes last."""
    said = words_of(sentence)
    taken: dict[int, str] = {}
    apart = list[str]()
    for told in sorted(left, key=lambda text: -len(text.split(" (")[0].split())):
        words, _, note = told.partition(" (")
        spans = [s for s in _spans(said, words_of(words)) if not set(s) & set(taken)]
        if not spans and " " in words:
            spans = [s for s in _spans(said, words_of(words), loose=True) if not set(s) & set(taken)]
            spans = spans or _reordered(said, words_of(words), taken)
            spans = [tuple(range(s[0], s[-1] + 1)) for s in spans[:1]]
        if not spans and (words in (*PREPOSITIONS, WITH) or left.count(told) > 1):
            continue  # another word for what was said, or said of each of several
        if not spans:
            apart.append(told)
            continue
        best = min(spans, key=lambda span: (span[-1] - span[0], _far(span, taken), span[0]))
        taken |= dict.fromkeys(best, f" ({note}" if note else "")
    return (*_together(said, taken, lexicon), *(told for told in left if told in apart))


def _spans(said: Sequence[str], words: Sequence[str], loose: bool = False) -> list[Span]:
    """Where words are said in this order, with little between them; ``loose`` where it may be any of the clause."""
    found: list[Span] = [(n,) for n in range(len(said)) if words and _same(said[n], words[0])]
    for word in words[1:]:
        reach = range(1, MOST_BETWEEN + (4 if loose else 2))
        found = [
            (*span, span[-1] + n)
            for span in found
            for n in reach
            if span[-1] + n < len(said)
            and _same(said[span[-1] + n], word)
            and all(
                between not in BREAKS if loose else between in LINKING for between in said[span[-1] + 1 : span[-1] + n]
            )
        ]
    return found


def _reordered(said: Sequence[str], words: Sequence[str], taken: dict[int, str]) -> list[Span]:
    """Where words are said in another order, or else begin a clause that ends in other words."""
    for n in range(len(said) - len(words) + 1):
        if sorted(said[n : n + len(words)]) == sorted(words):
            return [(n, n + len(words) - 1)]
    for first, *_, last in _spans(said, words[:3]) if len(words) > 3 else []:
        ends = (
            n for n in range(last, len(said)) if n in taken or (said[n] in BREAKS and said[n + 1 :][:1] not in BACK)
        )
        end = next(ends, len(said))
        if first not in taken and end > last:
            return [(first, end - 1)]
    return []


def _same(said: str, word: str) -> bool:
    if said == word:
        return True
    number = number_in(word)
    return (number is not None and number_in(said) == number) or (colour_of(said) == word and colour_of(word) == word)


def _far(span: Span, taken: dict[int, str]) -> int:
    """How far off from what is told already something is."""
    return min((min(abs(n - span[0]), abs(n - span[-1])) for n in taken), default=0)


def _together(said: Sequence[str], taken: dict[int, str], lexicon: Lexicon) -> list[str]:
    """What is told, with what links it."""
    runs = list[list[int]]()
    for n in sorted(taken):
        between = said[runs[-1][-1] + 1 : n] if runs else []
        linked = len(between) <= MOST_BETWEEN and all(word in LINKING and word not in BREAKS for word in between)
        if runs and linked and taken[n] == taken[runs[-1][-1]] and not (taken[n] and between):
            runs[-1].append(n)
        else:
            runs.append([n])
    return [" ".join(said[run[0] : _end(said, run, taken, lexicon)]) + taken[run[0]] for run in runs]


def _end(said: Sequence[str], run: list[int], taken: dict[int, str], lexicon: Lexicon) -> int:
    """Where what is told ends: with the thing that its preposition is said of."""
    last = run[-1] + 1
    adjective = run[0] > 0 and said[run[0] - 1] in ARTICLES  # "a round table"
    leading = {*PREPOSITIONS, *SOURCES, *lexicon.ways, *PASSING}
    if taken[run[0]] or adjective or not {said[run[0]], said[run[-1]]} & leading:
        return last
    if said[run[-1]] not in leading and said[last : last + 1] and said[last] in ARTICLES:
        return last  # "on the moon a ball"
    at = last
    while at < len(said) and (
        said[at] in (*LINKING, *GROUPS) or word_of(said[at]).kind in ("colour", "size", "material", "count")
    ):
        at += 1
    for length in (3, 2, 1):
        words = tuple(said[at : at + length])
        if len(words) == length and (words in lexicon.nouns or " ".join(words) in SETTINGS):
            return last if set(range(at, at + length)) & set(taken) else at + length
    return last
