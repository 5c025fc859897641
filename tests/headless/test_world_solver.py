"""``world --solve``: what is said where no Blender can."""

import pytest

from addon.engine.fluid_bakes import FluidError
from headless.cli.world import _solver


@pytest.fixture(autouse=True)
def _folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CDYN_FLUID_DIR", str(tmp_path / "fluids"))
    monkeypatch.delenv("CDYN_BLENDER", raising=False)


def test_without_a_blender_drops_stand_for_liquids_and_that_is_told(capsys):
    assert _solver(None, lambda step: None) is None
    assert "no Blender here can solve liquids: drops stand for them" in capsys.readouterr().err


def test_a_blender_that_cannot_is_told(tmp_path, capsys):
    program = tmp_path / "blender"
    program.write_text("#!/bin/sh\nkill -6 $$\n")
    program.chmod(0o755)
    assert _solver(program, lambda step: None) is None
    assert "blender cannot)" in capsys.readouterr().err.replace("\n", " ")


def test_a_program_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(FluidError, match="no program"):
        _solver(tmp_path / "blender", lambda step: None)
