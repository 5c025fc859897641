import ast
import re
from pathlib import Path

from addon.ui.text import ENGLISH, GERMAN, tr, translations

UI = Path(__file__).parents[2] / "addon" / "ui"
SOURCES = sorted(path for path in UI.rglob("*.py") if path.name not in ("english.py", "german.py"))
BY_PARTS = ("count_", "phase_", "moved_", "coder_", "log_")
"""Beginnings of names that are put together from parts."""


def test_every_text_that_is_named_exists_and_every_one_is_used():
    named = set()
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:ENGLISH\[|tr\()"(\w+)"', source))
        named |= {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and n.value in ENGLISH}
    assert named <= set(ENGLISH)
    assert {name for name in set(ENGLISH) - named if not name.startswith(BY_PARTS)} == set()


def test_translations_keep_the_places_of_values():
    places = r"\{\w+\}"
    assert set(GERMAN) <= set(ENGLISH)
    for name, text in GERMAN.items():
        assert sorted(re.findall(places, text)) == sorted(re.findall(places, ENGLISH[name]))
    assert translations()["de_DE"]["Operator", ENGLISH["cancel"]] == "Abbrechen"


def test_values_are_put_in_their_places():
    assert tr("script_failed", frame=3, reason="x") == "The script failed at frame 3: x"


def test_panels_say_nothing_that_is_not_in_the_table():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg in ("text", "bl_label", "bl_description"):
                literal = isinstance(node.value, ast.Constant) and node.value.value
                assert not literal, f"{path.name}:{node.value.lineno}"
