"""What somebody saw of a run goes back to who planned it, and every round is kept."""

import json

import pytest

from addon.jobs.world import ROUNDS, WorldJob, WorldSpec, run_world
from addon.jobs.world_looks import look_at_thing
from addon.models import ModelError
from addon.worlds.errors import WorldError
from addon.worlds.library import entries
from addon.worlds.reader import read
from addon.worlds.verdict import Check

SENTENCE = "A ball falls onto a table"


def short(text):
    return read(text, entries()).model_copy(update={"seconds": 1.5})


def said(met, stage="dynamics"):
    return [Check("seen motion", "", met, "as seen: too slow", False, stage)]


def world(path, look, again=None):
    return run_world(WorldJob(WorldSpec(sentence=SENTENCE), short, None, path, look=look, again=again))


def critic(path, number):
    return json.loads((path / "rounds" / str(number) / "critic.json").read_text())["checks"]


def test_the_plan_is_changed_by_what_was_seen(tmp_path):
    asked = []

    def again(manifest, words):
        asked.append(words)
        return manifest.model_copy(update={"seconds": manifest.seconds + 0.5})

    answers = [said(False), said(True)]
    made = world(tmp_path / "w", lambda staged, trace, folder: answers.pop(0), again)
    assert (made.rounds, made.best, made.failures) == (2, 2, [])
    assert asked == ["- dynamics (motion): as seen: too slow"]
    assert [critic(tmp_path / "w", n)[-1]["met"] for n in (1, 2)] == [False, True]


def test_rounds_end(tmp_path):
    again = lambda manifest, words: manifest.model_copy(update={"seconds": manifest.seconds + 0.1})  # noqa: E731
    made = world(tmp_path / "w", lambda *_: said(False), again)
    assert made.rounds == ROUNDS


@pytest.mark.parametrize(
    "change", [lambda manifest: manifest, lambda manifest: (_ for _ in ()).throw(WorldError("no"))]
)
def test_a_plan_that_is_not_changed_ends_the_rounds(change, tmp_path):
    made = world(tmp_path / "w", lambda *_: said(False), lambda manifest, words: change(manifest))
    assert (made.rounds, made.best) == (1, 1)
    assert made.checks[-1]["kind"] == "seen motion"


def test_a_model_that_does_not_see_leaves_what_is_done(tmp_path):
    def blind(staged, trace, folder):
        raise ModelError("sight", "the endpoint took no pictures", "choose a model that sees")

    with pytest.raises(ModelError, match="took no pictures"):
        world(tmp_path / "w", blind)
    assert critic(tmp_path / "w", 1)
    assert (tmp_path / "w/rounds/1/run/trace.npz").exists()
    assert world(tmp_path / "w", lambda *_: said(True)).rounds == 1


def test_a_thing_is_shown_from_two_sides_once_for_its_code(tmp_path):
    one = look_at_thing(entries()["ball"], "code", tmp_path)
    assert [picture.kind for picture in one] == ["png", "png"]
    assert look_at_thing(entries()["ball"], "code", tmp_path) == one
    assert len(list(tmp_path.glob("looks/*"))) == 1
