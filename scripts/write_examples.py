"""Write prompts/train_examples.md: rules of the benchmark's train split with their code, for the local coder.

A rule is kept if it has words, or pairs of neighbouring words, that few of the rules kept before it have. The dev and
test splits are never looked at.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addon.coder.examples import terms  # noqa: E402
from addon.coder.link import pieces  # noqa: E402
from addon.rules.lamps import is_lamp  # noqa: E402
from addon.scene_graph import SceneGraph  # noqa: E402
from headless.benchmarks.physibench.generate import SEED, generate, size_of  # noqa: E402

TARGET = ROOT / "prompts" / "train_examples.md"
HEAD = "Worked examples from the train split of the benchmark. Written by scripts/write_examples.py: change that."
ENOUGH = 1
"""Rules that must show a word before it counts for nothing."""


def main() -> None:
    """Go through the train machines in order and keep the rules that show something new."""
    kept: list[str] = []
    shown: Counter[str] = Counter()
    for rule, code, names in train_rules():
        told = set(terms(rule, names))
        if any(shown[term] < ENOUGH for term in told):
            shown.update(told)
            kept.append(f"{rule}\n```python\n{code}```\n")
    TARGET.write_text(HEAD + "\n\n" + "\n".join(kept), encoding="utf-8")
    print(f"{len(kept)} examples in {TARGET.relative_to(ROOT)}")


def train_rules() -> Iterator[tuple[str, str, list[str]]]:
    """Each rule of the train machines with its code and the scene's names."""
    for machine in generate(size_of(SEED, "train"), SEED, split="train"):
        names = [*machine.graph.names, *(c.name for c in machine.graph.constraints)]
        codes = pieces(machine.oracle)
        for number, rule in enumerate(machine.graph.rules, 1):
            yield rule, lit(codes[number][0], machine.graph), names


def lit(code: str, graph: SceneGraph) -> str:
    """The code with lamps that light up in the place of lamps whose property says so."""
    for lamp in (obj.name for obj in graph.objects if is_lamp(obj)):
        on = f'objects["{lamp}"]["on"]'
        for was, part in (("True", ""), ("False", ", 0"), (f"not {on}", f", not {on}")):
            code = code.replace(f"{on} = {was}\n", f'shine("{lamp}"{part})\n')
    return code


if __name__ == "__main__":
    main()
