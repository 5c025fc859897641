"""The command that reads rules and changes them in words."""

import json

from headless.cli import main

SAID = ("rules", "trigger_door", "--rules", "When Marble hits Sensor, open Barrier")


def told(capfd, *arguments):
    capfd.readouterr()
    code = main([*SAID, *arguments])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    return code, out, " ".join(err.replace("│", " ").split())


def test_rules_are_read(capfd):
    code, out, err = told(capfd)
    assert (code, out) == (0, "When Marble hits Sensor, open Barrier\n")
    assert err == "rule 1: once Marble touches Sensor → Barrier opens within 0.5 s"


def test_rules_are_changed_one_wish_after_the_other(capfd):
    code, out, err = told(
        capfd, "--change", "slower, over 3 seconds", "--change", "a bit later", "--change", "undo that"
    )
    assert (code, out) == (0, "When Marble touches Sensor, Barrier opens within 3 s\n")
    assert "rule 1: Barrier opens within 3 s instead of 0.5 s" in err


def test_changes_as_json(capfd):
    code, out, _ = told(capfd, "--change", "over 2 s", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["rules"][0]["understood"] == "once Marble touches Sensor → Barrier opens within 2 s"
    assert found["changes"][0]["edits"][0]["difference"] == "Barrier opens within 2 s instead of 0.5 s"


def test_what_is_not_understood_is_bad_input(capfd):
    code, out, err = told(capfd, "--change", "make it purr")
    assert (code, out) == (2, "")
    assert "nothing is known of 'purr'" in err
    assert main(["rules", "trigger_door", "--rules", "Bim bam"]) == 2
