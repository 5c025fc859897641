#!/usr/bin/env python3
"""Write the documents that are made from the code: ``python scripts/write_docs.py`` at the root of the project."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from addon.executor.reference import language_document  # noqa: E402


def main() -> None:
    """Write each document to a temporary name, then rename it."""
    path = ROOT / "docs" / "scripts.md"
    part = path.with_suffix(".part")
    part.write_text(language_document(), encoding="utf-8", newline="\n")
    os.replace(part, path)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
