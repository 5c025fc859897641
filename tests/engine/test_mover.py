"""Who moves an object, told from the scene graph, is who moves it in Blender."""

import itertools

import bpy
import pytest

from addon.engine.build import add_body
from addon.engine.read import read_scene
from addon.scene_graph import RigidBody, mover

BODIES = [
    None,
    *(
        RigidBody(type=kind, enabled=enabled, kinematic=kinematic, simulated=simulated)
        for kind in ("ACTIVE", "PASSIVE")
        for enabled, kinematic, simulated in itertools.product((True, False), repeat=3)
    ),
]
HANGS = ("alone", "keyed", "child", "constrained")
FRAMES = 20


def add(scene, place, body, hangs, carrier):
    """A cube that keyframes, its parent or a constraint moves along x, or nothing, whatever physics does."""
    mesh = bpy.data.meshes.new("Cube")
    mesh.from_pydata([(x, y, z) for x in (-0.2, 0.2) for y in (-0.2, 0.2) for z in (-0.2, 0.2)], [], FACES)
    obj = bpy.data.objects.new(f"{hangs} {place}", mesh)
    scene.collection.objects.link(obj)
    obj.location = (0, place, 5)
    if hangs == "keyed":
        key(obj)
    elif hangs == "child":
        obj.parent = carrier
    elif hangs == "constrained":
        made = obj.constraints.new("COPY_LOCATION")
        made.target, made.use_y, made.use_z = carrier, False, False
    if body is not None:
        add_body(obj, body)
    return obj


FACES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]


def key(obj):
    for frame in (1, FRAMES):
        obj.location.x = float(frame - 1)
        obj.keyframe_insert("location", index=0, frame=frame)


@pytest.fixture(scope="module")
def movers():
    """For each case who moves the object by the graph, and how far it went along x and fell in Blender."""
    bpy.ops.wm.read_homefile(use_empty=True, use_factory_startup=True)
    scene = bpy.context.scene
    bpy.ops.rigidbody.world_add()
    scene.rigidbody_world.collection = bpy.data.collections.new("Bodies")
    scene.frame_end = FRAMES
    carrier = bpy.data.objects.new("Carrier", None)
    scene.collection.objects.link(carrier)
    key(carrier)
    cases = list(itertools.product(range(len(BODIES)), HANGS))
    made = {case: add(scene, 2 * i, BODIES[case[0]], case[1], carrier) for i, case in enumerate(cases)}
    scene.frame_set(1)
    graph = read_scene(scene)
    told = {case: mover(graph, obj.name) for case, obj in made.items()}
    for frame in range(1, FRAMES + 1):
        scene.frame_set(frame)
    found = {}
    for case, obj in made.items():
        x, _, z = obj.evaluated_get(bpy.context.evaluated_depsgraph_get()).matrix_world.translation
        found[case] = told[case], x, 5 - z
    return found


@pytest.mark.parametrize("hangs", HANGS)
@pytest.mark.parametrize("number", range(len(BODIES)), ids=lambda n: repr(BODIES[n]) if BODIES[n] is None else str(n))
def test_the_graph_tells_who_moves_it_in_blender(movers, number, hangs):
    told, x, fell = movers[number, hangs]
    moved = "physics" if fell > 0.5 else "own" if x > 10 else "nobody"
    means = {"physics": "physics", "animation": "own", "parent": "own", "script": "nobody"}
    assert means[told] == moved, (BODIES[number], told, x, fell)
