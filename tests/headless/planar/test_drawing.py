"""Pictures of planar runs."""

import numpy as np
from PIL import Image

from addon.scene_graph import Material, Plane
from headless.planar import Blueprint, record
from headless.planar.drawing import draw_run
from tests.headless.planar.scenes import FLOOR, ball, scene


def pixels(path):
    return np.asarray(Image.open(path).convert("RGB")).astype(int)


def test_a_run_is_drawn_flat_where_its_bodies_are(tmp_path):
    red = Material(color=(1.0, 0.0, 0.0, 1.0))
    plane = Plane(size=(20, 10), meters_per_unit=1.0)
    graph = scene(FLOOR, ball(at=(5, 0, 8)).model_copy(update={"material": red}), plane=plane)
    paths = draw_run(record(Blueprint.of(graph), 100, "none"), tmp_path / "frames")
    assert len(paths) == 8
    first, last = pixels(paths[0]), pixels(paths[-1])
    assert first.shape == (256, 512, 3)
    for picture, height in ((first, 8.0), (last, 0.5)):
        is_red = (picture[..., 0] > 200) & (picture[..., 1] < 60)
        rows, columns = np.nonzero(is_red)
        assert abs(columns.mean() / 25.6 - 5) < 0.1
        assert abs((256 - rows.mean()) / 25.6 - height) < 0.1


def test_a_field_without_a_size_is_what_the_bodies_take_up(tmp_path):
    paths = draw_run(record(Blueprint.of(scene(FLOOR, ball(at=(0, 0, 19)))), 10, "none"), tmp_path, frames=(3,))
    assert [p.name for p in paths] == ["frame_000003.png"]
    assert pixels(paths[0]).shape == (262, 512, 3)


def test_a_plane_without_bodies_is_drawn_empty(tmp_path):
    marker = ball().model_copy(update={"rigid_body": None, "geometry": None})
    paths = draw_run(record(Blueprint.of(scene(marker)), 2, "none"), tmp_path)
    assert (pixels(paths[0]) == 255).all()
