"""An agent whose process ends on one task."""

import os
from dataclasses import dataclass
from typing import ClassVar

from headless.benchmarks.puzzles.actions import Action


@dataclass
class Crasher:
    seed: int
    name: ClassVar[str] = "crasher"
    watches: ClassVar[bool] = False
    settings: ClassVar[dict] = {}

    def train(self, tasks, trials):
        self.found = trials(tasks, [Action(128, 128, 9), Action(1, 1, 9)])

    def attempts(self, task):
        if task.id.startswith("00001"):
            os._exit(3)
        yield Action(128, 128, 9)
