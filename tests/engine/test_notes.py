"""Notes and the table that documents them."""

import re
from pathlib import Path

from addon.engine import notes

ENGINE = Path(notes.__file__).parent
TABLE = (Path(__file__).parents[2] / "docs" / "fidelity.md").read_text(encoding="utf-8")
FEATURE = re.compile(r'feature="([a-z -]+)"|_note\(\s*obj, "([a-z -]+)"')


def test_every_feature_that_notes_name_is_in_the_table():
    found = {a or b for path in ENGINE.glob("*.py") for a, b in FEATURE.findall(path.read_text(encoding="utf-8"))}
    assert len(found) > 20
    rows = [row.split("|")[-2] for row in TABLE.splitlines() if row.startswith("|")]
    assert not [feature for feature in sorted(found) if not any(feature in row for row in rows)]
