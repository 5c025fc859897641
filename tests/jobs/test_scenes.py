"""What a scene is called that was found by a file's name."""

import json

import pytest

from addon.jobs.scenes import file_scene

CUBE = {"name": "A", "geometry": {"type": "PRIMITIVE", "kind": "cube", "dimensions": [1, 1, 1]}, "body": {}}


@pytest.mark.parametrize(("named", "title"), [({}, "my ramp"), ({"name": "throw"}, "throw")])
@pytest.mark.parametrize("fps", [None, 30.0])
def test_a_scene_graph_without_a_name_is_called_as_its_file(tmp_path, named, title, fps):
    path = tmp_path / "my ramp.json"
    path.write_text(json.dumps({"schema_version": 2, "objects": [CUBE], **named}))
    assert file_scene(path, fps).title == title
