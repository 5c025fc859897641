import json

import pytest

from addon.scene_graph import Mesh, SceneGraph, SceneObject, load_scene_graph, save_scene_graph, write_text


def strip(count):
    points = tuple((float(i), float(i % 2), 0.0) for i in range(count))
    mesh = Mesh(vertices=points, faces=tuple((i, i + 1, i + 2) for i in range(count - 2)))
    return SceneGraph(objects=(SceneObject(name="Strip", geometry=mesh),))


@pytest.mark.parametrize(("count", "is_indented"), [(10, True), (20_000, False)])
def test_a_scene_comes_back_and_is_indented_if_one_can_read_it(tmp_path, count, is_indented):
    path = tmp_path / "scene.json"
    save_scene_graph(strip(count), path)
    text = path.read_text()
    assert text.endswith("}\n")
    assert (text.count("\n") > 10) == is_indented
    assert load_scene_graph(path) == strip(count)
    assert [p.name for p in tmp_path.iterdir()] == ["scene.json"]
    assert json.loads(text)["objects"][0]["name"] == "Strip"


def test_what_cannot_be_written_is_told_by_its_own_name_and_leaves_nothing(tmp_path):
    (tmp_path / "there").mkdir()
    wrong = {tmp_path / "there": IsADirectoryError, tmp_path / "none" / "a.txt": FileNotFoundError}
    for path, kind in wrong.items():
        with pytest.raises(kind) as raised:
            write_text(path, "words")
        assert (raised.value.filename, raised.value.filename2) == (str(path), None)
    assert [p.name for p in tmp_path.iterdir()] == ["there"]


@pytest.mark.parametrize(
    ("faces", "told"),
    [
        (((0, 1, 2), (0, 1)), "face 1 needs at least three"),
        (((0, 1, 1),), "face 0 needs at least three"),
        (((0, 1, 2), (2, 1, 5)), "face 1 names a vertex outside 0..4"),
        (((0, -1, 2),), "face 0 names a vertex outside"),
    ],
)
def test_the_first_bad_face_is_named(faces, told):
    with pytest.raises(ValueError, match=told):
        Mesh(vertices=((0.0, 0.0, 0.0),) * 5, faces=faces)


def test_a_mesh_needs_vertices():
    with pytest.raises(ValueError, match="needs vertices"):
        Mesh(vertices=(), faces=())
