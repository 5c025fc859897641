#!/usr/bin/env python3
"""Write the documents that are made from the code: ``python scripts/write_docs.py`` at the root of the project."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addon.executor.reference import language_document  # noqa: E402
from addon.patterns.reference import patterns_document  # noqa: E402
from addon.rules.document import rules_document  # noqa: E402

DOCUMENTS = {"scripts.md": language_document, "patterns.md": patterns_document, "rules.md": rules_document}


def main() -> None:
    """Write each document to a temporary name, then rename it."""
    for name, document in DOCUMENTS.items():
        path = ROOT / "docs" / name
        part = path.with_suffix(".part")
        part.write_text(document(), encoding="utf-8", newline="\n")
        os.replace(part, path)
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
