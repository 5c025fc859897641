import re
from pathlib import Path

import pytest

from addon.executor import language_reference, run_plain
from addon.executor.reference import LISTING_1, language_document, members

DOCUMENT = Path(__file__).parents[2] / "docs" / "scripts.md"


def test_the_document_is_up_to_date():
    assert DOCUMENT.read_text(encoding="utf-8") == language_document(), "run: python scripts/write_docs.py"


def test_the_document_begins_with_listing_1():
    assert language_document().split("```python\n")[1].startswith(LISTING_1)


def test_the_prompts_text_has_what_rules_need_and_no_more():
    assert "touching(name)" in language_reference()
    assert "  fired: fired(n)" in language_reference()
    assert "lerp" not in language_reference()
    assert LISTING_1.splitlines()[-1] not in language_reference()


def test_the_documents_examples_run():
    ball, door = {"name": "Ball", "location": [0, 0, 1]}, {"name": "Door"}
    examples = re.findall(r"```python\n(.*?)```", language_document(), re.S)
    assert len(examples) == 4
    for source in examples:
        objects = [{**ball, "rigid_body": {}}, door, {"name": "Sphere", "location": [0, 0, 1]}, {"name": "Trigger"}]
        objects += [{"name": "Magnet", "location": [1, 0, 0]}, {"name": "Box", "rigid_body": {}}, {"name": "Lamp"}]
        objects += [{"name": "Sign"}]
        assert run_plain(source, objects, 3).error is None


# For each name in the tables, an expression or statement that uses it.
USES = {
    "dt": "dt + 1",
    "frame": "frame + 1",
    "state": "state['a'] = 1",
    "touching": "obj.touching('Other')",
    "keyframe_insert": "obj.keyframe_insert('location')",
}


def test_what_the_tables_name_can_be_used_and_written_as_they_say():
    objects = [{"name": "Name", "rigid_body": {}}, {"name": "Other"}]
    rows = re.findall(r"^\| `(\w+)` \| .* \| (yes|) \|$", language_document(), re.M)
    assert {"location", "friction", "gravity", "state"} <= {name for name, _ in rows}
    begin = "import bpy\nobj = bpy.data.objects['Name']\nbody, scene = obj.rigid_body, bpy.context.scene\n"
    for section in language_document().split("### ")[1:]:
        owner = {"`object = ": "obj.", "`object.rigid_body`": "body.", "`scene = ": "scene."}
        of = next((prefix for start, prefix in owner.items() if section.startswith(start)), None)
        for name, written in re.findall(r"^\| `(\w+)` \| .* \| (yes|) \|$", section, re.M) if of else []:
            use = USES.get(name, f"{of}{name}")
            assert run_plain(begin + use, objects, 1).error is None, use
            store = run_plain(begin + f"{of}{name} = {of}{name}", objects, 1).error
            assert (store is None) == bool(written), f"{of}{name}"


@pytest.mark.parametrize(
    ("kind", "some"),
    [
        ("Vector", {"lerp(other, factor)", "length", "x", "copy()"}),
        ("Quaternion", {"slerp(other, factor)", "w", "to_euler(order='XYZ', like=None)"}),
        ("Euler", {"order", "to_matrix()"}),
        ("Matrix", {"Rotation(angle, size, axis=None)", "inverted([fallback])", "translation"}),
    ],
)
def test_members_are_taken_from_the_worker(kind, some):
    found = members(kind)
    assert some <= set(found)
    assert len(found) == len(set(found))
