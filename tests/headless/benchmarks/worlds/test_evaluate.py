"""An evaluation of worlds by the command line."""

import pytest

from headless.cli import main


def said(capsys):
    """What was told on standard error, without the frame that breaks its lines."""
    return " ".join(capsys.readouterr().err.replace("│", " ").split())


@pytest.mark.parametrize("command", [("evaluate",), ("rate", "folder")])
@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("bouncing_ball", "bouncing_bal"), "there is no case 'bouncing_bal'; did you mean 'bouncing_ball'?"),
        (("xyzzy",), "there is no case 'xyzzy'"),
    ],
)
def test_a_case_that_there_is_not_is_named(tmp_path, capsys, monkeypatch, command, names, words):
    monkeypatch.chdir(tmp_path)
    assert main(["worlds", *command, *(part for name in names for part in ("--case", name))]) == 2
    assert words in said(capsys)
    assert not list(tmp_path.iterdir())
