"""Things written by a model become part of a world's folder, which makes it again without the model."""

import json

import pytest

from addon.jobs.world import WorldJob, WorldSpec, edit_world, run_world
from addon.jobs.world_things import read_things, things_for
from addon.worlds.errors import WorldError
from addon.worlds.library import entries, including
from addon.worlds.reader import read
from addon.worlds.thing_writer import Things, ThingWriter
from addon.worlds.things_kept import KeptThings
from tests.worlds.code import APART, ZORB, Model

SENTENCE = "A red zorb falls onto a table"
ANSWERS = ('{"things": ["zorb"]}', f"```python\n{APART}```", f"```python\n{ZORB}```")


def world(path, things, sentence=SENTENCE):
    plan = lambda text: read(text, entries())  # noqa: E731
    return run_world(WorldJob(WorldSpec(sentence=sentence), plan, None, path, things=things))


def test_a_written_thing_is_in_the_world_and_its_folder(tmp_path):
    model = Model(*ANSWERS)
    made = world(tmp_path / "w", Things(KeptThings(tmp_path / "kept"), ThingWriter(model, "m")))
    assert (made.failures, made.left_out) == ([], ())
    ((thing),) = made.things
    assert (thing.noun, thing.how, len(thing.rounds)) == ("zorb", "written", 2)
    assert (tmp_path / "w" / thing.file).read_text() == ZORB.lstrip()
    stages = {c["kind"]: c["stage"] for c in json.loads((tmp_path / "w/rounds/1/critic.json").read_text())["checks"]}
    assert stages["things"] == "object"
    assert "Things that the library has not" in (tmp_path / "w/report.html").read_text()

    again = world(tmp_path / "w", Things())
    kept = world(tmp_path / "v", Things(KeptThings(tmp_path / "kept")))
    assert again.trace_sha256 == kept.trace_sha256 == made.trace_sha256
    assert kept.things[0].how == "kept"


def test_an_edit_knows_the_things_of_the_world_and_may_bring_others(tmp_path):
    world(tmp_path / "w", Things(None, ThingWriter(Model(*ANSWERS), "m")))
    model = Model('{"things": ["gronk"]}', f"```python\n{ZORB}```")
    text = "add a gronk next to the table"
    with including(things_for(tmp_path / "w", text, Things(None, ThingWriter(model, "m")))):
        edit_world(tmp_path / "w", "make the zorb blue", entries())
        edit_world(tmp_path / "w", text, entries())
    assert [record.noun for record in read_things(tmp_path / "w")] == ["zorb", "gronk"]
    assert world(tmp_path / "w", Things()).left_out == ()


def test_what_no_model_can_make_is_left_out_and_told(tmp_path):
    model = Model('{"things": ["zorb"]}', "# CANNOT: it is a feeling")
    made = world(tmp_path / "w", Things(None, ThingWriter(model, "m")), "A zorb falls onto a table, and a ball rolls")
    assert any("zorb" in told for told in made.left_out)
    assert (made.things[0].how, made.things[0].problem) == ("refused", "it is a feeling")


def test_a_sentence_without_a_plan_leaves_the_folder_free(tmp_path):
    things = Things(None, ThingWriter(Model('{"things": ["zorb"]}', "# CANNOT: it is a feeling"), "m"))
    with pytest.raises(WorldError):
        world(tmp_path / "w", things, "A zorb")
    assert world(tmp_path / "w", Things(), "A ball rolls").failures == []


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: (path / "things.json").write_text("{"), "cannot be read"),
        (lambda path: next(path.glob("things/*/*.py")).unlink(), "is not in"),
        (lambda path: next(path.glob("things/*/*.py")).write_text(APART), "cannot be made"),
    ],
)
def test_a_spoilt_folder_is_told(spoil, words, tmp_path):
    world(tmp_path / "w", Things(None, ThingWriter(Model(*ANSWERS), "m")))
    spoil(tmp_path / "w")
    with pytest.raises(WorldError, match=words):
        world(tmp_path / "w", Things())
