import pytest
from addon.coder.phrases import Phrases

NAMES = ["Ball", "Red Ball", "Light", "Pad A"]


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("When Red Ball hits Pad A, light Light", ["Red Ball", "Pad A", "Light"], "When hits , light"),
        ("When the ball hits the red ball", ["Ball", "Red Ball"], "When hits"),
        ("Ball, Ball and Balls", ["Ball", "Ball"], ", and Balls"),
        ("nothing", [], "nothing"),
    ],
)
def test_mentions_are_names_in_the_order_of_the_text(text, names, rest):
    found, bare = Phrases(NAMES).mentions(text)
    assert found == names
    assert " ".join(bare.split()) == rest


def test_a_text_survives_encoding():
    phrases = Phrases(NAMES)
    text = "When Red Ball hits Pad A, open Light"
    assert phrases.decode(phrases.encode(text)) == text
