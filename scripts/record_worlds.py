"""Record a large model's plans for the benchmark of worlds, carried to and from a chat page by hand.

    .venv/bin/python scripts/record_worlds.py FOLDER

Writes the prompts that wait for an answer into FOLDER, as `--coder paste:FOLDER` does, and keeps all answers of those
sentences that are done. Run it again until none waits.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from addon.models import ChatAnswer, ChatRequest, ModelError, OnText, PasteFolder
from addon.scene_graph import write_text
from addon.worlds.library import entries
from addon.worlds.planner import PlanError, PlanWriter
from headless.benchmarks.worlds.case import load_cases
from headless.benchmarks.worlds.recorded import FOLDER, MODEL, Recording


@dataclass
class Kept:
    """A folder of prompts and answers that keeps the answers it gave."""

    paste: PasteFolder
    answers: list[str] = field(default_factory=list)

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """See `PasteFolder.complete`."""
        answer = self.paste.complete(request, on_text)
        self.answers.append(answer.text)
        return answer


def main() -> int:
    """Record all sentences whose answers are there. Returns 1 while some wait."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    waiting, refused = 0, 0
    FOLDER.mkdir(exist_ok=True)
    for case in load_cases():
        chat = Kept(PasteFolder(Path(sys.argv[1])))
        writer = PlanWriter(chat, MODEL, entries())
        try:
            writer(case.sentence)
        except ModelError:
            waiting += 1
            continue
        except PlanError as error:
            refused += 1
            print(f"{case.name}: {error}")
        prompts = [writer.prompt] * len(chat.answers)
        recording = Recording(sentence=case.sentence, prompts=prompts, answers=chat.answers)
        write_text(FOLDER / f"{case.name}.json", recording.model_dump_json(indent=1) + "\n")
    print(f"{waiting} prompts wait for an answer, {refused} sentences have no plan that can be taken")
    return int(waiting > 0)


if __name__ == "__main__":
    sys.exit(main())
