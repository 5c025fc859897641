"""Whether every word of a rule is accounted for by a reading: no word that means something may be dropped."""

from __future__ import annotations

import re
from functools import cache

from .candidates import Candidates
from .read import shared_words
from .talk import VOID
from .templates import templates
from .units import NUMBER_WORDS, ORDINALS

TALK = frozenset(
    [
        "okay",
        "ok",
        "well",
        "oh",
        "so",
        "great",
        "good",
        "fine",
        "nice",
        "lovely",
        "dear",
        "poor",
        "thing",
        "things",
        "bit",
        "little",
        "love",
        "like",
        "mind",
        "want",
        "wants",
        "would",
        "could",
        "should",
        "shall",
        "may",
        "might",
        "must",
        "can",
        "will",
        "let",
        "us",
        "me",
        "my",
        "our",
        "you",
        "your",
        "we",
        "i",
        "one's",
        "promise",
        "last",
        "finally",
        "further",
        "also",
        "too",
        "as",
        "right",
        "hey",
        "hi",
        "hello",
        "cheers",
        "thanks",
        "thank",
        "sorry",
        "please",
        "kindly",
        "bet",
        "guess",
        "think",
        "know",
        "see",
        "say",
        "said",
        "mean",
        "means",
        "course",
        "way",
        "whatever",
        "anyway",
        "basically",
        "simply",
        "just",
        "only",
        "even",
        "really",
        "quite",
        "very",
        "much",
        "here",
        "there",
        "now",
        "then",
        "thus",
        "hence",
        "therefore",
        "job",
        "turn",
        "time",
        "moment",
        "instant",
        "point",
        "second",
        "minute",
        "start",
        "begin",
        "begins",
        "starts",
        "begun",
        "happen",
        "happens",
        "happened",
        "happening",
        "supposed",
        "going",
        "need",
        "needs",
        "needed",
        "get",
        "gets",
        "got",
        "getting",
        "go",
        "goes",
        "going",
        "gone",
        "do",
        "does",
        "did",
        "done",
        "be",
        "is",
        "are",
        "was",
        "were",
        "been",
        "being",
        "have",
        "has",
        "had",
        "having",
        "make",
        "makes",
        "made",
        "take",
        "takes",
        "taking",
        "taken",
        "give",
        "gives",
        "given",
        "it",
        "its",
        "it's",
        "this",
        "that",
        "these",
        "those",
        "they",
        "them",
        "their",
        "which",
        "who",
        "whose",
        "what",
        "when",
        "where",
        "while",
        "soon",
        "once",
        "until",
        "of",
        "to",
        "the",
        "a",
        "an",
        "and",
        "or",
        "at",
        "on",
        "in",
        "for",
        "from",
        "by",
        "with",
        "into",
        "onto",
        "upon",
        "over",
        "under",
        "up",
        "down",
        "off",
        "out",
        "about",
        "around",
        "as",
        "than",
        "but",
        "if",
        "both",
        "each",
        "every",
        "all",
        "any",
        "either",
        "neither",
        "none",
        "one",
        "two",
        "first",
        "second",
        "third",
        "another",
        "other",
        "same",
        "whole",
        "exactly",
        "precisely",
        "only",
        "just",
        "cue",
        "sign",
        "signal's",
        "whoever",
        "whoever's",
        "whichever",
        "whichever's",
        "quicker",
        "earlier",
        "later",
        "sooner",
        "before",
        "after",
        "already",
        "again",
        "still",
        "yet",
        "shall",
        "event",
        "events",
        "case",
        "order",
        "condition",
        "conditions",
        "rule",
        "effect",
        "effects",
        "thing's",
    ]
)
"""Words of talk: they carry no meaning of their own that a reading could miss."""


@cache
def _known() -> frozenset[str]:
    """Words of all rules, whatever their families."""
    return shared_words() | VOID | TALK | frozenset(NUMBER_WORDS) | frozenset(ORDINALS)


def unlicensed(candidates: Candidates, sentence: str) -> list[str]:
    """Words of the text that neither the families of a sentence nor the language itself have."""
    own, _ = own_words(sentence)
    said = frozenset(re.findall(r"[^\W\d_]+", sentence.lower()))
    known = own | said | _known()
    return [word for word in candidates.said.words if word.isalpha() and word not in known]


@cache
def own_words(sentence: str) -> tuple[frozenset[str], int]:
    """The words that speak of the families of a sentence, and how many families it has."""
    found = {t.family: t.words for t in (*templates()[0], *templates()[1]) if _says(t.pieces, sentence)}
    return frozenset().union(*found.values()), len(found)


UNSAID = frozenset(
    ["otherwise", "else", "instead", "except", "excepting", "until", "till", "before", "again", "half", "anew", "swap"]
)
"""Words that no sentence of a choice can say."""


def likely(candidates: Candidates) -> list[str]:
    """Of all possible sentences those that leave no word out and account for the most, with the fewest families."""
    scored = []
    for sentence in () if candidates.words & UNSAID else candidates.sentences:
        if not unlicensed(candidates, sentence):
            own, families = own_words(sentence)
            scored.append((len(own & candidates.words) - families, sentence))
    best = max((score for score, _ in scored), default=0)
    return [sentence for score, sentence in scored if score == best]


def _says(pieces: tuple[object, ...], sentence: str) -> bool:
    """Whether a sentence has the words of a template."""
    return all(piece.strip() in sentence for piece in pieces if isinstance(piece, str))
