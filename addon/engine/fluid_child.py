"""Run inside a Blender of its own: solves the fluids of a .blend file, and says frame by frame what became of them.

    blender --background --factory-startup --python fluid_child.py -- probe FOLDER
    blender --background --factory-startup --python fluid_child.py -- bake FOLDER FILE STEPS

Needs nothing but Blender. ``bake`` writes ``0.npz`` and so on into the folder, one a domain in the order of its
objects' names: of a liquid ``vertices`` ``[N, 3]`` and ``triangles`` ``[M, 3]`` in the object's frame, all frames in a
row, with ``counts`` ``[F, 2]`` of each; of a gas ``density`` ``[F, Z, Y, X]`` in the object's bounding box.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from typing import Any

import bpy
import numpy as np


def domains() -> list[tuple[Any, Any]]:
    """The domains of the scene, objects and settings, by their names."""
    found = [(o.name, o, m.domain_settings) for o in bpy.context.scene.objects for m in o.modifiers if is_domain(m)]
    return [(obj, settings) for _, obj, settings in sorted(found)]


def is_domain(modifier: Any) -> bool:
    """Whether a modifier makes its object a domain."""
    return bool(modifier.type == "FLUID" and modifier.fluid_type == "DOMAIN")


def solve(obj: Any, settings: Any, folder: str, last: int) -> None:
    """Solve a domain up to a frame, in a folder."""
    scene = bpy.context.scene
    for modifier in filter(is_domain, obj.modifiers):
        modifier.show_viewport = True
    settings.cache_type = "ALL"
    settings.cache_directory = folder
    settings.cache_frame_start, settings.cache_frame_end = scene.frame_start, last
    with bpy.context.temp_override(scene=scene, object=obj, active_object=obj):
        done = bpy.ops.fluid.bake_all()
    kept = os.path.join(folder, "config", f"config_{last:04d}.uni")
    if done != {"FINISHED"} or not os.path.exists(kept):
        raise SystemExit(f"FLUIDS: nothing was written for frame {last}")


def mesh_of(obj: Any) -> tuple[np.ndarray, np.ndarray]:
    """What a liquid is at the present frame; nothing where it is the box itself, for there is no liquid."""
    shown = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    mesh = shown.to_mesh()
    try:
        mesh.calc_loop_triangles()
        vertices = np.empty((len(mesh.vertices), 3), dtype=np.float32)
        triangles = np.empty((len(mesh.loop_triangles), 3), dtype=np.int32)
        mesh.vertices.foreach_get("co", vertices.reshape(-1))
        mesh.loop_triangles.foreach_get("vertices", triangles.reshape(-1))
    finally:
        shown.to_mesh_clear()
    box = len(vertices) == len(obj.data.vertices) and np.allclose(vertices, [v.co for v in obj.data.vertices])
    return (vertices[:0], triangles[:0]) if box else (vertices, triangles)


def density_of(obj: Any) -> np.ndarray:
    """How dense smoke is in the cells of a domain at the present frame."""
    shown = obj.evaluated_get(bpy.context.evaluated_depsgraph_get())
    settings = next(m.domain_settings for m in shown.modifiers if is_domain(m))
    x, y, z = settings.domain_resolution
    found = np.array(settings.density_grid, dtype=np.float16)
    return found.reshape(z, y, x) if found.size == x * y * z else np.zeros((z, y, x), dtype=np.float16)


def keep(obj: Any, settings: Any, path: str, steps: int) -> None:
    """Write what became of a domain at each step of a run."""
    scene, frames = bpy.context.scene, []
    for step in range(steps + 1):
        scene.frame_set(scene.frame_start + step)
        frames.append(mesh_of(obj) if settings.domain_type == "LIQUID" else density_of(obj))
    if settings.domain_type == "GAS":
        np.savez_compressed(path, density=np.array(frames))
        return
    vertices, triangles = (np.concatenate(parts) for parts in zip(*frames, strict=True))
    counts = np.array([[len(v), len(t)] for v, t in frames], dtype=np.int64)
    np.savez_compressed(path, vertices=vertices, triangles=triangles, counts=counts)


def bake(folder: str, file: str, steps: int) -> None:
    """Solve the domains of a file one after another."""
    bpy.ops.wm.open_mainfile(filepath=file, load_ui=False, use_scripts=False)
    bpy.context.scene.frame_end = max(bpy.context.scene.frame_end, bpy.context.scene.frame_start + steps)
    for number, (obj, settings) in enumerate(domains()):
        solve(obj, settings, os.path.join(folder, f"cache_{number}"), bpy.context.scene.frame_start + steps)
        keep(obj, settings, os.path.join(folder, f"{number}.npz"), steps)


def probe(folder: str) -> None:
    """Solve a drop in a box for three frames."""
    bpy.ops.mesh.primitive_cube_add(size=2.0)
    box = bpy.context.object
    box.modifiers.new("Fluid", "FLUID").fluid_type = "DOMAIN"
    settings = box.modifiers[0].domain_settings
    settings.domain_type, settings.resolution_max = "LIQUID", 16
    bpy.ops.mesh.primitive_cube_add(size=0.8)
    drop = bpy.context.object
    drop.modifiers.new("Fluid", "FLUID").fluid_type = "FLOW"
    drop.modifiers[0].flow_settings.flow_type = "LIQUID"
    solve(box, settings, os.path.join(folder, "cache"), bpy.context.scene.frame_start + 2)
    if not len(mesh_of(box)[0]):
        raise SystemExit("FLUIDS: the drop has no mesh")


def end_with_parent() -> None:
    """Have the kernel end this process when whoever asked is gone; no thread, for the solver crashes beside one."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


if __name__ == "__main__":
    end_with_parent()
    command, *rest = sys.argv[sys.argv.index("--") + 1 :]
    if command == "probe":
        probe(*rest)
    else:
        bake(rest[0], rest[1], int(rest[2]))
    print("FLUIDS: done", flush=True)
