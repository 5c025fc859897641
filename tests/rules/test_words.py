import pytest

from addon.rules.words import form, forms, plural


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("touch", {"touch", "touches", "touched", "touching"}),
        ("hit", {"hit", "hits", "hitting"}),
        ("stop", {"stop", "stops", "stopped", "stopping"}),
        ("move", {"move", "moves", "moved", "moving"}),
        ("swing", {"swing", "swings", "swung", "swinging"}),
        ("fall", {"fall", "falls", "fell", "fallen", "falling"}),
        ("carry", {"carry", "carries", "carried", "carrying"}),
        ("go", {"go", "goes", "went", "gone", "going"}),
        ("lie", {"lie", "lies", "lay", "lain", "lying"}),
        ("open", {"open", "opens", "opened", "opening"}),
    ],
)
def test_the_forms_of_a_verb(verb, expected):
    assert expected <= forms(verb)


def test_single_forms():
    assert "touched" in form("touch", "en")
    assert "touching" in form("touch", "ing")
    assert set(form("touch", "s")) == {"touches"}
    assert set(form("touch", "base")) == {"touch"}
    assert "fell" in form("fall", "past")
    assert "fell" not in form("fall", "en")


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("ball", "balls"),
        ("box", "boxes"),
        ("domino", "dominoes"),
        ("switch", "switches"),
        ("battery", "batteries"),
        ("key", "keys"),
    ],
)
def test_plurals(noun, many):
    assert plural(noun) == many
