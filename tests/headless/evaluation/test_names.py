import pytest
from hypothesis import given
from hypothesis import strategies as st

from headless.evaluation.names import OWN_FILES, key, unusable


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "empty"),
        (" a", "blank"),
        ("a.", "dot"),
        (".hidden", "dot"),
        ("..", "dot"),
        ("a/b", "'/'"),
        ("a\\b", "in it"),
        ("C:", "':'"),
        ("a\nb", "in it"),
        ("what?", "'?'"),
        ("NUL", "Windows"),
        ("com1.json", "Windows"),
        ("Rows.CSV", "the evaluation itself"),
        ("ä" * 101, "longer"),
        *((name, "the evaluation itself") for name in OWN_FILES),
    ],
)
def test_names_that_are_no_folders_are_told(name, words):
    assert words in unusable(name)


@pytest.mark.parametrize(
    "name", ["physibench_7_042", "My machine 3", "v1.5", "Kettenreaktion Ä", "水车", "a'b", "console"]
)
def test_ordinary_names_can_be_folders(name):
    assert unusable(name) is None


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_what_is_usable_can_be_made(tmp_path_factory, name):
    if unusable(name) is None:
        base = tmp_path_factory.getbasetemp() / "names"
        folder = base / name
        folder.mkdir(parents=True, exist_ok=True)
        assert folder.parent == base
        assert folder.resolve().parent == base.resolve()
        folder.rmdir()


def test_names_that_are_one_folder_somewhere_have_one_key():
    assert key("Ball") == key("BALL")
    assert key("Ä") == key("A\u0308") == key("ä")
    assert key("a") != key("b")
