"""A sentence becomes a world: staged, run, criticised, kept in its folder."""

import json

import pytest

from addon.jobs.folder import FolderError
from addon.jobs.world import WorldJob, WorldSpec, edit_world, run_world
from addon.trace import load_trace
from addon.worlds.errors import WorldError
from addon.worlds.library import entries
from addon.worlds.manifest import Happening, Manifest, Subject
from addon.worlds.places import Place
from addon.worlds.reader import read
from addon.worlds.staging import stage

CHAIN = "A ball rolls down a ramp and topples a row of dominoes"


def world(sentence, path, seed=0, **options):
    return run_world(
        WorldJob(WorldSpec(sentence=sentence, seed=seed), lambda t: read(t, entries()), None, path, **options)
    )


def test_a_ball_topples_dominoes(tmp_path):
    result = world(CHAIN, tmp_path / "w")
    assert result.failures == []
    assert result.checks_met == len(result.checks)
    kinds = {check["kind"] for check in result.checks}
    assert {"event", "motion", "speed", "stays", "energy", "penetration"} <= kinds
    for name in ("world.json", "manifest.json", "report.html", "result.json", "rounds/1/scene.json", "rounds/1/run"):
        assert (tmp_path / "w" / name).exists()
    assert result.faces < 1_000_000


@pytest.mark.parametrize(
    "sentence",
    [
        "A barrel rolls and hits a stack of 3 crates",
        "A ball flies onto a table",
        "An apple lies on a stack of 2 crates",
    ],
)
def test_other_worlds(sentence, tmp_path):
    result = world(sentence, tmp_path / "w")
    assert result.failures == []
    assert [check["text"] for check in result.checks if not check["met"]] == []


def test_a_world_at_another_frame_rate_is_as_long_and_as_sound(tmp_path):
    spec = WorldSpec(sentence=CHAIN, fps=24.0)
    result = run_world(WorldJob(spec, lambda t: read(t, entries()), None, tmp_path / "w"))
    assert result.checks_met == len(result.checks)
    trace = load_trace(tmp_path / "w" / "rounds" / "1" / "run")
    assert (trace.meta.fps, trace.meta.substeps) == (24.0, 50)
    assert len(trace.position) == 24 * 8 + 1
    usual = stage(read(CHAIN, entries()), 0).graph.world
    assert (usual.fps, usual.substeps) == (60.0, 20)
    with pytest.raises(FolderError, match="holds another world"):
        world(CHAIN, tmp_path / "w")


def test_a_flag_hangs_at_a_pole_and_waves():
    manifest = read("A flag waves in the wind", entries())
    staged = stage(manifest, 0)
    flag, pole = staged.layout.placed["Flag"], staged.layout.placed["Pole of Flag"]
    assert staged.faults == []
    assert flag.pose.at[2] > 1.0
    assert abs(flag.box.low[0] - pole.pose.at[0]) < 0.1
    assert {o.name for o in staged.graph.objects} >= {"Wind", "Gusts"}


@pytest.mark.slow
def test_a_garden_with_a_flag_in_the_wind(tmp_path):
    result = world(f"{CHAIN} in a garden, a flag waves in the wind", tmp_path / "w")
    assert result.failures == []
    assert result.left_out == ()
    assert [check["text"] for check in result.checks if not check["met"]] == []


def test_the_same_sentence_and_seed_give_the_same_world(tmp_path):
    first, second = world(CHAIN, tmp_path / "a"), world(CHAIN, tmp_path / "b")
    assert first.trace_sha256 == second.trace_sha256
    assert (tmp_path / "a/report.html").read_bytes() == (tmp_path / "b/report.html").read_bytes()


def test_a_plan_that_was_edited_is_used(tmp_path):
    path = tmp_path / "w"
    path.mkdir()
    (path / "world.json").write_text(WorldSpec(sentence="a chair").model_dump_json(indent=1) + "\n")
    plan = Manifest(subjects=(Subject(name="Seat", thing="stool"),), seconds=1.0)
    (path / "manifest.json").write_text(plan.model_dump_json())
    assert world("a chair", path).objects == len(stage(plan, 0).graph.objects)


def test_a_plan_that_is_edited_after_a_run_is_run_anew_and_the_same_plan_is_not(tmp_path):
    path = tmp_path / "w"
    first = world("a chair", path)
    again = world("a chair", path)
    assert again == first
    plan = Manifest.model_validate_json((path / "manifest.json").read_text())
    changed = plan.model_copy(update={"subjects": (Subject(name="Seat", thing="stool"),), "seconds": 1.0})
    (path / "manifest.json").write_text(changed.model_dump_json())
    assert world("a chair", path).trace_sha256 != first.trace_sha256


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is no plan: Invalid JSON"),
        ('{"subjects": [{"name": "A"}]}', "is no plan: subjects.0.thing: Field required"),
    ],
)
def test_a_plan_that_is_none_is_refused_with_its_place_and_kept(text, words, tmp_path):
    path = tmp_path / "w"
    world("a chair", path)
    (path / "manifest.json").write_text(text)
    with pytest.raises(WorldError, match=words):
        world("a chair", path)
    assert (path / "manifest.json").read_text() == text


def test_a_sentence_that_is_refused_leaves_no_folder(tmp_path):
    with pytest.raises(WorldError, match="names no thing"):
        world("!!!", tmp_path / "w")
    assert list(tmp_path.iterdir()) == []


def test_a_still_world_stays_as_it_was_put(tmp_path):
    result = world("A mug and a teapot stand on a table", tmp_path / "w")
    assert result.failures == []
    assert sum(check["kind"] == "rest" for check in result.checks) == 3


def test_a_folder_of_another_world_is_refused(tmp_path):
    world("a chair", tmp_path / "w")
    with pytest.raises(FolderError, match="holds another world"):
        world("a stool", tmp_path / "w")
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.txt").write_text("keep")
    with pytest.raises(FolderError, match="holds other files"):
        world("a chair", tmp_path / "x")


@pytest.mark.parametrize(
    ("subjects", "words"),
    [
        ([Subject(name="A", thing="unicorn")], "the library has no 'unicorn'"),
        ([Subject(name="A", thing="table", parameters={"width": 99})], "'width' is from"),
        ([Subject(name="A", thing="table", parameters={"wings": 2})], "has no 'wings'"),
        (
            [
                Subject(name="A", thing="crate", places=(Place(relation="on", of=("B",)),)),
                Subject(name="B", thing="crate", places=(Place(relation="on", of=("A",)),)),
            ],
            "in a circle",
        ),
    ],
)
def test_plans_that_cannot_be_had_are_refused_by_name(subjects, words):
    with pytest.raises(WorldError, match=words):
        stage(Manifest(subjects=tuple(subjects)), 0)


@pytest.mark.parametrize(
    ("happening", "words"),
    [
        (Happening(who="A", does="dance"), "'A' is to 'dance'; it can"),
        (Happening(who="A", does="topple"), "it is not said what"),
        (Happening(who="A", does="sway", at=2.0), "'A' is to sway at 2 s, but that begins with the start"),
        (Happening(who="A", does="wave"), "it is no cloth"),
        (Happening(who="A", does="roll", amount=1e4), "speed in m/s is from 0.01 to 60"),
        (Happening(who="A", does="fall", amount=-1.0), "height in m is from"),
        (Happening(who="A", does="tip", amount=1.0), "takes none"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(happening, words):
    with pytest.raises(WorldError, match=words):
        stage(Manifest(subjects=(Subject(name="A", thing="ball"),), happenings=(happening,)), 0)


def test_what_a_thing_that_is_not_there_does_is_refused_by_name():
    unicorn = Subject(name="A", thing="unicorn")
    manifest = Manifest(
        subjects=(unicorn, Subject(name="B", thing="ball")), happenings=(Happening(who="B", does="roll", to="A"),)
    )
    with pytest.raises(WorldError, match="the library has no 'unicorn'"):
        stage(manifest, 0)


def test_what_the_critic_finds_is_kept(tmp_path):
    world(CHAIN, tmp_path / "w")
    record = json.loads((tmp_path / "w/rounds/1/critic.json").read_text())
    assert record["number"] == 1
    assert all({"kind", "met", "text", "stage"} <= set(check) for check in record["checks"])


def test_what_cannot_be_done_is_left_out_and_told(tmp_path):
    result = world("A tower falls over, a ball rolls into a box", tmp_path / "w")
    assert any("'Tower' is to tip, but physics does not move it" in text for text in result.left_out)
    assert any(check["kind"] == "motion" and check["subject"] == "Ball" for check in result.checks)


def test_a_world_is_changed_in_words_and_made_anew(tmp_path):
    path = tmp_path / "w"
    first = world("A red ball rolls into a box", path)
    assert edit_world(path, "make the ball blue", entries()).changes
    again = world("A red ball rolls into a box", path)
    assert again.trace_sha256 != first.trace_sha256
    assert json.loads((path / "rounds/1/scene.json").read_text())["name"] == "Ball"
    assert "Ball.parameters.colour" in (path / "history/1.txt").read_text()


def test_an_edit_that_is_not_understood_changes_nothing(tmp_path):
    path = tmp_path / "w"
    world("A ball rolls into a box", path)
    before = (path / "manifest.json").read_bytes()
    with pytest.raises(WorldError, match="not understood"):
        edit_world(path, "make the ball sing", entries())
    assert (path / "manifest.json").read_bytes() == before
    assert not list(path.glob("history/*"))
    with pytest.raises(WorldError, match="holds no world"):
        edit_world(tmp_path / "none", "make the ball blue", entries())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("put the ball on the box and the box on the ball", "placed by each other"),
        ("put the box on the ball", "this cannot be done: these are placed by each other in a circle: Ball, Box"),
        ("replace the ball with a tower", "this cannot be done: 'Tower' is to roll"),
    ],
)
def test_an_edit_of_which_no_scene_can_be_made_changes_nothing(tmp_path, text, problem):
    path = tmp_path / "w"
    world("A ball rolls into a box", path)
    kept = {p: p.read_bytes() for p in path.rglob("*") if p.is_file()}
    with pytest.raises(WorldError, match=problem):
        edit_world(path, text, entries())
    assert {p: p.read_bytes() for p in path.rglob("*") if p.is_file()} == kept


def test_a_plan_of_which_no_scene_can_be_made_may_be_mended_in_words(tmp_path):
    path = tmp_path / "w"
    world("A ball and a box lie on a table", path)
    plan = read("A ball and a box lie on a table", entries())
    on = {"Box": "Ball", "Ball": "Box"}
    stuck = [
        s.model_copy(update={"places": (Place(relation="on", of=(on[s.name],)),)}) if s.name in on else s
        for s in plan.subjects
    ]
    (path / "manifest.json").write_text(plan.model_copy(update={"subjects": tuple(stuck)}).model_dump_json())
    assert edit_world(path, "put the box on the table", entries()).changes
