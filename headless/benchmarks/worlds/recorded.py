"""Answers of a large model to the prompts of the benchmark, recorded once and given again.

They were written by a model that saw the prompts alone. A prompt names the whole library, so an answer is found by its
sentence and by how often that was asked, and holds the version of the prompt that it answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from addon.coder.rule_coder import RuleCoder
from addon.models import ChatAnswer, ChatRequest, ModelError, OnText
from addon.worlds.library import entries
from addon.worlds.makers import Maker
from addon.worlds.planner import PlanWriter

CODER = "recorded"
"""The name of the coder that gives them."""

MODEL = "a large model, recorded"

FOLDER = Path(__file__).parent / "answers"
SCRIPTS = FOLDER / "scripts"
"""The answers to the prompt of the one-shot baseline."""


class Recording(BaseModel):
    """The answers to one sentence: the first, and those to what was wrong with it."""

    sentence: str
    prompts: list[str]
    """The version of the prompt that each of them answers."""
    answers: list[str]


@cache
def recordings(folder: Path = FOLDER) -> dict[str, Recording]:
    """All recordings by their sentences."""
    found = [Recording.model_validate(json.loads(p.read_text(encoding="utf-8"))) for p in sorted(folder.glob("*.json"))]
    return {recording.sentence: recording for recording in found}


@dataclass
class RecordedChat:
    """Answers from the recordings only, in the order in which they were given, the last of them again and again."""

    folder: Path = FOLDER

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """The answer to a sentence. Raises ModelError of kind ``record`` where there is none."""
        sentence = str(request.messages[1].content).removeprefix("Sentence: ").strip()
        number = sum(message.role == "assistant" for message in request.messages)
        recording = recordings(self.folder).get(sentence)
        if recording is None:
            raise ModelError("record", f"no answer to '{sentence}' was recorded", "take another coder")
        return ChatAnswer(recording.answers[min(number, len(recording.answers) - 1)], "stop", 0, 0)


def recorded_maker(retrieve: bool = True) -> Maker:
    """Makes worlds by the recorded plans; their rules are read by words."""
    writer = PlanWriter(RecordedChat(), MODEL, entries(), retrieve=retrieve)
    prompts = sorted({prompt for recording in recordings().values() for prompt in recording.prompts})
    return Maker(writer, RuleCoder("template"), f"{', '.join(prompts)} ({MODEL})")
