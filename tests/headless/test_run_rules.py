"""What ``run`` tells of rules: how each was understood, before; what became of it, after."""

import json

import pytest

from addon.jobs.rollout import rollout
from headless.cli import main

OPEN = "When Marble touches Sensor, open Barrier."
NEVER = "When Marble is above 50 m, turn on Lamp."


def run(out, *rules, steps=120, json_=True, coder="template"):
    arguments = ["run", "trigger_door", "--coder", coder, "--steps", str(steps), "--out", str(out)]
    given = [part for rule in rules for part in ("--rules", rule)] or ["--rules", ""]
    return main([*arguments, *given, *(["--json"] if json_ else [])])


def words(text):
    return " ".join(text.split())


def test_readings_are_told_before_and_outcomes_after(tmp_path, capfd):
    assert run(tmp_path / "job", OPEN, NEVER, steps=300) == 0
    told = capfd.readouterr()
    assert "rule 1: once Marble touches Sensor → Barrier opens within 0.5 s" in words(told.err)
    assert "rule 2: once Marble is higher than 50 m → Lamp turns on" in words(told.err)
    first, second = json.loads(told.out)["rules"]
    assert (first["number"], first["text"], first["way"], first["fired"]) == (1, OPEN, "words", 1)
    assert first["understood"] == "once Marble touches Sensor → Barrier opens within 0.5 s"
    assert len(first["frames"]) == 1
    assert (second["fired"], second["frames"]) == (0, [])
    assert "Marble" in second["why"]
    page = (tmp_path / "job" / "report.html").read_text(encoding="utf-8")
    assert "once Marble is higher than 50 m → Lamp turns on" in page
    assert f"frame {first['frames'][0]}" in page
    assert second["why"] in page.replace("&#39;", "'")


def test_the_table_tells_what_became_of_each_rule(tmp_path, capfd):
    assert run(tmp_path / "job", NEVER, json_=False) == 0
    table = words(capfd.readouterr().out)
    assert "once Marble is higher than 50 m → Lamp turns on" in table
    assert "never" in table


@pytest.mark.parametrize(
    "rule", ["Sing a song.", "When Elephant touches Sensor, open Barrier.", "Öffne Barrier.", "Do not open Barrier."]
)
def test_a_rule_that_is_not_understood_runs_nothing_and_writes_nothing(tmp_path, capfd, rule):
    assert run(tmp_path / "job", OPEN, rule) == 2
    told = capfd.readouterr()
    assert rule.rstrip(".") in words(told.err)
    assert OPEN not in words(told.err)
    assert rule.rstrip(".") in json.loads(told.out)["error"]
    assert not (tmp_path / "job").exists()


def test_all_rules_that_are_not_understood_are_told_at_once(tmp_path, capfd):
    assert run(tmp_path / "job", "Sing a song.", OPEN, "Dance a dance.") == 2
    told = words(capfd.readouterr().err)
    assert "Sing a song" in told
    assert "Dance a dance" in told


def test_a_goal_is_a_rule(tmp_path, capfd):
    arguments = [
        "run",
        "trigger_door",
        "--coder",
        "template",
        "--rules",
        OPEN,
        "--steps",
        "100",
        "--out",
        str(tmp_path),
    ]
    assert main([*arguments, "--goal", "After 1 s, turn on Lamp", "--json"]) == 0
    rules = json.loads(capfd.readouterr().out)["rules"]
    assert [rule["text"] for rule in rules] == [OPEN, "After 1 s, turn on Lamp"]
    assert rules[1]["fired"] == 1
    assert main([*arguments[:-1], str(tmp_path / "other"), "--goal", "make it nice"]) == 2
    assert "make it nice" in words(capfd.readouterr().err)


def test_rules_of_a_script_are_told_as_such(tmp_path, capfd):
    script = tmp_path / "s.py"
    script.write_text("if frame == 3:\n    fired(1)\n")
    assert run(tmp_path / "job", OPEN, coder=f"script:{script}", steps=20) == 0
    (rule,) = json.loads(capfd.readouterr().out)["rules"]
    assert (rule["way"], rule["understood"], rule["frames"]) == ("script", "", [3])


def test_an_examples_assertions_hold_for_its_own_rules_alone(tmp_path, capfd):
    assert run(tmp_path / "job", OPEN) == 0
    assert json.loads(capfd.readouterr().out)["metrics"]["assertions"] == []


def test_a_script_that_is_called_in_every_step_gives_the_same(tmp_path, capfd, monkeypatch):
    calls, told = [], []
    monkeypatch.setattr(
        "addon.jobs.run.rollout", lambda *given: calls.append(made := rollout(*given)) or made, raising=True
    )
    for name, more in (("waits", []), ("called", ["--every-step"])):
        arguments = ["run", "trigger_door", "--coder", "template", "--steps", "120", "--rules", OPEN, "--json"]
        assert main([*arguments, "--out", str(tmp_path / name), *more]) == 0
        told.append(json.loads(capfd.readouterr().out))
    assert told[0]["trace_sha256"] == told[1]["trace_sha256"]
    assert calls[0].calls < 120 == calls[1].calls
