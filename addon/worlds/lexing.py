"""A sentence in pieces: what each word, or run of words, stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from .lexicon import LETTERED, LONGEST, Item, Lexicon, words_of
from .numerals import FIGURE
from .phrasal import PLACING, SWITCHED, TAKING, UNSAID, pair_of, switching
from .shades import colour_of
from .sizes import DIRECTIONS, metres_in
from .turned import is_going_to, turning
from .words import (
    ALSO_VERBS,
    ARRANGEMENTS,
    CONTENTS,
    COUNTS,
    DETERMINERS,
    EDGES,
    EMPTY,
    GIVING,
    IMPERATIVES,
    IN_A_ROW,
    LIQUIDS,
    MANY,
    MATERIALS,
    MEASURED,
    OBJECTS,
    PACES,
    PARTS,
    PASSINGS,
    PHRASES,
    PICKING,
    PICKING_OF,
    PREPOSITIONS,
    PRONOUNS,
    SETTINGS,
    SIZES,
    SOURCES,
    STANDING,
    STUFFS_GIVEN_OFF,
    TELLING,
    TURNING,
    UNEARTHLY,
    UNITS,
    VIEWS,
    WITHIN,
    is_for,
)

BREAKS = (",", ".", ";", ":", "!", "and", "while", "but", "then")

TIME = re.compile(
    r"(\d+(?:\.\d+)?|\w+) seconds? (?:after|into) the (?:start|beginning)\b"
    r"|(?:after|at|in) (?:about )?(\d+(?:\.\d+)?|\w+) (?:s|sec|secs|second|seconds)\b"
    r"|(\d+(?:\.\d+)?|\w+) (?:s|sec|secs|second|seconds) (?:later|after that)\b"
)


def pieces(sentence: str, lexicon: Lexicon) -> Iterator[Item]:
    """The sentence in pieces: the longest that stand for something come first."""
    words = words_of(sentence)
    after_thing, begins, of_thing, of_stuff = False, True, False, False
    last: Item | None = None
    at = 0
    while at < len(words):
        words[at] = words[at].removeprefix(LETTERED)
        goes_on = begins and of_thing and _is_inflected(words[at:], lexicon)  # ", drapes over it": no drapes
        leaving = _leaving(words[at:]) if of_stuff else None
        is_named = _is_named(words, at) and not (last is not None and last.kind == "noun")
        acts = (after_thing or goes_on) and not is_named  # "behind a swing"
        leaving = leaving or _turned(words[at:], lexicon)
        length, item = leaving or _measure(words[at:]) or _longest(words[at:], lexicon, acts, begins and not is_named)
        if item.kind == "noun" and _is_deed(words, at, length, item, last, lexicon):
            item = Item("unknown", item.words, item.words)
        if item.kind == "noun" and length == 2 and _acts_behind(words, at, item, lexicon):
            length = 1
            item = Item("noun", found, words[at]) if (found := lexicon.nouns.get((words[at],))) else word_of(words[at])
        if item.kind == "noun" and _is_headed(words, at, length, item, lexicon):
            item = Item("unknown", item.words, item.words)
        if item.kind == "noun" and not item.value.several and (letter := _letter(words, at + length)):
            item, length = Item("noun", replace(item.value, letter=letter), item.words), length + 1
        if item.kind == "noun" and at and words[at - 1] in ("is", "are") and word_of(item.words).kind == "material":
            item = word_of(item.words)  # "it is glass"
        if _stands_alone(words, at, lexicon):
            length, item = 1, Item("turning", words[at], words[at])
        if item.words == "one" and last is not None and last.kind in ("colour", "size", "material"):
            item = Item("one", "one", "one")
        last = item
        of_thing = of_thing or item.kind == "noun"
        of_stuff = item.kind not in ("noun", "break") and (of_stuff or item.kind == "stuff")
        if item.kind == "noun" and not item.value.several and _is_compound(words[at + length :], lexicon):
            alone = word_of(item.words)  # "brick" in "a brick wall" is no brick
            item = alone if alone.kind == "material" else Item("unknown", item.words, item.words)
        if item.kind == "participle" and is_for(" ".join(words[at : at + 2])):
            item = Item("unknown", item.words, item.words)
        if item.kind == "setting" and length == 1 and _tells_of(words, at, lexicon):
            item = Item("climate", item.value, item.words)
        if item.words in TELLING and _tells_kind(words, at, lexicon):
            wooden = item.words == "wood" and words[at + 1] not in ("fire", "stove", "pile")
            item = word_of("wooden") if wooden else Item("unknown", item.words, item.words)
        if item.words == "at" and begins and item.kind == "preposition":
            item = Item("preposition", "near", "at")  # "At a market stall an awning ripples"
        if item.words == "round" and at and words[at - 1] in ("a", "the"):
            item = Item("unknown", "round", "round")
        if item.kind in ("noun", "verb", "break", "pronoun", "liquid", "stuff", "one"):
            after_thing = item.kind in ("noun", "pronoun", "liquid", "stuff", "one")
        begins = item.kind in ("break", "imperative", "time") or (begins and item.kind == "empty")
        yield item
        at += length


def _stands_alone(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a word for one of several has no noun: "one rolls off", "the first falls"."""
    rest = words[at + 1 :]
    picks = words[at] in PICKING and at > 0 and words[at - 1] == "the"
    if not rest or not (picks or words[at] == "one"):
        return False
    if rest[0] in ("is", "has") or (rest[0] in STANDING and rest[0].endswith("s")):
        return True
    return rest[0].endswith("s") and lexicon.verb(rest) is not None and tuple(rest[:1]) not in lexicon.nouns


def _letter(words: Sequence[str], at: int) -> str:
    """The capital letter behind a noun that tells it from others of its kind, "" for none."""
    return words[at][-1].upper() if at < len(words) and words[at].startswith(LETTERED) else ""


def _is_named(words: Sequence[str], at: int) -> bool:
    """Whether an article is in front of a word, and between them at most what is told of a thing."""
    while at and word_of(words[at - 1]).kind in ("colour", "size", "material"):
        at -= 1
    at -= at > 1 and words[at - 1] in ("heavy", "light")
    return at > 0 and words[at - 1] in ("a", "an", "the")


def _tells_kind(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a word for weather or an hour only tells of which kind the thing right behind it is: "a snow globe" is no
    snow, and "in the snow horses run" it snows."""
    if at + 1 == len(words):
        return False
    before = [] if words[at - 1] in ("a", "an") else [w for w in words[max(at - 2, 0) : at] if w not in DETERMINERS]
    rest = list(words[at + 1 :])
    while len(rest) > 1 and word_of(rest[0]).kind in ("colour", "size", "material"):
        rest = rest[1:]
    named = any(tuple(rest[:n]) in lexicon.nouns for n in (1, 2)) or _is_kind(rest[:1], lexicon)
    strange = word_of(rest[0]).kind == "unknown" and rest[0] not in SETTINGS
    named = named or (words[at - 1] in ("a", "an") and strange)
    return named and lexicon.verb(rest) is None and not (before and before[-1] in WITHIN)


def _tells_of(words: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    """Whether a word for a place or weather stands right in front of a thing that is there: "a snowy hill", "a garden
    wall"."""
    told = words[at].endswith("y") or words[at - 1] in ("a", "an")
    return told and any(tuple(words[at + 1 : at + n]) in lexicon.nouns for n in (3, 2))


def _measure(words: Sequence[str]) -> tuple[int, Item] | None:
    """A number with its unit, as in "30 cm" or "2 m tall"."""
    if len(words) < 2 or number_in(words[0]) is None or words[1] not in UNITS or TIME.match(" ".join(words)):
        return None
    length = 3 if len(words) > 2 and words[2] in MEASURED else 2
    along = words[2] if length == 3 else ""
    found = metres_in(" ".join(words[:2])) if along in ("", *DIRECTIONS) else None
    return length, Item("measure", None if found is None else (found, along), " ".join(words[:length]))


def _is_deed(words: Sequence[str], at: int, length: int, item: Item, last: Item | None, lexicon: Lexicon) -> bool:
    """Whether what could be several things is what the one in front of it does, as in "a bell rings", or does it to the
    one behind it, as in "snow covers the roof"."""
    if last is not None and last.kind == "unknown" and last.words.endswith("s") and not item.value.several:
        return lexicon.verb(words[at : at + 1]) is not None  # "two zorbs slide"
    if length > 1 or not item.value.several or last is None or not words[at].endswith("s"):
        return False
    if words[at + 1 : at + 2] and words[at + 1] in OBJECTS and not _tells(words[at - 1]):
        return True
    acts = words[at] in ALSO_VERBS or lexicon.verb(words[at : at + 1]) is not None
    if last.kind == "noun" and not last.value.several and at:
        before = at - len(last.words.split())
        return acts or (before > 0 and words[before - 1] in ("a", "an"))
    return last.kind in ("unknown", "setting", "liquid", "stuff") and acts


def _acts_behind(words: Sequence[str], at: int, item: Item, lexicon: Lexicon) -> bool:
    """Whether the second of two words that name several things is what the first one does: "a rope swings"."""
    one, does = words[at], words[at + 1]
    acts = (one,) in lexicon.nouns and lexicon.verb([does]) is not None
    return item.value.several and (acts or does in STANDING) and at > 0 and words[at - 1] in ("a", "an", "with")


def _is_headed(words: Sequence[str], at: int, length: int, item: Item, lexicon: Lexicon) -> bool:
    """Whether a noun only tells of which kind a thing is that is not known: "a fire hydrant sprays water"."""
    rest = words[at + length :]
    if item.value.several or len(rest) < 2 or word_of(rest[0]).kind != "unknown" or not rest[0].isalpha():
        return False
    told = rest[0].endswith(("ly", "s", "ed", "ing")) or _phrase((rest[0],), lexicon, False) is not None
    known = told or lexicon.noun((rest[0],)) is not None or lexicon.verb(rest[:1]) is not None
    return not known and (rest[1] in STANDING or lexicon.verb(rest[1:]) is not None) and rest[1].endswith("s")


def _tells(word: str) -> bool:
    """Whether a word stands in front of a noun."""
    told = word_of(word).kind in ("colour", "size", "material", "count")
    return told or word in DETERMINERS or word in PREPOSITIONS or word == "with"


def _leaving(words: Sequence[str]) -> tuple[int, Item] | None:
    """The words with which it is said what gives something off, where such words come next."""
    texts = (" ".join(words[:n]) for n in range(min(LONGEST, len(words)), 0, -1))
    text = next((t for t in texts if t in GIVING), None)
    return (len(text.split()), Item("empty", text, text)) if text is not None else None


def _turned(words: Sequence[str], lexicon: Lexicon) -> tuple[int, Item] | None:
    """Words in front of a verb that turn its meaning, or say nothing of it."""
    kind, length = ("empty", 2) if is_going_to(words, lexicon.verb) else ("turning", turning(words, lexicon.verb))
    text = " ".join(words[:length])
    return (length, Item(kind, text, text)) if length else None


def _longest(words: Sequence[str], lexicon: Lexicon, after_thing: bool, begins: bool) -> tuple[int, Item]:
    if words[0] in ("comes", "come") and words[1:2] == ["to"] and not _goes_on(words[2:], lexicon):
        return 2, Item("empty", "comes to", "comes to")  # "comes to hang" is no coming
    if words[0] == "another" and words[1:2] == ["of"]:
        return 2, Item("turning", "another of", "another of")
    if words[0] == "another" and not _goes_on(words[1:], lexicon):
        return 1, Item("unknown", "another", "another")
    if list(words[:2]) == ["one", "of"]:
        return 2, Item("turning", "one of", "one of")
    if _is_part(words):
        return 2, Item("turning", " ".join(words[:2]), " ".join(words[:2]))
    if words[0] == "both":
        return _both(words[1:], lexicon)
    if (after_thing or begins) and (found := _phrasal(words, lexicon, after_thing)) is not None:
        return 2, found
    verb = lexicon.verb(words)
    if verb is not None and verb[0] > 1 and verb[1].to == "no":
        edge = any(" ".join(words[verb[0] - 1 :]).startswith(edge) for edge in EDGES)
        if edge or _goes_on(words[verb[0] :], lexicon):
            verb = lexicon.verb(words[: verb[0] - 1]) or verb  # "falls over a table" is no falling over
    if verb is not None and after_thing:
        return verb[0], Item("verb", verb[1], " ".join(words[: verb[0]]))
    if time := TIME.match(" ".join(words)):
        seconds = number_in(next(filter(None, time.groups())))
        if seconds is not None:
            return len(time[0].split()), Item("time", seconds, time[0])
    for length in range(min(LONGEST, len(words)), 0, -1):
        if (item := _phrase(tuple(words[:length]), lexicon, begins)) is not None:
            return length, item
    word = words[0]
    kind = next(
        (n for n in (2, 1) if len(words) >= n and _is_kind(words[:n], lexicon) and _ends(words[n:], lexicon)), 0
    )
    if kind and verb is None:
        return kind, Item("noun", lexicon.noun(tuple(words[:kind])), " ".join(words[:kind]))
    if verb is not None:
        text = " ".join(words[: verb[0]])
        if begins and not word.endswith("ing"):
            return verb[0], Item("verb", verb[1], text)
        return verb[0], Item("participle" if word.endswith("ing") else "unknown", verb[1], text)
    return 1, word_of(word)


def _phrasal(words: Sequence[str], lexicon: Lexicon, after_thing: bool) -> Item | None:
    """A verb of two words, where one comes next: what it makes the thing behind it do, or told with its clause."""
    if (pair := pair_of(words)) is None:
        return None
    text, rest = " ".join(words[:2]), [word for word in words[2:8] if word not in DETERMINERS]
    told = Item("turning", text, text) if after_thing else None
    while rest and word_of(rest[0]).kind in ("colour", "size", "material", "count"):
        rest = rest[1:]
    named = next((found for n in (3, 2, 1) if (found := lexicon.noun(tuple(rest[:n])))), None) if rest else None
    has_object = words[2:3] and (words[2] in OBJECTS or words[2] in PRONOUNS or named is not None)
    if pair in TAKING or not has_object:
        return told if has_object or (pair in UNSAID and (lexicon.verb(words) or (0,))[0] < 2) else None
    if pair not in SWITCHED:
        return told
    if pair in PLACING and rest and rest[0] in SETTINGS:
        return None  # "turns on a beach"
    if named is None and words[2] not in PRONOUNS:
        return told
    does = SWITCHED[pair] if named is None else switching(pair, named.entry)
    return (
        told if does == "" else None if does is None else Item("verb", replace(lexicon.verbs[does], sends=True), text)
    )


def _is_part(words: Sequence[str]) -> bool:
    """Whether words speak of a part of several, as "two of the five"."""
    told = words[0] in (*PARTS, *PICKING_OF) or word_of(words[0]).kind == "count"
    if len(words) < 3 or words[1] != "of" or not told:
        return False
    return words[2] in ("the", "these", "those", "them") or word_of(words[2]).kind == "count"


def _both(words: Sequence[str], lexicon: Lexicon) -> tuple[int, Item]:
    """Two of what is named behind it, or those that were spoken of."""
    rest = [word for word in words[:6] if word not in DETERMINERS and word_of(word).kind not in ("colour", "size")]
    if any(tuple(rest[:n]) in lexicon.nouns for n in (1, 2, 3)):
        return 1, Item("count", 2, "both")
    return (1, Item("pronoun", "they", "they")) if lexicon.verb(words) else (1, Item("empty", "both", "both"))


def _is_kind(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether words that say nothing else name a kind of what the library has."""
    if any(word_of(word).kind != "unknown" for word in words):
        return False
    return lexicon.noun(tuple(words)) is not None


def _ends(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a noun may end in front of these words: what is no noun follows."""
    if not words or lexicon.verb(words) is not None:
        return True
    phrase = next((p for n in (3, 2, 1) if (p := _phrase(tuple(words[:n]), lexicon, False)) is not None), None)
    kinds = ("break", "empty", "turning", "with", "pronoun", "pace")
    return phrase.kind in ("preposition", "source") if phrase is not None else word_of(words[0]).kind in kinds


def _is_inflected(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a verb comes next that says what somebody does, and not an order."""
    return lexicon.verb(words) is not None and words[0].endswith("s")


def _is_compound(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a noun comes at once, so that the one in front only tells of which kind it is."""
    found = [lexicon.nouns[key] for n in range(1, min(4, len(words)) + 1) if (key := tuple(words[:n])) in lexicon.nouns]
    named = any(not one.several for one in found)  # "a boy fans a fire" speaks of no boy fans
    return named and lexicon.verb(words) is None and " ".join(words[:2]) not in SETTINGS


def _goes_on(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a thing comes next, whatever is told of it in front of it."""
    rest = [w for w in words[:5] if w not in DETERMINERS]
    while rest and (word_of(rest[0]).kind in ("colour", "size", "material", "count")):
        if any(tuple(rest[:n]) in lexicon.nouns for n in (1, 2)):
            break
        rest = rest[1:]
    return any(tuple(rest[:n]) in lexicon.nouns for n in (1, 2) if len(rest) >= n)


def _phrase(piece: tuple[str, ...], lexicon: Lexicon, begins: bool) -> Item | None:
    """What a run of words stands for."""
    text = " ".join(piece)
    if len(piece) == 2 and (colour := colour_of(text)) is not None:
        return Item("colour", colour, text)
    if text in UNEARTHLY:
        return Item("unknown", text, text)
    tables: tuple[tuple[str, Any], ...] = (
        ("arrangement", ARRANGEMENTS),
        ("passing", PASSINGS),
        ("setting", SETTINGS),
        ("view", VIEWS),
        ("content", CONTENTS),
    )
    for kind, table in tables:
        if text in table:
            return Item(kind, table[text], text)
    if begins and text in IMPERATIVES:
        return Item("imperative", text, text)
    if text in STUFFS_GIVEN_OFF:
        return Item("stuff", STUFFS_GIVEN_OFF[text], text)
    if piece in lexicon.nouns:
        return Item("noun", lexicon.nouns[piece], text)
    if text in IN_A_ROW:
        return Item("arranged", IN_A_ROW[text], text)
    if text in LIQUIDS:
        return Item("liquid", text, text)
    if text in PHRASES:
        return Item("empty", text, text)
    if text in EDGES:
        return Item("edge", text, text)
    if text in SOURCES:
        return Item("source", text, text)
    if text in PREPOSITIONS or text in lexicon.ways or text in ("along", "past", "through", "across", "over"):
        return Item("preposition", PREPOSITIONS.get(text), text)
    return None


def word_of(word: str) -> Item:
    """What a single word stands for."""
    number = number_in(word)
    plain: dict[str, bool] = {
        "colour": colour_of(word) is not None,
        "count": number is not None or word in MANY,
        "size": word in SIZES,
        "material": word in MATERIALS,
        "pace": word in PACES,
        "pronoun": word in PRONOUNS,
        "break": word in BREAKS,
        "part": word in ("its", "his", "her", "their"),
        "empty": word in DETERMINERS or word in EMPTY,
        "turning": word in TURNING,
        "with": word == "with",
    }
    kind = next((kind for kind, is_one in plain.items() if is_one), "unknown")
    values: dict[str, Any] = {
        "colour": colour_of(word),
        "count": MANY.get(word, number),
        "size": SIZES.get(word),
        "material": MATERIALS.get(word),
        "pace": PACES.get(word),
    }
    return Item(kind, values.get(kind, word), word)


def number_in(word: str) -> float | None:
    """The number that a word says; None for other words."""
    if word in COUNTS:
        return COUNTS[word]
    return float(word) if re.fullmatch(FIGURE, word) else None
