"""Write `addon/worlds/kinds.tsv`: nouns that are a kind of, or like, a thing of the library, by the tree of WordNet.

    python scripts/write_kinds.py FOLDER

FOLDER holds WordNet's ``data.noun`` and ``index.noun`` (version 3.0; Debian's package ``wordnet-base`` has them).
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from addon.worlds.library import entries  # noqa: E402

BODILY = {"05", "06", "13", "17", "18", "20"}
"""WordNet's files of animals, artefacts, food, natural objects, persons and plants."""

MADE = {"06", "13"}
"""Those of which two words are looked at, too: most others that have two are names of species."""

UP = 4
"""Steps up the tree in which a noun is looked for."""

SENSES = 2
"""How many senses of a noun count; the first of them that is bodily is meant."""

ALIKE = 12
"""Children that a parent has at most whose children are like each other."""


NO_NOUNS = ("uphill", "downhill", "miss")
"""Words that are hardly ever said as nouns."""


def main(folder: Path) -> None:
    """Write the table."""
    parents, kinds = _tree(folder / "data.noun")
    senses = _senses(folder / "index.noun")
    ours = _ours(senses, kinds)
    children = defaultdict(set)
    for child, above in parents.items():
        for parent in above:
            children[parent].add(child)
    rows = {}
    taken = {name for entry in entries().values() for name in entry.names}
    for noun, offsets in senses.items():
        sense = next((o for o in offsets[:SENSES] if kinds[o] in BODILY), None)
        if sense is None or noun in (*taken, *NO_NOUNS) or not noun.replace(" ", "").isalpha():
            continue
        if noun.count(" ") > (1 if kinds[sense] in MADE else 0):
            continue
        if found := _nearest(sense, parents, ours):
            rows[noun] = ("kind", found)
        elif found := _like(sense, parents, children, ours):
            rows[noun] = ("like", found)
    lines = [f"{noun}\t{how}\t{entry}" for noun, (how, entry) in sorted(rows.items())]
    (ROOT / "addon" / "worlds" / "kinds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _tree(path: Path) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The synsets above each one, and the file that each is of."""
    parents, kinds = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        words = int(fields[3], 16)
        pointers = fields[5 + 2 * words :]
        found = [
            pointers[i + 1] for i in range(0, len(pointers) - 3, 4) if pointers[i] == "@" and pointers[i + 2] == "n"
        ]
        parents[fields[0]], kinds[fields[0]] = found, fields[1]
    return parents, kinds


def _senses(path: Path) -> dict[str, list[str]]:
    """The synsets of each noun, the commonest first."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            count = int(fields[2])
            found[fields[0].replace("_", " ")] = fields[-count:]
    return found


def _ours(senses: dict[str, list[str]], kinds: dict[str, str]) -> dict[str, str]:
    """The entry of the library that a synset is."""
    found: dict[str, str] = {}
    for first in (True, False):
        for entry in entries().values():
            for name in entry.names[:1] if first else entry.names[1:]:
                sense = next((o for o in senses.get(name, [])[:SENSES] if kinds[o] in BODILY), None)
                if sense is not None:
                    found.setdefault(sense, entry.name)
    return found


def _nearest(sense: str, parents: dict[str, list[str]], ours: dict[str, str]) -> str | None:
    level = [sense]
    for _ in range(UP + 1):
        hits = [ours[s] for s in level if s in ours]
        if hits:
            return hits[0]
        level = [p for s in level for p in parents[s]]
    return None


def _like(sense: str, parents: dict[str, list[str]], children: dict[str, set[str]], ours: dict[str, str]) -> str | None:
    for parent in parents[sense]:
        alike = sorted(s for s in children[parent] if s in ours)
        if alike and len(children[parent]) <= ALIKE:
            return ours[alike[0]]
    return None


if __name__ == "__main__":
    main(Path(sys.argv[1]))
