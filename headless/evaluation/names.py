"""Names in an evaluation's folder: of its files, and of tasks, which are those of folders on any system."""

from __future__ import annotations

import re
import unicodedata

RESULTS, ROWS_CSV, ROWS_PARQUET = "results.json", "rows.csv", "rows.parquet"
ROWS_AS_THEY_COME = "rows.jsonl"
TIMINGS, ASKED, PAGE = "timings.json", "evaluation.json", "report.html"

OWN_FILES = (RESULTS, ROWS_CSV, ROWS_PARQUET, ROWS_AS_THEY_COME, TIMINGS, ASKED, PAGE)
"""Files that an evaluation leaves beside the folders of its tasks."""

LONGEST = 200
"""Bytes of a name, at most; file systems take 255, and temporary names are longer."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their suffix."""


def unusable(name: str) -> str | None:
    """Why a name cannot be that of a task's folder; None where it can."""
    if found := _FORBIDDEN.search(name):
        return f"it has {found[0]!r} in it"
    if not name or name != name.strip(" ."):
        return "it is empty, or begins or ends with a blank or a dot"
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST:
        return f"it is longer than {LONGEST} bytes"
    if _DEVICES.fullmatch(name):
        return "Windows keeps it for a device"
    if key(name) in OWN_FILES:
        return "a file of the evaluation itself is called so"
    return None


def key(name: str) -> str:
    """What names have in common that are one folder where neither case nor the spelling of accents counts."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
