"""A rule's text as a lattice: at each place all that can begin there, such as a name, a quantity or a word.

``light Light`` can be a verb and a name, ``3 s`` a number and a word or a time; which is meant is the parser's to say.
Places are positions in the text, after blanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from .reference import Ref
from .talk import ASIDES, VOID
from .units import FIGURE, quantities_at
from .vocabulary import Vocabulary

_SIGNS = {
    "’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": " - ",
    "→": "->", "⇒": "->", "➜": "->", "⟶": "->", "=>": "->", "-->": "->", "…": ", ", "×": " x ", "½ of a": "half a", "↑": " up ", "↓": " down ", "↔": " <-> ", "⇄": " <-> ", "⇔": " <-> ", "⟷": " <-> ", "≥": " >= ", "≤": " <= ",
}  # fmt: skip
_SHORT = (
    (r"\bas (if|though)\b", r"as-\1"),
    (r",?\s*\band,? (?:straight ?away|immediately|at once|right away|instantly|promptly)\b,?", ", then"),
    (r"\b(it|that|this|he|she|there)'s gotta\b", r"\1 has got to"), (r"\b(one|both|either)'ll\b", r"\1 will"), (r"\b(somebody|someone|anybody|anyone|everybody|everyone)'s\b", r"\1 has"), (r"\b(it|that|he|she|there)'s got\b", r"\1 has got"), (r"@", " at "), (r"(?<![<\\w])<-(?![\\d.>-])", " when "), (r"\bb/c\b", "because"),
    (r"\b(what|who|whoever|whichever|here|where|this one|that one|everything|nothing|something)'s\b", r"\1 is"),
    (r"\b(it|that)'d be\b", r"\1 would be"), (r"\b(could|would|should|must|might)'ve\b", r"\1 have"),
    (r"(?<!\w)[:;]-?[)D](?!\w)", " "), (r"\bfwd\b", "forward"), (r"\babt\b", "about"), (r"\brot\b\.?", "rotate"), (r"\bdur\b\.?", "duration"), (r"\bvel\b\.?", "velocity"), (r"\bsim\b", "simulation"),
    (r"(?-i:\bR\b)(?!\s*=)", "right"), (r"(?-i:\bL\b)(?!\s*=)", "left"), (r"\bvs\b\.?|\bversus\b", "vs"), (r"\bnr\b\.?|\bno\.\s*(?=\d)|#\s*(?=\d)", "number "),
    (r"\b([a-z]+)ing-(on|off|up|down)\b", r"\1ing \2"),
    (r"\b((?:fly|go|com|walk|runn?|driv|glid|mov|slid|travel|float|drift|sail|roll)(?:e|es|s|ing)?|flies|flying) over to\b", r"\1 to"),
    (r"([!?])(?:\s*[!?])+(?![\w=])", r"\1"), (r"(?<![\w'])'?til(?!\w)", "until"), (r"\bwen\b", "when"), (r"(?<=[a-z]er) then(?= \d[\d.,]*\s*(?:m|cm|mm|km|deg(?:rees)?|°|met(?:re|er)s?)\b)", " than"),
    (r"\bcan't\b", "can not"), (r"\bgotta\b", "got to"), (r"(?<!\w)'cause\b|\bcuz\b|\bcoz\b", "because"), (r"\bso's\b", "so is"), (r"\biff\b", "if"),
    (r"\bseq\b\.?\s*:?", "sequence:"), (r"\s*&&\s*", " and "), (r"\b(one|which|this|these|those|who|what|there)'ll\b", r"\1 will"), (r"\bwon't\b", "will not"), (r"\bshan't\b", "shall not"), (r"n't\b", " not"),
    (r"\bcannot\b", "can not"), (r"\b(i|you|we|they)'d\b", r"\1 would"), (r"\b(i|you|we|they)'ll\b", r"\1 will"),
    (r"\b(it|that|he|she)'ll\b", r"\1 will"), (r"\b(it|that|there|he|she)'s\b", r"\1 is"), (r"\blet's\b", "let us"),
    (r"\b(i|you|we|they)'ve\b", r"\1 have"), (r"\b(you|we|they)'re\b", r"\1 are"), (r"\bi'm\b", "i am"),
    (r"(?:(?<=\s)|^)'cause\b|\bcuz\b|\bcoz\b", "because"), (r"\bgonna\b", "going to"), (r"\bgotta\b", "got to"), (r"\bseq\b\.?(?=\s|:)", "sequence"), (r"(?<=\s)&&(?=\s)", "and"), (r"\bw/o\b", "without"), (r"\bw/\s*", "with "), (r"\bpls\b|\bplz\b", "please"),
    (r"\bdont\b", "do not"), (r"\bdoesnt\b", "does not"), (r"\bisnt\b", "is not"), (r"\bhasnt\b", "has not"),
    (r"(\d)\s*sec\.", r"\1 sec"), (r"(\d)\s*(min|s|m|cm|mm|km|deg)\.(?=\s+(?-i:[^A-Z])|\s*$)", r"\1 \2 "), (r"\band/or\b", "or"),
)  # fmt: skip
_ASIDE = re.compile("|".join(ASIDES), re.IGNORECASE)
_LEADING = re.compile(r"\s*[,:;!?.-]+\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SIMPLE = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"->|>=|<=|==|!=|'s(?!\w)|'(?!\w)|\d+(?:st|nd|rd|th)\b|[^\w\s]")
_VECTOR = re.compile(rf"[(\[]\s*({FIGURE})\s*[,;]\s*({FIGURE})\s*[,;]\s*({FIGURE})\s*[)\]]")
_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'(?!\w)")


_LITERAL = (
    r'(?<!\w)"[^"]+"(?!\w)',
    r"(?<!\w)'[^']+'(?!\w)",
    r"(?<!\w)“[^”]+”",
    r"(?<!\w)‘[^’]+’(?!\w)",
    r"„[^“”]+[“”]",
    r"«[^»]+»",
)
"""What stands in quotes."""
_BLANK = "\x01"
"""A blank that is kept."""


@dataclass(frozen=True)
class Token:
    """Something that begins at a place: its kind, what it means, and what taking it for that costs.

    Kinds are ``word``, ``spelled`` (a word with its capital letters), ``name`` (value a `Ref`), ``group`` (a `Ref`), ``quantity``, ``vector`` (three numbers), ``text``
    (what stands in quotes), ``key`` (a custom property), ``shape_key`` (its name).
    """

    kind: str
    value: Any
    cost: float = 0.0


def plain(text: str, vocabulary: Vocabulary, with_asides: bool = False) -> str:
    """A text with one sign for each kind of quotation mark, dash and arrow, and without short forms and asides,
    unless it is to be ``with_asides``.

    Names of the scene keep what they are written with.
    """
    kept = [*(rf"(?<!\w){re.escape(n)}(?!\w)" for n in vocabulary.names), *_LITERAL]
    parts = re.split(f"({'|'.join(kept)})", text)
    for place in range(0, len(parts), 2):
        part = parts[place]
        for sign, instead in _SIGNS.items():
            part = part.replace(sign, instead)
        for pattern, instead in _SHORT:
            part = re.sub(pattern, instead, part, flags=re.IGNORECASE)
        if with_asides:
            parts[place] = part
            continue
        parts[place] = _spoken(part) if place == 0 else _ASIDE.sub(" ", "\0" + part).replace("\0", "")
    parts[1::2] = [_unaltered(part, vocabulary) for part in parts[1::2]]
    told = re.sub(r",(?:\s*,)+", ",", "".join(parts))
    return " ".join(told.split()).lstrip(" ,:;-!?." if _LEADING.match(told) else " ").replace(_BLANK, " ")


def _unaltered(part: str, vocabulary: Vocabulary) -> str:
    """A name as it is, or what stands in quotes with plain marks around it."""
    if part in vocabulary.names:
        return part
    mark = "'" if part[0] in "'‘" else '"'
    return f"{mark}{part[1:-1].replace(' ', _BLANK)}{mark}"


def _spoken(part: str) -> str:
    """What a rule begins with, without asides: one may follow the other there, and is none anywhere else."""
    for _ in range(3):
        part = _ASIDE.sub(" ", part).lstrip(" ,") if part.strip() else part
    return part


def _less_likely(token: Token) -> Token:
    """A word that is written just like a name is rather that name."""
    return replace(token, cost=token.cost + 0.3) if token.kind == "word" else token


class Lattice:
    """All that can begin at each place of a text."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text, self.vocabulary = text, vocabulary
        self._edges: dict[int, list[tuple[int, Token]]] = {}
        self._words: dict[int, list[tuple[int, Token]]] = {}
        self._firsts: dict[int, tuple[str, ...]] = {}

    def edges(self, start: int) -> list[tuple[int, Token]]:
        """What begins at a place, with the place after it."""
        if start not in self._edges:
            found = self.own(start)
            after = self._void(start)
            self._edges[start] = found + (self.edges(after) if after is not None else [])
            self._words[start] = [e for e in self._edges[start] if e[1].kind == "word"]
        return self._edges[start]

    def words(self, start: int) -> list[tuple[int, Token]]:
        """The words and marks that begin at a place."""
        if start not in self._words:
            self.edges(start)
        return self._words[start]

    def firsts(self, start: int) -> tuple[str, ...]:
        """The different words and marks that begin at a place."""
        if start not in self._firsts:
            self._firsts[start] = tuple(dict.fromkeys(token.value for _, token in self.words(start)))
        return self._firsts[start]

    def is_end(self, place: int) -> bool:
        """Whether nothing but marks that end a sentence and words that change nothing are left."""
        rest = re.sub(r"[\s.!?;,]+", " ", self.text[place:].lower()).split()
        return all(word in VOID for word in rest)

    def _void(self, start: int) -> int | None:
        word = _SIMPLE.match(self.text, start)
        return self.skip(word.end()) if word and word[0].lower() in VOID else None

    def skip(self, place: int) -> int:
        """The place after blanks."""
        while place < len(self.text) and self.text[place].isspace():
            place += 1
        return place

    def own(self, start: int) -> list[tuple[int, Token]]:
        """What begins just there, with the place after it and blanks."""
        if start >= len(self.text) or (
            start
            and self.text[start - 1].isalnum()
            and self.text[start].isalpha()
            and not self.text[start - 1].isdigit()
        ):
            return []
        found = [*self._names(start), *self._groups(start), *self._marks(start)]
        found += [(end, Token("quantity", quantity)) for end, quantity in quantities_at(self.text, start)]
        for kind, names in (("key", self.vocabulary.keys), ("shape_key", self.vocabulary.shape_keys)):
            for name in names:
                if match := re.compile(rf"{re.escape(name)}(?!\w)", re.IGNORECASE).match(self.text, start):
                    found.append((match.end(), Token(kind, name)))
        if word := _SIMPLE.match(self.text, start):
            for kind, keys in (("key_one", self.vocabulary.key_ones), ("key_verb", self.vocabulary.key_verbs)):
                if (meant := keys.get(word[0].lower())) is not None:
                    found.append((word.end(), Token(kind, meant)))
        for pattern in (_WORD, _SIMPLE):
            if (word := pattern.match(self.text, start)) and not any(
                e == word.end() and t.kind == "word" for e, t in found
            ):
                found += [(word.end(), Token("word", word[0].lower())), (word.end(), Token("spelled", word[0]))]
        sized = max((end for end, t in found if t.kind == "quantity" and t.value.dimension != "number"), default=0)
        # The half of ``half a second`` is rather no word of its own.
        found = [(end, _less_likely(token) if end < sized else token) for end, token in found]
        named = {end for end, token in found if token.kind == "name" and not token.cost}
        return [(self.skip(end), _less_likely(token) if end in named else token) for end, token in found]

    def _marks(self, start: int) -> list[tuple[int, Token]]:
        found: list[tuple[int, Token]] = []
        if mark := _MARK.match(self.text, start):
            found.append((mark.end(), Token("word", mark[0].lower())))
            if mark[0] == "'s":
                found += [(mark.end(), Token("word", verb, 0.05)) for verb in ("is", "has")]
        if vector := _VECTOR.match(self.text, start):
            numbers = tuple(float(n.replace(",", ".").replace("−", "-")) for n in vector.groups())
            found.append((vector.end(), Token("vector", numbers)))
        if quoted := _QUOTED.match(self.text, start):
            found.append((quoted.end(), Token("text", quoted[1] or quoted[2])))
            inner = quoted.start() + 1
            found += [(quoted.end(), token) for end, token in self._names(inner) if end == quoted.end() - 1]
        return found

    def _names(self, start: int) -> list[tuple[int, Token]]:
        best: dict[tuple[int, str], float] = {}
        for pattern, name, cost in self.vocabulary.name_patterns:
            if match := pattern.match(self.text, start):
                key = match.end(), name
                best[key] = min(cost, best.get(key, cost))
        return [(end, Token("name", Ref(names=(name,)), cost)) for (end, name), cost in best.items()]

    def _groups(self, start: int) -> list[tuple[int, Token]]:
        found = []
        for pattern, ref in self.vocabulary.group_patterns:
            if match := pattern.match(self.text, start):
                found.append((match.end(), Token("group", ref, 1.0)))
        return found
