"""The commands of the benchmark of goals."""

import json

from headless.cli import main


def test_goals_are_listed(capsys):
    assert main(["goals", "list", "--scene", "brink", "--scene", "toss", "--json"]) == 0
    found = {told["id"]: told for told in json.loads(capsys.readouterr().out)}
    assert found["i"]["kind"] == "appendix"
    assert found["surprise"]["reference"] is None


def test_references_are_checked(capsys):
    assert main(["goals", "check", "--goal", "i", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["goals"] == 1
    assert told["runs"] >= 6
    assert told["problems"] == []


def test_goals_that_there_are_not_are_refused(capsys):
    assert main(["goals", "check", "--goal", "zzz"]) == 2
    assert "there is no 'zzz'" in capsys.readouterr().err
