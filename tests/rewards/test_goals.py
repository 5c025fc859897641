"""The ten goals for reward programs of Discovering High Level Patterns (Appendix G), in a plane of PHYRE's size."""

import numpy as np
import pytest

from addon.rewards import DslError, judge, read, remarks
from addon.scene_graph import Material, Plane
from addon.trace import Event
from tests.patterns.builder import FPS, Body, Touch, ball, build
from tests.rewards.cases import COLORS

RED, GREEN, BLUE = "red circle 1", "green circle 2", "blue bar 3"
LEFT, RIGHT, TOP, GROUND = "left wall 4", "right wall 5", "top wall 6", "ground 7"
COLOR = {RED: "red", GREEN: "green", BLUE: "blue", GROUND: "black", LEFT: "black", RIGHT: "black", TOP: "black"}
SHAPE = {RED: "circle", GREEN: "circle", BLUE: "bar"}
FRAMES = 200
UNIT = 1 / 6


def in_plane(x, y):
    """A place given in the plane's units."""
    return (x * UNIT, 0.0, y * UNIT)


def falling(stops):
    """The red ball's way down to (60, 10) units, where it is from the frame ``stops`` on; None keeps it moving."""
    share = np.clip(np.arange(FRAMES + 1) / (FRAMES if stops is None else stops), 0, 1)[:, None]
    return np.array(in_plane(60, 200)) * (1 - share) + np.array(in_plane(60, 10)) * share


def play(*touches, stops=100, red=None):
    """A run with these contacts, each ``(a, b, first frame, last frame)``."""
    bodies = [
        ball(RED, falling(stops) if red is None else red),
        ball(GREEN, in_plane(120, 10)),
        Body(BLUE, in_plane(180, 10), (4.0, 1.0, 1.0)),
        *(
            Body(name, in_plane(*place), type="PASSIVE")
            for name, place in {LEFT: (0, 128), RIGHT: (256, 128), TOP: (128, 256), GROUND: (60, 0)}.items()
        ),
    ]
    trace = build(bodies, [Touch(*touch) for touch in touches])
    objects = tuple(
        o.model_copy(
            update={"semantic_class": SHAPE.get(o.name, "wall"), "material": Material(color=COLORS[COLOR[o.name]])}
        )
        for o in trace.scene.objects
    )
    world = trace.scene.world.model_copy(update={"plane": Plane()})
    trace.meta = trace.meta.model_copy(
        update={"scene": trace.scene.model_copy(update={"objects": objects, "world": world})}
    )
    trace.events = [e for touch in touches for e in _events(*touch)]
    return trace


def _events(a, b, start, end):
    pair = {"a_id": a, "b_id": b}
    yield Event(uid="CollisionStart", frame=start, time=start / FPS, parameters=pair)
    if end < FRAMES:
        yield Event(uid="CollisionEnd", frame=end, time=end / FPS, parameters=pair)


def touch(a, b):
    return f'"CollisionStart", {{"a_id": {a}, "b_id": {b}}}'


def both(first, second):
    def params(pair):
        return f'{{"a_id": {pair[0]}, "b_id": {pair[1]}}}'

    return f'"CollisionStart", "CollisionStart", first_params={params(first)}, second_params={params(second)}'


R, G, B = 'OBJECT_ID("red", "circle")', 'OBJECT_ID("green", "any")', 'OBJECT_ID("blue", "bar")'
RG, RB, GB = (R, G), (R, B), (G, B)
WALLS = {f'"{name}"' for name in (LEFT, RIGHT, TOP)}

GOALS = {
    "A1": f"AND(EVENT({touch(*GB)}), TOUCHING({G}, {B}, 1.0), NOT(EVENT({touch(*RG)})))",
    "A2": f"AND(EVENT({touch(*GB)}), NOT(EVENT({touch(*RG)}, until=0.2)))",
    "A3": f"AND(AFTER({both(RG, (G, 4))}), NOT(EVENT({touch(G, 5)})))",
    "A4": f"AND(EVENT({touch(*GB)}), EVENT({touch(*RG)}), NOT(EVENT({touch(*RB)})))",
    "A5": f"""AND(COUNT("CollisionStart", 1, {{"a_id": {G}, "b_id": {B}}}),
        ONLY_AFTER({both(RG, GB)}), ONLY_AFTER({both(RB, GB)}))""",
    "A6": f"AND(NEARBY({R}, {B}, 0.5, 0.05), NOT(EVENT({touch(*RB)})))",
    "A7": f"AND(EVENT({touch(*RG)}), EVENT({touch(*RB)}), SAME_COUNT({both(RG, RB)}))",
    "A8": f"""AND(EVENT({touch(*GB)}),
        ONLY_AFTER({both(GB, (R, 7))}),
        ONLY_AFTER("CollisionStart", "CameToRest", {{"a_id": {G}, "b_id": {B}}}, {{"object": {R}}}))""",
    "A9": f"""AND(COUNT("CollisionStart", 1, {{"a_id": {G}, "b_id": {B}}}), AFTER({both(GB, RG)}),
        COUNT("CollisionStart", 1, {{"a_id": {R}}}))""",
    "A10": f"""AND(EVENT({touch(*GB)}),
        {", ".join(f'NOT(EVENT("CollisionStart", {{"a_id": {wall}}}))' for wall in sorted(WALLS))})""",
}


def over(x):
    """The red ball's way over the others: at ``x`` units halfway."""
    way = np.linspace(0, 2 * x - 120, FRAMES + 1)[:, None]
    return np.array(in_plane(60, 22)) + way * np.array(in_plane(1, 0))


SATISFIED = {
    "A1": [play((GREEN, BLUE, 50, FRAMES))],
    "A2": [play((GREEN, BLUE, 50, 60)), play((GREEN, BLUE, 50, 60), (RED, GREEN, 41, 45))],
    "A3": [play((GREEN, LEFT, 20, 30), (RED, GREEN, 50, 60))],
    "A4": [play((GREEN, BLUE, 20, 30), (GREEN, RED, 10, 15))],
    "A5": [play((GREEN, BLUE, 20, 30)), play((GREEN, BLUE, 20, 30), (RED, GREEN, 40, 50), (RED, BLUE, 60, 70))],
    "A6": [play(red=over(180))],
    "A7": [play((RED, GREEN, 20, 30), (RED, BLUE, 40, 50))],
    "A8": [
        play((RED, GROUND, 99, 200), (GREEN, BLUE, 150, 160)),
        play((RED, GROUND, 99, 200), (GREEN, BLUE, 150, 160), (GREEN, BLUE, 170, 180)),
    ],
    "A9": [play((RED, GREEN, 20, 30), (GREEN, BLUE, 40, 50))],
    "A10": [play((GREEN, BLUE, 20, 30), (RED, GROUND, 99, 200))],
}

VIOLATED = {
    "A1": [
        play((GREEN, BLUE, 50, 60)),
        play((GREEN, BLUE, 50, FRAMES), (RED, GREEN, 10, 20)),
        play((RED, BLUE, 50, FRAMES)),
    ],
    "A2": [play((GREEN, BLUE, 50, 60), (RED, GREEN, 40, 45)), play()],
    "A3": [
        play((GREEN, LEFT, 60, 70), (RED, GREEN, 50, 55)),
        play((GREEN, LEFT, 20, 30), (RED, GREEN, 50, 60), (GREEN, RIGHT, 80, 90)),
    ],
    "A4": [play((GREEN, BLUE, 20, 30)), play((GREEN, BLUE, 20, 30), (GREEN, RED, 10, 15), (RED, BLUE, 60, 65))],
    "A5": [
        play((GREEN, BLUE, 20, 30), (GREEN, BLUE, 40, 50)),
        play((GREEN, BLUE, 20, 30), (RED, BLUE, 10, 15)),
        play((GREEN, BLUE, 20, 30), (RED, GREEN, 20, 25)),
    ],
    "A6": [play(red=over(100)), play((RED, BLUE, 120, 125), red=over(180))],
    "A7": [play((RED, GREEN, 20, 30), (RED, BLUE, 40, 50), (RED, BLUE, 60, 70)), play()],
    "A8": [
        play((RED, GROUND, 99, 200), (GREEN, BLUE, 90, 160)),
        play((GREEN, BLUE, 150, 160)),
        play((RED, GROUND, 99, 200), (GREEN, BLUE, 150, 160), stops=None),
        play((RED, GROUND, 99, 200), (GREEN, BLUE, 50, 60), (GREEN, BLUE, 150, 160)),
    ],
    "A9": [
        play((RED, GREEN, 60, 70), (GREEN, BLUE, 40, 50)),
        play((RED, GREEN, 20, 30), (GREEN, BLUE, 40, 50), (RED, GROUND, 99, 200)),
    ],
    "A10": [play((GREEN, BLUE, 20, 30), (RED, LEFT, 40, 50)), play((GREEN, BLUE, 20, 30), (TOP, GREEN, 60, 70))],
}


@pytest.mark.parametrize("goal", GOALS)
def test_a_goal_holds_where_it_is_reached_and_only_there(goal):
    for reached, runs in ((True, SATISFIED[goal]), (False, VIOLATED[goal])):
        for run in runs:
            verdict = judge(read(GOALS[goal], run.scene), run)
            assert verdict.held is reached, verdict
            assert (verdict.value == 1.0) is reached


LISTING_3_3 = """
AND(
  EVENT("lever launch", {"object": "green circle 2"}),
  AFTER("lever_launch", "collision",
        first_params={"object": "green circle 2"},
        second_params={"object_a": "green circle 2", "object_b": "blue bar 3"}),
  EVENT("grid cell path", {"object": "green circle 2", "path": [(5,10), (10,10), (12,5), (14,2)]}),
  NEARBY_AT("green circle 2", x=140, y=10, t=1.0),
)"""


def test_the_papers_example_can_be_said():
    run = play()
    verdict = judge(read(LISTING_3_3, run.scene), run)
    assert [part.held for part in verdict.parts] == [False, False, False, True]
    assert "20.000 units from (140, 10) at 3.33 s (frame 200), 25.600 units allowed" in verdict.parts[3].reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('NEARBY_AT(OBJECT_ID("green", "circle"), 100.0, 20.0, 0.5, threshold_strength=0.1)', True),
        ("NEARBY_AT(2, 100.0, 20.0, 0.5)", True),
        ("NEARBY_AT(2, 100.0, 20.0, 0.5, 0.01)", False),
        ('NEARBY_AT(OBJECT_ID("blue", "bar"), 180, 10, 0)', True),
    ],
)
def test_listing_2_can_be_said(text, expected):
    run = play()
    assert judge(read(text, run.scene), run).held is expected


@pytest.mark.parametrize("shape", ["jar", "standingsticks"])
def test_a_shape_that_the_scene_lacks_is_told(shape):
    with pytest.raises(DslError, match=r"it fits none; there are red circle \(red circle 1\), green circle"):
        read(f'TOUCHING(1, OBJECT_ID("blue", "{shape}"), 1)', play().scene)


def test_what_comes_to_rest_is_told_once():
    run = play(stops=60)
    assert judge(read('COUNT("CameToRest", 1, {"object": 1})', run.scene), run).held
    assert judge(read('COUNT("CameToRest", 1)', run.scene), run).held
    assert judge(read('EVENT("CameToRest", {"object": 1}, 0.29, 0.31)', run.scene), run).held
    digest = play(stops=60).sha256()
    assert run.sha256() == digest


def test_the_top_of_a_flight_is_no_rest():
    time = np.arange(FRAMES + 1)[:, None] / FPS
    up = np.array(in_plane(60, 20)) + time * np.array([0.0, 0.0, 16.0]) - 5.0 * time**2 * np.array([0.0, 0.0, 1.0])
    run = play(red=up)
    assert judge(read('COUNT("CameToRest", 0)', run.scene), run).held


def test_an_order_is_told():
    scene = play().scene
    (told,) = remarks(read(GOALS["A3"], scene), scene)
    assert told == (
        "line 1, column 5: this means that 'red circle 1 begins to touch green circle 2' must happen after "
        "'green circle 2 begins to touch left wall 4' (at any time later), not before it"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('EVENT("CellPath", {"object": 1, "path": [(2,7), (2,6), (2,5), (2,4), (2,3), (2,2), (2,1), (2,0)]})', True),
        ('EVENT("CellTransition", {"object": 1, "target": (2,3), "heading": "south"})', True),
        ('EVENT("CellTransition", {"object": 1, "target": (none,3)})', True),
        ('EVENT("CellTransition", {"object": 1, "target": (2,0,3)})', True),  # what is said of the depth is any
        ('EVENT("CellTransition", {"object": 1, "target": (3,3)})', False),
    ],
)
def test_cells_of_a_plane_are_pairs_of_a_tenth_of_its_field(text, expected):
    """The red ball falls from (60, 200) to (60, 10) units; cells are 25.6 units wide."""
    run = play()
    assert judge(read(text, run.scene), run).held is expected


def test_what_creeps_has_not_come_to_rest():
    """After its fall the red ball rolls on by an eighth of a unit in a second, or by six."""
    for units, rests in ((0.125, True), (6.0, False)):
        down = falling(100)
        down[100:] += np.linspace([0, 0, 0], in_plane(units * 100 / FPS, 0), FRAMES - 99)
        run = play(red=down)
        assert judge(read('EVENT("CameToRest", {"object": 1})', run.scene), run).held is rests
