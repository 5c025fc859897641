"""What a picture of a scene shows of it; needs Blender."""

import numpy as np
import pytest

pytest.importorskip("bpy")

from addon.engine.plain import pixels_of
from addon.engine.protocol import EngineError
from addon.jobs.seen import see
from addon.perception.errors import PictureError
from addon.scene_graph import SceneGraph, World
from addon.ui.seen_task import compare_picture
from headless.scenes import load_graph


def test_an_example_is_read_and_what_is_lost_is_told(tmp_path):
    seen = see(load_graph("domino"), tmp_path)
    found = {pair.name: pair for pair in seen.comparison.pairs}
    assert sum(pair.kind == "domino" for pair in found.values()) >= 5
    assert seen.comparison.away is not None
    assert seen.comparison.away < 0.05
    assert "Wall Right" in seen.comparison.missing
    assert not seen.is_strange


def test_nothing_to_be_seen_is_told(tmp_path):
    with pytest.raises(PictureError, match="nothing to be seen"):
        see(SceneGraph(name="empty", world=World()), tmp_path)


def test_what_is_hidden_is_neither_framed_nor_missing(tmp_path):
    graph = load_graph("domino")
    far = graph.object("Rod").model_copy(update={"name": "Far", "location": (300.0, 0.0, 0.0), "hidden": True})
    assert len(see(graph.replace(objects=(*graph.objects, far)), tmp_path).comparison.pairs) > 10
    hidden = graph.replace(objects=tuple(one.model_copy(update={"hidden": True}) for one in graph.objects))
    with pytest.raises(PictureError, match="nothing to be seen"):
        see(hidden, tmp_path)


def test_the_task_tells_plain_values(tmp_path):
    from addon.engine.build import save_blend

    save_blend(load_graph("domino"), tmp_path / "scene.blend")
    told = []
    result = compare_picture(tmp_path, {}, lambda **line: told.append(line["phase"]))
    assert told == ["scene", "seen"]
    assert result["found"] + len(result["missing"]) == result["of"]
    assert result["joints"] == 0


def test_a_picture_is_read_as_it_was_written(tmp_path):
    from PIL import Image

    values = np.arange(4 * 4 * 3, dtype=np.uint8).reshape(4, 4, 3) * 5
    Image.fromarray(values).save(tmp_path / "it.png")
    assert (pixels_of(tmp_path / "it.png") == values).all()
    (tmp_path / "bad.png").write_bytes(b"none")
    for name in ("bad.png", "missing.png"):
        with pytest.raises(EngineError, match="cannot be read"):
            pixels_of(tmp_path / name)
