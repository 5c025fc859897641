import ast
import re
from itertools import chain
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from addon.ui import gallery, operators, preferences, properties
from addon.ui.drawing import Panel
from addon.ui.text import CONTEXT, ENGLISH, LANGUAGES, ONE, english, said, tr, translations
from headless.benchmarks.physibench.examples import gallery as shown_examples

UI = Path(__file__).parents[2] / "addon" / "ui"
TABLES = ("english.py", "german.py", "spanish.py", "chinese.py")
SOURCES = sorted(path for path in UI.rglob("*.py") if path.name not in TABLES)
BY_PARTS = ("count_", "phase_", "moved_", "coder_", "log_", "number_", "example_")
"""Beginnings of names that are put together from parts."""

TYPED = {"wanted_example", "sentence_example", "wish_example"}
"""What is typed in English whatever the language."""

NAMES = {"de": {"example_domino"}, "es": {"script", "moved_script", "script_text"}}
"""Words that a language has from English."""

FITS = 18
"""Letters that every button has room for; one of Chinese counts as two."""

PLACES = r"\{\w+\}"


def test_every_text_that_is_named_exists_and_every_one_is_used():
    named = set()
    for path in SOURCES:
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'(?:ENGLISH\[|tr\()"(\w+)"', source))
        named |= {f"{name}_tip" for name in re.findall(r'said\("(\w+)"\)', source)} & set(ENGLISH)
        named |= {n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant) and n.value in ENGLISH}
    assert named <= set(ENGLISH)
    counted = {name for name in ENGLISH if name.endswith(ONE)}
    assert {name for name in set(ENGLISH) - named - counted if not name.startswith(BY_PARTS)} == set()
    assert {name.removesuffix(ONE) for name in counted} <= set(ENGLISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_text_with_the_places_of_its_values(language):
    texts = LANGUAGES[language]
    assert list(texts) == list(ENGLISH)
    for name, text in texts.items():
        assert sorted(re.findall(PLACES, text)) == sorted(re.findall(PLACES, ENGLISH[name])), name
    assert {name for name, text in texts.items() if text == ENGLISH[name]} == TYPED | NAMES.get(language, set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_one_text_in_english_is_one_in_every_language(language):
    said_as = {}
    for name, text in LANGUAGES[language].items():
        assert said_as.setdefault(ENGLISH[name], text) == text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_about_as_short_as_in_english(language):
    for name, text in LANGUAGES[language].items():
        letters = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
        assert f"{name}_tip" not in ENGLISH or letters <= max(FITS, 1.6 * len(ENGLISH[name])), name


def test_blender_is_given_labels_tooltips_and_names_of_operators():
    for language, texts in LANGUAGES.items():
        table = translations()[language]
        for context in (CONTEXT, "*", "Operator"):
            assert table[context, ENGLISH["cancel"]] == texts["cancel"]
        assert table["*", ENGLISH["cancel_tip"]] == texts["cancel_tip"]


def test_labels_are_looked_up_as_ours():
    assert Panel.bl_translation_context == CONTEXT
    assert said("seed") == {
        "name": "Seed",
        "description": ENGLISH["seed_tip"],
        "translation_context": CONTEXT,
    }
    assert said("script")["description"] == ""
    modules = properties, preferences, operators, gallery
    for module in modules:
        module.register()
    try:
        for cls in chain(*(module.CLASSES for module in operators.MODULES), gallery.CLASSES):
            assert cls.bl_rna.translation_context == CONTEXT, cls
        with_properties = *properties.CLASSES, preferences.CDYN_Preferences
        shown = [p for cls in with_properties for p in cls.bl_rna.properties if p.name in ENGLISH.values()]
        assert len(shown) > 30
        assert {p.translation_context for p in shown} == {CONTEXT}
    finally:
        for module in reversed(modules):
            module.unregister()


def test_every_example_has_a_name():
    assert {f"example_{name}" for name in shown_examples()} <= set(ENGLISH)


def test_values_are_put_in_their_places():
    assert tr("script_failed", frame=3, reason="x") == "The script failed at frame 3: x"


def test_one_is_said_as_one():
    assert [tr("things_moving", count=count) for count in (0, 1, 2)] == [
        "0 objects move",
        "1 object moves",
        "2 objects move",
    ]
    assert english("cleaned_up", count=1) == "1 run deleted"
    assert tr("and_more", names="a", count=1) == "a and 1 more"


COUNTED = re.compile(r"\{count\} [a-z]+s\b")


def test_what_is_counted_in_english_has_a_text_for_one():
    counted = {name for name, text in ENGLISH.items() if COUNTED.search(text) and not name.endswith(ONE)}
    assert {name for name in counted if f"{name}{ONE}" not in ENGLISH} == set()


SHOWN = {"text", "bl_label", "bl_description", "name", "description", "placeholder", "heading"}
"""Arguments and attributes that are shown."""

SAYING = {"report", "poll_message_set", "say", "wrapped", "alert"}
"""Calls whose arguments are shown."""


def has_words(node):
    return any(
        isinstance(n, ast.Constant) and isinstance(n.value, str) and re.search("[a-z]{2}", n.value)
        for n in ([node] if isinstance(node, ast.Constant) else getattr(node, "values", ()))
    )


def test_panels_say_nothing_that_is_not_in_the_table():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.name}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.keyword) and node.arg in SHOWN:
                assert not has_words(node.value), where
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in SHOWN:
                assert not has_words(node.value), where
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in SAYING:
                assert not any(has_words(argument) for argument in node.args), where
