"""What the readings achieve without anybody who chooses: each rule is one of those that its names allow, at random.

A baseline that tells how much of a coder's success is the language's.
"""

from __future__ import annotations

import hashlib
import random

from ..models import OnText
from ..rules import Reading, Refusal, Vocabulary, read
from ..rules.candidates import Candidates


class Chance:
    """Draws a reading. The same seed and rule give the same one."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def __call__(self, rule: str, vocabulary: Vocabulary, on_text: OnText | None = None) -> Reading | Refusal:
        """One of the possible readings, all equally likely; what the words say if there is none."""
        sentences = Candidates(rule, vocabulary).sentences
        rng = random.Random(hashlib.sha256(f"{self.seed} {rule}".encode()).hexdigest())
        for said in rng.sample(sentences, len(sentences)):
            found = read(said, vocabulary)
            if isinstance(found, Reading):
                return Reading(rule, found.rules, "model")
        return read(rule, vocabulary)
