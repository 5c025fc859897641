"""Plans that somebody wrote by hand: what cannot be is refused by its field."""

import json

import pytest
from pydantic import ValidationError

from addon.jobs.world import WorldJob, WorldSpec, read_plan, run_world
from addon.worlds.errors import WorldError
from addon.worlds.manifest import Manifest

BALL = {"name": "Ball", "thing": "ball"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subjects": [{**BALL, "places": [{"relation": "on", "of": ["Ball"]}]}]}, "'Ball' is placed by itself"),
        ({"subjects": [{**BALL, "facing": "Ball"}]}, "'Ball' is placed by itself"),
        ({"subjects": [{**BALL, "spacing": 1e308}]}, "less than or equal to 1000"),
        ({"subjects": [{**BALL, "bearing": 1e308}]}, "less than or equal to 360"),
        ({"rules": ["After 1 s, hide Ball"] * 41}, "there are 41 rules, and there can be 40 at most"),
        ({"happenings": [{"who": "Ball", "does": "fall"}] * 201}, "there are 201 happenings"),
        ({"seconds": float("nan")}, "seconds\n  Input should be a finite number"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(changes, words):
    with pytest.raises(ValidationError, match=words):
        Manifest.model_validate({"subjects": [BALL], **changes})


def test_a_plan_that_cannot_be_read_says_how_to_go_on(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(WorldError, match="mend it, or delete it to have the sentence planned again"):
        read_plan(tmp_path / "manifest.json")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sentence": "A box falls"}, "is the plan of another sentence: that of .*world.json counts"),
        (
            {"subjects": [{"name": "A", "thing": "unicorn"}]},
            "manifest.json: 'A': the library has no 'unicorn';.* lists",
        ),
    ],
)
def test_a_plan_that_was_changed_is_refused_with_its_file(tmp_path, changes, words):
    spec = WorldSpec(sentence="A ball falls")
    (tmp_path / "world.json").write_text(spec.model_dump_json())
    plan = {"sentence": spec.sentence, "subjects": [BALL], **changes}
    (tmp_path / "manifest.json").write_text(json.dumps(plan))
    with pytest.raises(WorldError, match=words):
        run_world(WorldJob(spec, lambda sentence: None, None, tmp_path))
