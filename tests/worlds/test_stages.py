"""Each stage that can be left out really is, and the table of them is the one that is shown."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from addon.jobs.world import WorldJob, WorldSpec, run_world
from addon.worlds.environment import DENSE, HIGH
from addon.worlds.errors import SentenceError, WorldError
from addon.worlds.library import entries
from addon.worlds.makers import open_maker
from addon.worlds.manifest import Setting, Subject
from addon.worlds.stages import STAGES, stages_named
from addon.worlds.staging import stage
from headless.cli import app

DOCS = Path(__file__).parents[2] / "docs" / "worlds.md"
CHAIN = "A red ball rolls down a ramp and topples a row of dominoes"


def planned(sentence, *without):
    with open_maker("template", None, without) as maker:
        return maker.plan(sentence)


def test_stages_are_named_in_any_order_and_way():
    assert stages_named("motion-critic, Retrieval,object_critic") == ("retrieval", "object critic", "motion critic")
    assert stages_named("") == ()


def test_a_stage_that_is_none_is_refused_with_those_that_are():
    with pytest.raises(WorldError, match=r"'magic' is no stage .*retrieval, planner, resolver, object critic, motion"):
        stages_named("retrieval,magic")


@pytest.mark.parametrize("command", [["world", "a ball"], ["worlds", "evaluate"]])
def test_the_command_line_refuses_it(command, tmp_path):
    result = CliRunner().invoke(app, [*command, "--without", "magic", "--out", str(tmp_path / "w")])
    assert result.exit_code == 2
    assert "motion" in result.output
    assert not (tmp_path / "w").exists()


def test_the_docs_tell_each():
    text = DOCS.read_text(encoding="utf-8")
    assert all(f"| {name} | {told} |" in text for name, told in STAGES.items())


def test_without_retrieval_only_own_names_are_known():
    assert [s.thing for s in planned("A kayak lies by a bench").subjects] == ["rowing boat", "bench"]
    found = planned("A kayak lies by a bench", "retrieval")
    assert [s.thing for s in found.subjects] == ["bench"]
    assert any("kayak" in text for text in found.left_out)
    other = next(entry for entry in entries().values() if len(entry.names) > 1)
    with pytest.raises(SentenceError):
        planned(f"A {other.names[1]}", "retrieval")


def test_without_a_planner_nothing_has_a_role():
    found = planned(CHAIN, "planner")
    assert [(s.thing, s.count, s.places, s.parameters) for s in found.subjects] == [
        ("ball", 1, (), {}),
        ("ramp", 1, (), {}),
        ("domino", 1, (), {}),
    ]
    assert [(h.who, h.does, h.to) for h in found.happenings] == [("Ball", "roll", None)]
    assert found.left_out == ()
    with pytest.raises(SentenceError):
        planned("nothing at all", "planner")


def test_without_a_resolver_the_air_is_what_comes():
    foggy = planned("A ball in the fog").model_copy(
        update={"subjects": (Subject(name="Ball", thing="ball"),), "setting": Setting(weather="fog", hour="evening")}
    )
    guarded = [stage(foggy, seed).air for seed in range(6)]
    loose = [stage(foggy, seed, ("resolver",)).air for seed in range(6)]
    assert all(air.elevation >= HIGH for air in guarded if air.fog.density > DENSE)
    assert any(air.elevation < HIGH for air in loose if air.fog.density > DENSE)
    assert max(air.fog.density for air in loose) > 2 * max(air.fog.density for air in guarded)


def test_without_a_motion_critic_there_is_one_round(tmp_path):
    sentence = "A ball rolls at a crate slowly"
    rounds = {}
    for without in ((), ("motion critic",)):
        with open_maker("template", None, without) as maker:

            def slow(text, plan=maker.plan):
                found = plan(text)
                happenings = tuple(h.model_copy(update={"amount": 0.3}) for h in found.happenings)
                return found.model_copy(update={"happenings": happenings, "seconds": 1.0})

            spec = WorldSpec(sentence=sentence, without=without)
            result = run_world(WorldJob(spec, slow, None, tmp_path / (without or ("all",))[0]))
            rounds[without] = result.rounds
            assert result.checks_met < len(result.checks) or not without
    assert rounds[("motion critic",)] == 1
    assert rounds[()] > 1
