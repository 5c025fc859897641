"""What flies is in the air, what sinks goes under, and what is circled is not gone through."""

import numpy as np
import pytest

from addon.worlds.acting import VerbError
from addon.worlds.library import entries
from addon.worlds.reader import read
from addon.worlds.staging import stage


def staged(sentence):
    return stage(read(sentence, entries()), 0)


@pytest.mark.parametrize(
    ("sentence", "flyer", "below"),
    [
        (
            "Three bushes stand on a lawn while a butterfly flies around them",
            "Butterfly",
            ["Bush 1", "Bush 2", "Bush 3"],
        ),
        ("A butterfly flies around a flower", "Butterfly", ["Flower"]),
        ("An owl circles a house", "Owl", ["House"]),
        ("A helicopter circles a tent", "Helicopter", ["Tent"]),
        ("A bee hovers over a flower", "Bee", ["Flower"]),
        ("A rubber duck flies around a lamp", "Rubber duck", ["Lamp"]),
    ],
)
def test_what_flies_is_above_what_it_flies_around_or_over(sentence, flyer, below):
    made = staged(sentence)
    placed = made.layout.placed
    assert placed[flyer].box.low[2] > max(placed[name].box.high[2] for name in below)
    assert [show.least > 0.0 for show in made.acted.shows if (show.kind, show.name) == ("height", flyer)] == [True]


@pytest.mark.parametrize("sentence", ["A bird flies", "A bee flutters", "A balloon floats", "An aeroplane flies"])
def test_what_flies_alone_is_in_the_air(sentence):
    made = staged(sentence)
    (flyer,) = made.layout.placed.values()
    assert flyer.box.low[2] > 0.5
    assert any(show.kind == "height" for show in made.acted.shows)


@pytest.mark.parametrize(
    "sentence", ["A dog walks around a tree", "A duck circles a pond", "A car drives around a tree"]
)
def test_what_goes_around_something_on_foot_stays_on_the_ground(sentence):
    made = staged(sentence)
    assert not any(show.kind == "height" for show in made.acted.shows)


@pytest.mark.parametrize(
    ("sentence", "who", "others"),
    [
        ("A dog runs around a car", "Dog", ["Car"]),
        ("A cat walks around three chairs", "Cat", ["Chair 1", "Chair 2", "Chair 3"]),
        ("A dog runs around a row of five crates", "Dog", [f"Crate {n}" for n in range(1, 6)]),
    ],
)
def test_a_circle_is_clear_of_all_that_is_within(sentence, who, others):
    made = staged(sentence)
    boxes = [made.layout.placed[name].box for name in others]
    low, high = np.min([b.low[:2] for b in boxes], axis=0), np.max([b.high[:2] for b in boxes], axis=0)
    middle = (low + high) / 2
    reach = max(float(np.linalg.norm(b.corners - middle, axis=1).max()) for b in boxes)
    own = made.layout.placed[who].box
    assert float(np.linalg.norm(own.middle[:2] - middle)) - float(max(own.half[:2])) > reach
    (rule,) = [rule for rule in made.graph.rules if "circles" in rule]
    about = rule.partition("circles ")[2].partition(" once")[0]
    assert made.graph.object(about).location[:2] == pytest.approx(middle, abs=0.05)


@pytest.mark.parametrize(
    "sentence",
    [
        "A sailing boat sinks in the sea",
        "A whale dives in the sea",
        "A rowing boat sinks in a pond",
        "A dolphin dives in the sea",
    ],
)
def test_what_sinks_in_water_goes_under(sentence):
    made = staged(sentence)
    who = next(s.name for s in made.manifest.subjects if s.thing not in ("pond basin", "lake"))
    assert made.manifest.subject(who).lift == 0.0
    (show,) = [show for show in made.acted.shows if show.kind == "depth"]
    high = made.layout.placed[who].thing.size[2]
    assert show.least > 0.9 * high
    assert f"move {who} by (0, 0, -" in made.graph.rules[0]


def test_what_sinks_in_a_vessel_comes_to_its_bottom():
    made = staged("A coin sinks in a glass of water")
    coin, glass = made.layout.placed["Coin"], made.layout.placed["Glass"]
    assert coin.box.low[2] > glass.box.middle[2]
    (show,) = [show for show in made.acted.shows if show.kind == "depth"]
    assert float(coin.box.low[2]) - show.least / 0.9 >= float(glass.box.low[2])


def test_what_sinks_where_no_water_is_comes_down_or_is_refused():
    assert staged("A balloon sinks").layout.placed["Balloon"].box.low[2] > 1.0
    with pytest.raises(VerbError, match="there is no water"):
        staged("A sailing boat sinks")


def test_a_boat_on_a_pond_is_on_its_water():
    placed = staged("A rubber duck bobs on a pond").layout.placed
    (duck,) = [one for name, one in placed.items() if "duck" in name.lower()]
    assert duck.box.middle[1] > 2.0
