"""Plans become scenes: rows, room between things, stuffs, names, and what is asked less of where there is no room."""

import math

import numpy as np
import pytest
from pydantic import ValidationError

from addon.engine.blender import BlenderEngine
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import Cloth, Mesh, RigidBody, SceneGraph, SceneObject
from addon.worlds.errors import WorldError
from addon.worlds.layout import NoRoomError, foot_points, surface
from addon.worlds.library import entries
from addon.worlds.manifest import Happening, Manifest, Setting, Subject
from addon.worlds.places import Place, Placed
from addon.worlds.reader import read
from addon.worlds.solids import box, sheet
from addon.worlds.staging import FPS, _eased, _hit_by_cloth, stage
from addon.worlds.things import DROPS, Pose, Thing, _firm
from addon.worlds.verbs.travelling import legs
from addon.worlds.verbs.waving import pinned


def staged(sentence):
    return stage(read(sentence, entries()), 0)


def mesh(solid):
    return Mesh(vertices=solid.vertices.tolist(), faces=solid.faces)


def middles(made, *names):
    return np.array([made.layout.placed[name].box.middle for name in names])


def test_a_row_stands_about_the_middle():
    made = staged("a row of 8 chairs")
    names = made.manifest.subjects[0].names
    assert middles(made, *names).mean(axis=0)[0] == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("sentence", ["A chair stands between a floor lamp and a shelf", "A chair between two tents"])
def test_there_is_room_between_things(sentence):
    made = staged(sentence)
    assert made.manifest.left_out == ()
    assert made.faults == []


def test_what_is_above_others_and_does_nothing_stays_there():
    made = staged("A ball above a table")
    ball, table = made.layout.placed["Ball"], made.layout.placed["Table"]
    assert ball.box.low[2] - table.box.high[2] == pytest.approx(1.0)
    assert made.graph.object("Ball").dynamic_mass == 0.0


def test_a_stuff_weighs_and_looks_as_it_does():
    wooden, steel = (stage(read(f"a {w} cube", entries()), 0).graph.objects[1] for w in ("wooden", "steel"))
    assert steel.dynamic_mass == pytest.approx(wooden.dynamic_mass * 7800 / 650, rel=0.01)
    assert steel.material.metallic == 1.0
    assert staged("a red steel cube").graph.objects[1].material.color[:3] == pytest.approx(
        staged("a red cube").graph.objects[1].material.color[:3]
    )


def test_a_cloth_falls_from_above_all_that_is_beneath_it():
    made = staged("A blanket falls over an armchair")
    assert made.manifest.left_out == ()
    blanket, chair = made.layout.placed["Blanket"], made.layout.placed["Armchair"]
    assert blanket.box.low[2] > chair.box.high[2]


def test_where_there_is_no_room_for_a_row_it_is_scattered_and_told():
    houses = Subject(name="House", thing="house", count=6, arrangement="row", spacing=6.0)
    made = stage(Manifest(subjects=(houses,)), 0)
    assert "that House are in a row" in made.manifest.left_out


def test_what_cannot_stand_anywhere_is_refused():
    castle = Subject(name="Castle", thing="castle")
    with pytest.raises(NoRoomError, match="'Castle' cannot be put anywhere: it would stand beyond the ground"):
        stage(Manifest(subjects=(castle,), setting={"where": "room"}), 0)


@pytest.mark.parametrize("name", ["Ground", "Sunlight"])
def test_names_of_what_every_world_has_are_refused(name):
    with pytest.raises(ValueError, match="is the name of something else"):
        Manifest(subjects=(Subject(name=name, thing="ball"),))


@pytest.mark.parametrize("turned", [1, -1])
def test_one_of_several_is_called_as_nothing_else_is(turned):
    several, one = Subject(name="Ball", thing="ball", count=2), Subject(name="Ball 1", thing="ball")
    with pytest.raises(ValidationError, match="there are two things called 'Ball 1'"):
        Manifest(subjects=(several, one)[::turned])
    assert Manifest(subjects=(several, one.model_copy(update={"name": "Ball 3"})))


@pytest.mark.parametrize(
    "plan",
    [
        {"subjects": [Subject(name="Rain", thing="ball")], "setting": Setting(weather="rain")},
        {"subjects": [Subject(name="House", thing="house", moves="soft")]},
        {"subjects": [Subject(name="Table", thing="table", moves="cloth")]},
        {
            "subjects": [Subject(name="Fan", thing="fan"), Subject(name="Ball", thing="ball")],
            "happenings": [
                Happening(who="Ball", does="roll"),
                Happening(who="Fan", does="turn", amount=0.0, after=0),
            ],
        },
    ],
)
def test_a_plan_of_which_no_scene_can_be_made_is_told(plan):
    with pytest.raises(WorldError):
        stage(Manifest.model_validate(plan), 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"seconds": 1e-9},
        {"happenings": [{"who": "Ball", "does": "burn", "at": 1e6}]},
        {"happenings": [{"who": "Ball", "does": "roll", "amount": 1e308}]},
        {"subjects": [{"name": "Ball", "thing": "ball", "lift": 1e308}]},
        {"subjects": [{"name": "x" * 70, "thing": "ball"}]},
        {"subjects": [{"name": "a\x00b", "thing": "ball"}]},
        {"subjects": [{"name": f"Ball {i}", "thing": "ball", "count": 200} for i in range(3)]},
    ],
)
def test_plans_out_of_any_range_are_refused(changes):
    plan = {"subjects": [{"name": "Ball", "thing": "ball"}], **changes}
    with pytest.raises(ValidationError):
        Manifest.model_validate(plan)


def test_of_a_crowd_there_are_as_many_as_have_room():
    made = staged("20 crates are on a table")
    assert 1 <= made.manifest.subject("Crate").count < 20
    assert any("more than" in told for told in made.manifest.left_out)


def test_things_may_be_called_as_what_is_strewn():
    flowers = Subject(name="Flower", thing="flower", count=3)
    made = stage(Manifest(subjects=(flowers,), setting={"where": "garden"}), 0)
    assert len({o.name for o in made.graph.objects}) == len(made.graph.objects)


def test_happenings_of_what_is_aloft_let_it_move():
    ball = Subject(name="Ball", thing="ball", places=(Place(relation="above", of=("Table",)),))
    table = Subject(name="Table", thing="table")
    made = stage(Manifest(subjects=(ball, table), happenings=(Happening(who="Ball", does="fall", to="Table"),)), 0)
    assert made.graph.object("Ball").dynamic_mass > 0.0


def test_what_gives_off_the_same_twice_does_so_once():
    stump = Subject(name="Stump", thing="stump")
    deeds = (Happening(who="Stump", does="burn"), Happening(who="Stump", does="smoke"))
    names = [o.name for o in stage(Manifest(subjects=(stump,), happenings=deeds), 0).graph.objects]
    assert "Smoke of Stump" in names
    assert len(set(names)) == len(names)


def elements(sentence):
    return {o.name: {e.type for e in o.elements} for o in staged(sentence).graph.objects}


def test_what_rules_move_does_not_stop_particles():
    burning, falling = elements("A campfire burns, a dog walks"), elements("A blanket falls onto a box")
    assert "COLLIDER" in burning["Ground"]
    assert "COLLIDER" not in burning["Dog"]
    assert "COLLIDER" in falling["Box"]


def test_a_row_on_a_counter_stands_on_it_about_its_middle():
    made = staged("Four jars stand in a row on a counter")
    assert made.manifest.left_out == ()
    jars = middles(made, *(f"Jar {n}" for n in range(1, 5)))
    assert jars[:, 2].min() > 0.9
    assert jars.mean(axis=0)[:2] == pytest.approx(made.layout.placed["Counter"].box.middle[:2], abs=0.1)


def test_cloth_comes_down_around_what_stands_on_it():
    cloth = Subject(name="Cloth", thing="tablecloth", places=(Place(relation="on", of=("Table",)),))
    cake = Subject(name="Cake", thing="cake", places=(Place(relation="on", of=("Cloth",)),))
    graph = stage(Manifest(subjects=(Subject(name="Table", thing="table"), cloth, cake)), 0).graph
    stops = {o.name for o in graph.objects if any(e.type == "COLLIDER" for e in o.elements)}
    assert stops == {"Ground", "Table"}


def test_a_beam_is_as_high_as_what_hangs_from_it_needs():
    made = staged("A pendulum swings from a wooden beam")
    pendulum, beam = made.layout.placed["Pendulum"].box, made.layout.placed["Beam frame"].box
    assert 0.1 < pendulum.low[2] < pendulum.high[2] < beam.high[2]
    assert made.faults == []


def test_thin_things_push_soft_ones_out_by_less_than_they_are_thick():
    graph = staged("A jelly falls onto a plate").graph
    (plate,) = (e for e in graph.object("Plate").elements if e.type == "COLLIDER")
    assert plate.thickness_inner < graph.object("Plate").dimensions[2]


def test_a_soft_thing_has_points_to_be_bent_at():
    block = Subject(name="Block", thing="block", moves="soft")
    graph = stage(Manifest(subjects=(block,)), 0).graph
    assert len(graph.object("Block").geometry.vertices) == 98


PILLOW, BALL = Subject(name="Pillow", thing="pillow"), Subject(name="Ball", thing="ball")


def test_what_is_soft_waits_for_its_time():
    made = stage(Manifest(subjects=(PILLOW,), happenings=(Happening(who="Pillow", does="fall", at=2.0),)), 0)
    assert [e.starts for e in made.graph.object("Pillow").elements] == [2.0 * FPS]
    assert made.manifest.left_out == ()
    assert made.acted.rules == []


def test_what_is_soft_and_waits_for_what_happens_is_rigid_and_that_is_told():
    happenings = (Happening(who="Ball", does="fall"), Happening(who="Pillow", does="fall", after=0))
    made = stage(Manifest(subjects=(PILLOW, BALL), happenings=happenings), 0)
    assert made.graph.object("Pillow").dynamic_mass > 0.0
    assert any("nothing soft can wait" in told for told in made.manifest.left_out)


def test_a_cloth_that_waits_for_what_happens_falls_about_then_and_that_is_told():
    cloth = Subject(name="Cloth", thing="blanket")
    happenings = (Happening(who="Ball", does="fall"), Happening(who="Cloth", does="fall", after=0))
    made = stage(Manifest(subjects=(cloth, BALL), happenings=happenings), 0)
    assert [e.starts > 0 for e in made.graph.object("Cloth").elements if isinstance(e, Cloth)] == [True]
    assert any("Cloth waits for what happens" in told for told in made.manifest.left_out)


@pytest.mark.parametrize(("used", "low"), [((), True), ((Place(relation="on", of=("Ramp",)),), False)])
def test_what_rolls_takes_the_slope_that_is_there_for_nothing_else(used, low):
    subjects = (
        Subject(name="Marble", thing="marble"),
        Subject(name="Ramp", thing="ramp"),
        Subject(name="Box", thing="cardboard box"),
        Subject(name="Die", thing="die", places=used),
    )
    made = stage(Manifest(subjects=subjects, happenings=(Happening(who="Marble", does="roll", to="Box"),)), 0)
    assert (made.layout.placed["Marble"].box.low[2] > 0.2) == low


def test_what_is_rolled_to_down_a_slope_is_at_its_foot():
    subjects = (
        Subject(name="Ball", thing="ball", places=(Place(relation="on", of=("Slide",)),)),
        Subject(name="Slide", thing="slide"),
        Subject(name="Sandpit", thing="sandpit"),
    )
    made = stage(Manifest(subjects=subjects, happenings=(Happening(who="Ball", does="roll", to="Sandpit"),)), 0)
    assert made.manifest.subject("Sandpit").places == (Place(relation="at", of=("Slide",)),)


@pytest.mark.parametrize(("hour", "low", "high"), [("evening", 5.0, 10.0), ("day", 25.0, 25.0)])
def test_a_sunset_begins_at_the_hour_that_it_is(hour, low, high):
    made = stage(
        Manifest(subjects=(Subject(name="Ball", thing="ball"),), setting=Setting(hour=hour, passing="sunset")), 0
    )
    assert low <= made.air.elevation <= high


@pytest.mark.parametrize(("thing", "weighs"), [("blanket", 0.2), ("tablecloth", 0.2), ("leaf", 0.18), ("pillow", None)])
def test_what_is_not_rigid_falls_as_fast_as_air_lets_it(thing, weighs):
    """Against the closed form of a fall that air slows in proportion to its speed, to where drag bears its weight."""
    most = DROPS if weighs is None else (2.0 * weighs * 9.81 / (1.2 * 1.2)) ** 0.5
    made = stage(Manifest(subjects=(Subject(name="It", thing=thing, lift=8.0),), seconds=1.0), 0)
    trace = rollout(BlenderEngine.from_graph(made.graph), None, RolloutOptions(steps=60)).trace
    height = trace.deformed.centre[:, trace.deformed.index("It"), 2]
    t, slows = 1.0, 9.81 / most
    assert height[0] - height[-1] == pytest.approx(most * (t - (1.0 - np.exp(-slows * t)) / slows), rel=0.05)
    assert (height[-2] - height[-1]) * FPS == pytest.approx(most * (1.0 - np.exp(-slows * t)), rel=0.05)


@pytest.mark.parametrize(
    ("thing", "parameters", "moves", "falls"),
    [
        ("block", {"size": 0.1}, "soft", 0.3),
        ("jelly", {}, "soft", 1.0),
        ("leaf", {}, "cloth", 1.5),
    ],
)
def test_what_is_small_and_not_rigid_lands_on_a_plate_and_keeps_its_shape(thing, parameters, moves, falls):
    """Neither torn long nor, where it has a volume, pressed flat by the sides of the hollow that it falls into."""
    subjects = (
        Subject(name="It", thing=thing, parameters=parameters, moves=moves),
        Subject(name="Plate", thing="plate", parameters={"width": 0.28}),
    )
    happens = (Happening(who="It", does="fall", to="Plate", amount=falls),)
    made = stage(Manifest(subjects=subjects, happenings=happens), 0)
    found = rollout(BlenderEngine.from_graph(made.graph), None, RolloutOptions(steps=150)).trace.deformed
    assert np.nanmax(found.stretch) < 1.3
    if moves == "soft":
        assert abs(found.volume[-1, 0] - found.volume[0, 0]) < 0.15 * found.volume[0, 0]
        assert found.volume[:, 0].min() > 0.5 * found.volume[0, 0]


@pytest.mark.parametrize(
    ("thing", "parameters", "side", "end"),
    [
        ("curtain", {}, 2, 1),
        ("banner", {}, 2, 1),
        ("towel", {"hanging": True}, 2, 1),
        ("towel", {}, 0, 0),
        ("flag", {}, 0, 0),
    ],
)
def test_cloth_that_waves_is_held_at_the_edge_that_it_hangs_by(thing, parameters, side, end):
    one = Placed(Thing("It", entries()[thing], "cloth", parameters), Pose())
    held = one.thing.whole.vertices[list(pinned(one, FPS).pins)][:, side]
    whole = one.thing.whole.vertices[:, side]
    edge = (whole.min(), whole.max())[end]
    assert np.abs(held - edge).max() <= 0.04 * np.ptp(whole)


def test_an_awning_is_held_at_the_wall_and_at_its_frame_and_its_strip_hangs():
    one = Placed(Thing("It", entries()["awning"], "cloth"), Pose())
    points = one.thing.whole.vertices
    held = points[list(pinned(one, FPS).pins)]
    low, high = points.min(axis=0), points.max(axis=0)
    assert np.minimum(held[:, 1] - low[1], high[1] - held[:, 1]).max() <= 0.04 * (high - low)[1]
    assert held[:, 2].min() > low[2] + 0.1 * (high - low)[2]
    assert np.ptp(held[:, 1]) > 0.9 * (high - low)[1]


def test_what_goes_at_a_thing_on_a_table_starts_on_that_table():
    made = staged("An orange rolls into a cup of milk on a table; the cup spills")
    table, orange = (made.layout.placed[name].box for name in ("Table", "Orange"))
    assert orange.low[2] == pytest.approx(table.high[2], abs=0.03)


@pytest.mark.parametrize("where", ["desert", "hills", "studio"])
def test_what_walks_goes_up_and_down_with_the_ground(where):
    subjects = (Subject(name="Horse", thing="horse"),)
    happens = (Happening(who="Horse", does="drive", amount=2.0),)
    made = stage(Manifest(subjects=subjects, happenings=happens, setting=Setting(where=where)), 0)
    horse, ground = made.layout.placed["Horse"], made.layout.ground
    way = legs(ground, horse, np.array([8.0, 0.0]))
    foot = foot_points(horse.thing, horse.pose)
    start = surface(ground, foot).max()
    for n in range(len(way) + 1):
        passed = np.sum(way[:n], axis=0) if n else np.zeros(3)
        under = surface(ground, foot + passed[:2]).max()
        assert start + passed[2] == pytest.approx(under, abs=0.021)
    assert np.sum(way, axis=0)[:2] == pytest.approx([8.0, 0.0], abs=1e-2)
    assert (len(way) == 1) == (where == "studio")


def test_what_goes_over_a_bridge_does_not_follow_the_ground_under_it():
    subjects = (
        Subject(name="Car", thing="car", places=(Place(relation="on", of=("Bridge",)),)),
        Subject(name="Bridge", thing="bridge", parameters={"length": 12.0}),
    )
    made = stage(Manifest(subjects=subjects, setting=Setting(where="hills")), 0)
    way = legs(made.layout.ground, made.layout.placed["Car"], np.array([3.0, 0.0]))
    assert way == [(3.0, 0.0, 0.0)]


def test_cloth_lies_on_a_slope_on_which_a_body_would():
    """On a slope of 20 degrees, with friction 0.5."""
    half = math.radians(10.0)
    turn = (math.cos(half), 0.0, math.sin(half), 0.0)
    block = box(6.0, 3.0, 0.4).moved(z=-0.4)
    flat = sheet(1.0, 1.0, 16, 16).shaped(lambda v: np.stack([v[:, 0], v[:, 2] - 0.5, 0.0 * v[:, 0]], axis=1))
    slope = SceneObject(name="Slope", rotation=turn, geometry=mesh(block), body=RigidBody(type="PASSIVE", friction=0.5))
    at = (0.03 * math.sin(2 * half), 0.0, 0.03 * math.cos(2 * half))
    cloth = SceneObject(name="Cloth", location=at, rotation=turn, geometry=mesh(flat), elements=(_firm(1e-3, 100.0),))
    graph = SceneGraph(name="slope", objects=(_hit_by_cloth(slope), cloth))
    centre = rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=60)).trace.deformed.centre[:, 0]
    assert np.linalg.norm(centre[-1] - centre[10]) < 0.03


def test_a_pond_lies_in_the_ground_and_needs_nothing_beneath_it():
    assert staged("A yellow rubber duck bobs on a pond").faults == []
    manifest = Manifest(
        subjects=(
            Subject(name="Ball", thing="ball", places=(Place(relation="near", of=("Pond",)),)),
            Subject(name="Pond", thing="pond basin"),
        )
    )
    assert stage(manifest, 0).faults == []


@pytest.mark.parametrize("count", [60, 100])
def test_a_long_row_that_is_toppled_begins_where_it_is_hit(count):
    sentence = f"A ball rolls down a ramp and topples a row of {count} dominoes"
    row = staged(sentence).manifest.subject("Domino")
    assert (row.count, row.arrangement) == (count, "row")


@pytest.mark.parametrize(
    ("spacing", "number", "count", "arrangement", "told"),
    [
        (None, 11, 14, "row", ()),
        (0.2, 10, 14, "row", ("more than 10 of the 14 of Block",)),
        (0.2, 3, 14, "scattered", ("that Block are in a row",)),
    ],
)
def test_a_row_without_room_is_closer_or_shorter_before_it_is_none(spacing, number, count, arrangement, told):
    row = Subject(name="Block", thing="block", count=count, arrangement="row", spacing=spacing)
    eased = _eased(Manifest(subjects=(row,)), NoRoomError(f"Block {number + 1}", "", "a wall is in the way"))
    kept = eased.subject("Block")
    assert (kept.arrangement, eased.left_out) == (arrangement, told)
    assert kept.count == (number if told and arrangement == "row" else count)


def test_many_that_are_anywhere_all_have_room():
    marbles = Subject(name="Ball", thing="ball", count=60)
    assert stage(Manifest(subjects=(marbles,)), 0).manifest.left_out == ()
