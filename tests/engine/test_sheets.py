"""Pictures for whoever looks: a thing from two sides, and the frames of a run on sheets."""

from types import SimpleNamespace

import bpy
import numpy as np
import pytest

from addon.engine import sheets
from addon.engine.blender import BlenderEngine
from addon.engine.protocol import EngineError
from addon.jobs.rollout import RolloutOptions, rollout
from addon.scene_graph import Camera, Light, Material, Primitive, RigidBody, SceneGraph, SceneObject

BAR = SceneObject(
    name="Bar",
    location=(3, 0, 1),
    geometry=Primitive(kind="cube", dimensions=(2, 0.2, 0.2)),
    material=Material(name="red", color=(1, 0, 0, 1)),
    body=RigidBody(),
)


def seen(path):
    """How many pixels ``[width, height]`` the red thing is wide and high."""
    pixels = sheets.pixels_of(path).astype(int)
    rows, columns = np.nonzero(pixels[..., 0] > pixels[..., 2] + 40)
    return np.array([np.ptp(columns), np.ptp(rows)])


def test_a_thing_is_seen_from_the_front_and_from_the_side(tmp_path):
    front, side = sheets.thing_pictures([BAR], tmp_path / "one")
    assert (front.name, side.name) == ("front.png", "side.png")
    wide, high = seen(front)
    assert wide > 7 * high > 0
    assert abs(np.subtract(*seen(side))) <= 3
    again = sheets.thing_pictures([BAR], tmp_path / "two")
    assert again[0].read_bytes() == front.read_bytes()
    side.write_bytes(front.read_bytes())
    assert sheets.thing_pictures([BAR], tmp_path / "one")[1].read_bytes() == front.read_bytes()


@pytest.mark.parametrize("spoil", [lambda data: data[:100], lambda data: b"", lambda data: data[:-20] + bytes(20)])
def test_pictures_that_are_not_whole_are_made_anew(tmp_path, spoil):
    front, _ = sheets.thing_pictures([BAR], tmp_path)
    whole = front.read_bytes()
    front.write_bytes(spoil(whole))
    assert not sheets.is_whole(front)
    assert sheets.thing_pictures([BAR], tmp_path)[0].read_bytes() == whole


def test_a_run_is_seen_on_sheets(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "FRAMES", 5)
    monkeypatch.setattr(sheets, "COLUMNS", 2)
    monkeypatch.setattr(sheets, "ROWS", 2)
    monkeypatch.setattr(sheets, "SMALL", (32, 18))
    monkeypatch.setattr(sheets, "RAYS", 2)
    lamp = SceneObject(name="Lamp", location=(0, -2, 4), light=Light(energy=200.0))
    camera = Camera(location=(3, -6, 1), rotation=(0.7071068, 0.7071068, 0.0, 0.0))
    graph = SceneGraph(objects=(BAR, lamp), camera=camera)
    trace = rollout(BlenderEngine.from_graph(graph), None, RolloutOptions(steps=8)).trace
    paths = sheets.run_sheets(graph, trace, tmp_path)
    assert [p.name for p in paths] == ["sheet-1.png", "sheet-2.png"]
    whole, rest = (sheets.pixels_of(path) for path in paths)
    assert (whole.shape, rest.shape) == ((36, 64, 3), (18, 64, 3))
    assert (rest[:, 32:] == 255).all()
    assert not np.array_equal(whole[:18, :32], whole[18:, 32:])  # it falls
    assert not bpy.data.images.get("sheet-1.png")
    before = paths[1].read_bytes()
    paths[1].write_bytes(before[:100])
    sheets.run_sheets(graph, trace, tmp_path)
    assert paths[1].read_bytes() == before


def test_what_is_no_picture_or_cannot_be_written_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(EngineError, match="cannot be written"):
        sheets.thing_pictures([BAR], tmp_path / "file")
    monkeypatch.setattr(sheets, "put_on_timeline", None)  # a run would be rendered first, for long
    with pytest.raises(EngineError, match="a file is in the way"):
        sheets.run_sheets(SceneGraph(objects=(BAR,)), SimpleNamespace(position=[0, 0]), tmp_path / "file" / "rated")
    with pytest.raises(EngineError, match="cannot be read"):
        sheets.pixels_of(tmp_path / "none.png")
