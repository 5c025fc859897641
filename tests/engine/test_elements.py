"""Elements, surfaces, sky, fog and camera paths: read → build → read is the identity, and Blender's own are the plain
ones."""

import random
from typing import get_args

import bpy
import pytest
from annotated_types import Ge, Gt, Le

from addon.engine.animation import curves_of
from addon.engine.build import build_scene
from addon.engine.elements import KINDS, MODIFIERS
from addon.engine.read import read_scene
from addon.engine.textures import NODES
from addon.scene_graph import (
    Animation,
    Camera,
    Cloth,
    Collider,
    Course,
    Drops,
    FluidDomain,
    FluidEffector,
    FluidFlow,
    Fog,
    Material,
    Mesh,
    Ocean,
    Particles,
    Primitive,
    SceneGraph,
    SceneObject,
    Sky,
    SoftBody,
    Sun,
    Texture,
)
from addon.scene_graph.elements import ELEMENTS

SHEET = Mesh(
    vertices=tuple((x / 4, y / 4, 0.0) for y in range(5) for x in range(5)),
    faces=tuple((5 * y + x, 5 * y + x + 1, 5 * y + x + 6, 5 * y + x + 5) for y in range(4) for x in range(4)),
)
CUBE = Primitive(kind="cube", dimensions=(1, 1, 1))
SHEET_THAT_MOVES = SceneObject(
    name="Sheet",
    geometry=SHEET,
    animation=Animation(
        steps=(0, 10), location=((0, 0, 0), (0, 0, 1)), rotation=((1, 0, 0, 0),) * 2, scale=((1, 1, 1),) * 2
    ),
)


def both(graph):
    """What is read of a graph that is built, and of that built again."""
    build_scene(graph)
    first = read_scene(bpy.context.scene)
    build_scene(first)
    return first, read_scene(bpy.context.scene)


def same(graph):
    first, second = both(graph)
    assert first == second
    return first


def drawn(kind, seed):
    """An element with other settings than its own, each within its range."""
    rng = random.Random(seed)
    values = {}
    for name, field in kind.model_fields.items():
        limits = {type(m): m for m in field.metadata}
        low = next((m.ge if isinstance(m, Ge) else m.gt for m in limits.values() if isinstance(m, Ge | Gt)), -100)
        high = next((m.le for m in limits.values() if isinstance(m, Le)), 100)
        if field.annotation is bool:
            values[name] = rng.random() < 0.5
        elif field.annotation is int:
            values[name] = rng.randint(int(low), int(min(high, low + 90)))
        elif field.annotation is float:
            values[name] = round(low + rng.uniform(0.1, 0.9) * (min(high, low + 100) - low), 3)
        elif name != "type" and get_args(field.annotation) and isinstance(field.default, str):
            values[name] = rng.choice(get_args(field.annotation))
    return values


@pytest.mark.parametrize("seed", range(4))
def test_cloth_soft_bodies_and_colliders_come_back(seed):
    cloth = Cloth(**drawn(Cloth, seed), pins={0: 1.0, 4: 0.5}, pressure=2.5 if seed % 2 else None)
    soft = SoftBody(**drawn(SoftBody, seed), goals={3: 0.25}, weights={"wind": 0.5})
    collider = Collider(**drawn(Collider, seed))
    objects = (
        SceneObject(name="Flag", geometry=SHEET, elements=(cloth, collider)),
        SceneObject(name="Jelly", geometry=SHEET, elements=(soft,)),
    )
    found = same(SceneGraph(objects=objects))
    assert found.object("Flag").elements == (cloth, collider)
    assert found.object("Jelly").elements == (soft,)


@pytest.mark.parametrize("seed", range(4))
def test_particles_come_back(seed):
    given = {**drawn(Particles, seed), "begins": 3.0, "ends": 40.0, "physics": "NEWTON", "render": "HALO"}
    drops = Drops(**drawn(Drops, seed)) if seed % 2 else None
    falling = Particles(**given, drops=drops, object_align_factor=(0, 0, -2), weights={"gravity": 0.25})
    leaves = Particles(name="Leaves", render="OBJECT", instance="Leaf")
    objects = (
        SceneObject(name="Cloud", geometry=CUBE, elements=(falling, leaves)),
        SceneObject(name="Leaf", geometry=SHEET),
    )
    assert same(SceneGraph(objects=objects)).object("Cloud").elements == (falling, leaves)


@pytest.mark.parametrize("seed", range(3))
def test_fluids_come_back(seed):
    most, least = (8, 3) if seed else (4, 4)
    domain = {**drawn(FluidDomain, seed), "timesteps_max": most, "timesteps_min": least, "bake": ""}
    domain = FluidDomain(**domain, flame_smoke_color=(0.1, 0.2, 0.3), weights={"gravity": 0.5})
    flow = FluidFlow(**{**drawn(FluidFlow, seed), "switches": ((0, True), (24, False))[: 2 * seed]})
    flow = flow.model_copy(update={"velocity_coord": (0.0, 0.5, -2.0), "use_inflow": flow.use_inflow or seed > 0})
    effector = FluidEffector(**drawn(FluidEffector, seed))
    parts = {"Box": domain, "Tap": flow, "Cup": effector}
    graph = SceneGraph(objects=[SceneObject(name=n, geometry=CUBE, elements=(e,)) for n, e in parts.items()])
    found = same(graph)
    assert {name: found.object(name).elements for name in parts} == {name: (part,) for name, part in parts.items()}
    assert not [note for note in found.notes if note.feature in ("element", "animation", "modifier")]


def test_playing_a_domain_of_which_nothing_was_solved_does_no_harm():
    pool = SceneObject(name="Box", geometry=CUBE, elements=(FluidDomain(domain_type="LIQUID"),))
    scene = build_scene(SceneGraph(objects=(pool,)))
    for frame in range(1, 6):
        scene.frame_set(frame)
    assert read_scene(scene).objects[0].geometry == CUBE


@pytest.mark.parametrize("mode", ["GENERATE", "DISPLACE"])
def test_oceans_come_back(mode):
    ocean = Ocean(
        geometry_mode=mode,
        resolution=3,
        viewport_resolution=2,
        repeat_x=2,
        spatial_size=20,
        size=0.5,
        wave_scale=0.75,
        choppiness=1.5,
        wind_velocity=12.5,
        wave_alignment=0.25,
        spectrum="JONSWAP",
        random_seed=7,
        time=0.5,
        times=((0, 0.5), (24, 1.5), (30, 1.75)),
    )
    moving = SHEET_THAT_MOVES.model_copy(update={"elements": (ocean,)})
    found = same(SceneGraph(objects=(moving,)))
    assert found.objects[0].elements == (ocean,)
    assert found.objects[0].geometry == SHEET
    assert found.objects[0].animation == moving.animation
    assert not [note for note in found.notes if note.feature in ("element", "modifier")]


def test_the_time_of_an_ocean_that_a_driver_sets_is_read_as_keys():
    build_scene(SceneGraph(objects=(SceneObject(name="Sea", geometry=SHEET, elements=(Ocean(resolution=2),)),)))
    curve = bpy.data.objects["Sea"].modifiers[0].driver_add("time")
    curve.driver.expression = "frame / 24"
    bpy.context.scene.frame_end = 49
    times = read_scene(bpy.context.scene).objects[0].elements[0].times
    assert [step for step, _ in times] == [0, 48]
    assert [time for _, time in times] == pytest.approx([1 / 24, 49 / 24])


def test_objects_that_share_a_mesh_come_back_as_such():
    red, blue = Material(name="Red", color=(1, 0, 0, 1)), Material(name="Blue", color=(0, 0, 1, 1))
    objects = (
        SceneObject(name="A", geometry=SHEET, material=red, parent="B"),
        SceneObject(name="B", geometry=SHEET, material=red, mesh_of="A"),
        SceneObject(name="C", geometry=SHEET, material=blue, mesh_of="A", location=(1, 0, 0)),
        SceneObject(name="D", geometry=SHEET, material=red),
    )
    found = same(SceneGraph(objects=objects))
    assert [obj.mesh_of for obj in found.objects] == [None, "A", "A", None]
    assert [obj.material.name for obj in found.objects] == ["Red", "Red", "Blue", "Red"]
    shown = bpy.data.objects
    assert shown["A"].data == shown["B"].data == shown["C"].data != shown["D"].data


def test_a_shared_mesh_that_a_modifier_makes_another_one_is_not_told_as_shared():
    objects = (SceneObject(name="A", geometry=SHEET), SceneObject(name="B", geometry=SHEET, mesh_of="A"))
    build_scene(SceneGraph(objects=objects))
    bpy.data.objects["B"].modifiers.new("Thick", "SOLIDIFY")
    found = read_scene(bpy.context.scene).object("B")
    assert found.mesh_of is None
    assert len(found.geometry.vertices) > len(SHEET.vertices)


def test_an_empty_that_instances_a_collection_comes_back():
    objects = (
        SceneObject(name="Again", location=(3, 0, 0), instances="Group"),
        SceneObject(name="Cube", geometry=CUBE, collections=("Group",)),
    )
    found = same(SceneGraph(objects=objects))
    assert found.object("Again").instances == "Group"
    assert [note.missing_in for note in found.notes if note.feature == "instances"] == [("contacts",)]
    graph = bpy.context.evaluated_depsgraph_get()
    places = {tuple(one.matrix_world.translation) for one in graph.object_instances if one.object.name == "Cube"}
    assert places == {(0, 0, 0), (3, 0, 0)}


def test_instances_that_the_scene_graph_has_not_are_told():
    build_scene(SceneGraph(objects=(SceneObject(name="Again"), SceneObject(name="Cube", geometry=CUBE))))
    apart = bpy.data.collections.new("Apart")
    bpy.data.objects["Again"].instance_type = "COLLECTION"
    bpy.data.objects["Again"].instance_collection = apart
    found = read_scene(bpy.context.scene)
    assert found.object("Again").instances is None
    assert [note.missing_in for note in found.notes if note.feature == "instances"] == [("json", "contacts")]


@pytest.mark.parametrize("kind", KINDS)
def test_what_blender_makes_by_itself_is_the_plain_element(kind):
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    data = bpy.data.meshes.new("Sheet")
    data.from_pydata(SHEET.vertices, [], SHEET.faces)
    made = bpy.data.objects.new("Sheet", data)
    bpy.context.scene.collection.objects.link(made)
    modifier, part = next(m for m, k in MODIFIERS.items() if k == kind)
    added = made.modifiers.new("Particles", modifier)
    if part is not None:
        added.fluid_type = part
    found = read_scene(bpy.context.scene)
    assert found.objects[0].elements == (ELEMENTS[kind](),)
    assert not [note for note in found.notes if note.feature == "element"]


def test_every_element_has_its_module_and_its_words():
    assert set(KINDS) == set(ELEMENTS) == set(MODIFIERS.values())
    assert all(kind().text() for kind in ELEMENTS.values())


def test_other_settings_of_an_element_are_told():
    build_scene(SceneGraph(objects=(SceneObject(name="Flag", geometry=SHEET, elements=(Cloth(),)),)))
    obj = bpy.data.objects["Flag"]
    obj.modifiers[0].settings.use_sewing_springs = True
    obj.modifiers.new("Smooth", "SUBSURF")
    notes = [note.text for note in read_scene(bpy.context.scene).notes]
    assert any("use_sewing_springs" in text for text in notes)
    assert any("the modifiers after its physics (Smooth)" in text for text in notes)


def test_a_cloth_that_is_subdivided_after_its_physics_is_carried_as_physics_has_it():
    cloth = Cloth(pins={0: 1.0})
    build_scene(SceneGraph(objects=(SceneObject(name="Flag", geometry=SHEET, elements=(cloth,)),)))
    bpy.data.objects["Flag"].modifiers.new("Smooth", "SUBSURF")
    found = read_scene(bpy.context.scene).object("Flag")
    assert len(found.geometry.vertices) == 25
    assert found.elements == (cloth,)
    assert all(m.show_viewport for m in bpy.data.objects["Flag"].modifiers)


def test_faces_of_several_materials_come_back():
    red, glass = Material(name="Red", color=(1, 0, 0, 1), slot=1), Material(name="Glass", transmission=0.9, alpha=0.5)
    shown = SHEET.model_copy(update={"slots": tuple(i % 3 for i in range(16))})
    plain = Material(slot=2)
    obj = SceneObject(name="Sheet", geometry=shown, material=red, surfaces={0: glass, 2: plain})
    found = same(SceneGraph(objects=(obj,)))
    assert found.objects[0].geometry == shown
    assert (found.objects[0].material.name, found.objects[0].surfaces[0].transmission) == ("Red", 0.9)
    assert not [note for note in found.notes if note.feature == "look"]


def test_a_body_of_several_materials_keeps_its_shape():
    cube = Mesh(vertices=SHEET.vertices, faces=SHEET.faces, slots=(0,) * 8 + (1,) * 8)
    obj = SceneObject(
        name="Sheet",
        geometry=cube,
        material=Material(name="A"),
        surfaces={1: Material(name="B", slot=1)},
        body={"shape": "MESH", "type": "PASSIVE"},
    )
    found = same(SceneGraph(objects=(obj,))).objects[0]
    assert found.geometry == cube
    assert found.body.collision is None


@pytest.mark.parametrize("smooth", [True, False])
def test_smooth_shading_comes_back(smooth):
    objects = (
        SceneObject(name="Ball", geometry=Primitive(kind="sphere", dimensions=(1, 1, 1)), smooth=smooth),
        SceneObject(name="Sheet", geometry=SHEET, smooth=smooth, body={"shape": "MESH", "collision": CUBE}),
    )
    assert [obj.smooth for obj in same(SceneGraph(objects=objects)).objects] == [smooth, smooth]


@pytest.mark.parametrize("kind", NODES)
def test_surfaces_with_patterns_come_back(kind):
    material = Material(
        name="Floor", color=(0.1, 0.2, 0.3, 1.0), roughness=0.25, metallic=0.75, texture=Texture(kind=kind, scale=2.5)
    )
    found = same(SceneGraph(objects=(SceneObject(name="Floor", geometry=CUBE, material=material),)))
    assert found.objects[0].material == material
    assert "material.color" not in found.objects[0].looks


@pytest.mark.parametrize(
    "sky",
    [
        Sky(color=(0.1, 0.2, 0.3), course=Course(steps=(0, 12), strength=(1.0, 0.25))),
        Sky(
            strength=0.5,
            sun=Sun(elevation=0.25, rotation=1.0),
            course=Course(
                steps=(0, 6, 24), strength=(0.5, 1.0, 0.0), elevation=(0.25, 1.0, -0.125), rotation=(1.0, 1.5, 2.0)
            ),
        ),
    ],
)
def test_a_sky_that_changes_is_read_as_it_was_built(sky):
    assert same(SceneGraph(sky=sky)).sky.course == sky.course


def test_a_sky_that_is_animated_otherwise_is_told():
    scene = build_scene(SceneGraph(sky=Sky(course=Course(steps=(0, 12), strength=(1.0, 0.25)))))
    for curve in curves_of(
        scene.world.node_tree.animation_data.action, scene.world.node_tree.animation_data.action_slot
    ):
        curve.keyframe_points[0].interpolation = "BEZIER"
    found = read_scene(scene)
    assert found.sky.course is None
    assert any("animated in other ways than a sky's course" in note.text for note in found.notes)


@pytest.mark.parametrize(
    ("sky", "fog"),
    [
        (Sky(color=(0.2, 0.4, 2.0), strength=0.5), None),
        (Sky(strength=0.25, sun=Sun(elevation=0.5, rotation=1.0, dust=3.0, disc=False)), Fog(density=0.01)),
        (None, Fog(density=0.1, color=(0.5, 0.5, 0.5), anisotropy=0.25)),
    ],
)
def test_sky_and_fog_come_back(sky, fog):
    found = same(SceneGraph(sky=sky, fog=fog))
    assert (found.sky, found.fog) == (sky, fog)


def test_a_sky_of_other_nodes_is_told():
    build_scene(SceneGraph(sky=Sky()))
    tree = bpy.context.scene.world.node_tree
    shader = next(n for n in tree.nodes if n.type == "BACKGROUND")
    tree.links.new(tree.nodes.new("ShaderNodeTexNoise").outputs["Color"], shader.inputs["Color"])
    found = read_scene(bpy.context.scene)
    assert found.sky is None
    assert [note.feature for note in found.notes] == ["world"]


def test_a_path_of_the_camera_comes_back():
    turn = (1.0, 0.0, 0.0, 0.0)
    path = Animation(
        steps=(0, 10, 40),
        location=((0, 0, 5), (1, 0, 5), (1, 2, 5)),
        rotation=(turn,) * 3,
        scale=((1, 1, 1),) * 3,
    )
    camera = Camera(location=(0, 0, 5), rotation=turn, path=path)
    found = same(SceneGraph(camera=camera))
    assert found.camera == camera


@pytest.mark.parametrize("kind", [Cloth, SoftBody])
def test_an_element_begins_at_a_step_of_the_scene(kind):
    thing = SceneObject(name="Sheet", geometry=SHEET, elements=(kind(starts=7),))
    scene = build_scene(SceneGraph(objects=(thing,)), 30)
    assert scene.objects["Sheet"].modifiers[0].point_cache.frame_start == 37
    assert read_scene(scene).object("Sheet").elements == thing.elements
    scene.frame_start = 40
    found = read_scene(scene)
    assert found.object("Sheet").elements == (kind(),)
    assert any("point_cache.frame_start = 37: not carried" in note.text for note in found.notes)
