"""How things look that the scene graph does not carry is told by name."""

import bpy
import pytest

from addon.engine.look_notes import look_notes


def told(obj):
    return [note.text for note in look_notes(obj.name, obj)]


def light(kind="POINT", **settings):
    made = bpy.data.lights.new("Bulb", kind)
    for key, value in settings.items():
        setattr(made, key, value)
    return bpy.data.objects.new("Bulb", made)


def surface(**inputs):
    material = bpy.data.materials.new("Skin")
    if bpy.app.version < (5, 0):
        material.use_nodes = True
    shader = next(n for n in material.node_tree.nodes if n.type == "BSDF_PRINCIPLED")
    for key, value in inputs.items():
        shader.inputs[key.replace("_", " ")].default_value = value
    mesh = bpy.data.meshes.new("Box")
    mesh.materials.append(material)
    return bpy.data.objects.new("Box", mesh)


@pytest.mark.parametrize("kind", ["POINT", "SUN", "SPOT", "AREA"])
def test_of_a_plain_light_there_is_nothing_to_tell(kind):
    assert told(light(kind)) == []


def test_of_a_plain_text_and_surface_there_is_nothing_to_tell():
    assert told(bpy.data.objects.new("Sign", bpy.data.curves.new("Sign", "FONT"))) == []
    assert told(surface(Base_Color=(1, 0, 0, 1), Emission_Strength=5.0)) == []


@pytest.mark.parametrize(
    ("obj", "words"),
    [
        (lambda: light(color=(3, 2, 1)), "its colour beyond 1"),
        (lambda: light(diffuse_factor=0.0), "diffuse_factor = 0"),
        (lambda: light("AREA", shape="DISK"), "shape = DISK"),
        (lambda: surface(Coat_Weight=0.5), "Coat Weight of its material"),
        (lambda: surface(IOR=1.33), "IOR of its material"),
        (lambda: surface(Base_Color=(3, 0, 0, 1)), "Base Color of its material beyond 1"),
        (lambda: surface(Emission_Strength=-1.0), "Emission Strength below 0"),
    ],
)
def test_what_is_not_carried_is_told(obj, words):
    (text,) = told(obj())
    assert words in text
    assert "not carried" in text


def test_what_the_scene_graph_has_of_a_surface_is_not_told():
    assert told(surface(Alpha=0.5, Roughness=0.25, Metallic=1.0, Transmission_Weight=0.5)) == []


def test_other_materials_are_looked_at_too():
    box = surface()
    box.data.materials.append(surface(Sheen_Weight=0.5).active_material)
    assert "Sheen Weight of its material" in told(box)[0]


def test_what_nodes_make_of_a_share_is_told():
    box = surface()
    tree = box.active_material.node_tree
    shader = next(n for n in tree.nodes if n.type == "BSDF_PRINCIPLED")
    tree.links.new(tree.nodes.new("ShaderNodeValue").outputs[0], shader.inputs["Roughness"])
    assert "what nodes make of Roughness" in told(box)[0]


def test_what_animates_a_look_is_told():
    bulb, box = light(), surface()
    bulb.data.keyframe_insert("energy", frame=1)
    box.active_material.node_tree.nodes["Principled BSDF"].inputs["Base Color"].keyframe_insert(
        "default_value", frame=1
    )
    for obj in (bulb, box):
        assert "is animated by the action" in told(obj)[0]
