"""Solving liquids and smoke in a child process of a Blender that can.

Mantaflow, Blender's solver, ends the process in some builds. So a Blender is tried once, in a child, and what came of
it is remembered; and a scene's fluids are solved in a child that has a copy of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ..geometry.primitives import mesh_of
from ..scene_graph import FluidDomain, SceneGraph, SceneObject, write_text
from .build import save_blend
from .fluid_bakes import Bake, FluidError, bake_path, disk_words, fluids_folder, from_density, save_bake

CHILD = Path(__file__).with_name("fluid_child.py")

LIMIT = 1800.0
"""Seconds that solving takes at most."""

PROBING = 90.0
"""Seconds that trying a Blender takes at most."""

POLL = 0.1
"""Seconds after which it is looked again what a child has done."""

ROOM = 300_000_000
"""Bytes that must be free where fluids are solved."""

MENDED = 1
"""Counted up where the child solves otherwise, so that what was solved before is not taken."""


def find_blender(given: Path | None = None) -> Path | None:
    """The Blender that is to solve: the given one, else that of ``CDYN_BLENDER``. Raises FluidError where it names no
    program."""
    named = given or (Path(os.environ["CDYN_BLENDER"]) if os.environ.get("CDYN_BLENDER") else None)
    if named is None:
        return None
    found = shutil.which(str(named))
    if found is None:
        raise FluidError(f"{named} is no program: give the path of a Blender with --blender or CDYN_BLENDER")
    return Path(found).resolve()


def can_solve(blender: Path) -> bool:
    """Whether a Blender solves fluids: tried once in a child process, and remembered until its program changes."""
    stat = blender.stat()
    key = f"{blender} {stat.st_size} {stat.st_mtime_ns}"
    path = fluids_folder() / "probes.json"
    known = _probes(path)
    if key not in known:
        try:
            with _folder() as folder:
                _run(blender, ["probe", folder], PROBING)
            known[key] = True
        except FluidError:
            known[key] = False
        write_text(path, json.dumps(known, indent=1) + "\n")
    return known[key]


def _probes(path: Path) -> dict[str, bool]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {k: v for k, v in found.items() if isinstance(v, bool)} if isinstance(found, dict) else {}


def solved(
    graph: SceneGraph,
    blender: Path,
    steps: int,
    limit: float = LIMIT,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_frames: Callable[[int, int], None] = lambda done, total: None,
) -> SceneGraph:
    """The graph with what was solved of its fluids over ``steps`` steps of a run named in their domains.

    What was solved before is not again. Else the graph is built in this session, which is emptied, and solved in a
    child; ``on_frames`` is told how many frames of how many are done. Raises FluidError if a child fails, takes more
    than ``limit`` seconds or is cancelled, and if the disk is full.
    """
    graph = graph.model_copy(update={"objects": tuple(_named(o, "") for o in graph.objects)})
    owners = sorted((o for o in graph.objects if o.element(FluidDomain) is not None), key=lambda o: o.name)
    keys = {o.name: _key(graph, o.name, blender, steps) for o in owners}
    if not all(bake_path(key).exists() for key in keys.values()):
        with _folder() as folder:
            save_blend(graph, Path(folder) / "scene.blend")
            total = len(owners) * (steps + 1)

            def watch() -> bool:
                on_frames(min(len(list(Path(folder).glob("cache_*/config/*"))), total), total)
                return is_cancelled()

            _run(blender, ["bake", folder, str(Path(folder) / "scene.blend"), str(steps)], limit, watch)
            for number, obj in enumerate(owners):
                save_bake(keys[obj.name], _read(Path(folder) / f"{number}.npz", obj))
    return graph.model_copy(update={"objects": tuple(_named(o, keys.get(o.name, "")) for o in graph.objects)})


def _key(graph: SceneGraph, name: str, blender: Path, steps: int) -> str:
    """A name made of all that the fluid of a domain depends on."""
    parts = {"objects", "constraints", "world"}
    text = graph.model_dump_json(include=parts)
    stat = blender.stat()
    return hashlib.sha256(f"{MENDED} {name} {steps} {stat.st_size} {text}".encode()).hexdigest()


def _named(obj: SceneObject, key: str) -> SceneObject:
    elements = [e.model_copy(update={"bake": key}) if isinstance(e, FluidDomain) else e for e in obj.elements]
    return obj.model_copy(update={"elements": tuple(elements)})


def _read(path: Path, obj: SceneObject) -> Bake:
    """What the child wrote of a domain. Raises FluidError."""
    try:
        with np.load(path) as data:
            if "density" not in data:
                return Bake(data["vertices"], data["triangles"], data["counts"])
            density = data["density"]
    except (OSError, ValueError, KeyError) as error:
        raise FluidError(f"what Blender solved of '{obj.name}' cannot be read: {error}") from None
    assert obj.geometry is not None
    corners = mesh_of(obj.geometry)[0]
    return from_density(density, corners.min(axis=0), corners.max(axis=0))


def _folder() -> tempfile.TemporaryDirectory[str]:
    """A folder to solve in, on the disk of those kept. Raises FluidError where there is no room."""
    base = fluids_folder()
    try:
        base.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(base).free
        if free < ROOM:
            raise FluidError(
                f"the disk of {base} is full: {free // 1_000_000} MB are free, and solving fluids needs "
                f"{ROOM // 1_000_000}; make room there, or choose another folder with CDYN_FLUID_DIR"
            )
        return tempfile.TemporaryDirectory(prefix=".solving-", dir=base, ignore_cleanup_errors=True)
    except OSError as error:
        raise FluidError(disk_words(base, error)) from None


def _run(
    blender: Path, arguments: Sequence[str], limit: float, is_cancelled: Callable[[], bool] = lambda: False
) -> None:
    """Run `fluid_child` in a Blender. Raises FluidError with its last words if it fails, is cancelled or too slow."""
    command = [str(blender), "--background", "--factory-startup", "--python-exit-code", "3", "--python", str(CHILD)]
    log = Path(arguments[1]) / "child.log"
    ends = time.monotonic() + limit
    try:
        with log.open("wb") as words:
            child = subprocess.Popen(
                [*command, "--", *arguments], stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT
            )
            try:
                while child.poll() is None:
                    if is_cancelled():
                        raise FluidError("solving the fluid was cancelled; what was done before it is kept")
                    if time.monotonic() > ends:
                        raise FluidError(
                            f"solving the fluid took more than {limit:g} s and was ended; make its box smaller, its "
                            "resolution lower or the run shorter"
                        )
                    time.sleep(POLL)
            finally:
                child.kill()
                child.wait()
    except OSError as error:
        raise FluidError(f"{blender} cannot be started: {error.strerror}") from None
    said = log.read_text(encoding="utf-8", errors="replace")
    if child.returncode or "FLUIDS: done" not in said:
        raise FluidError(f"{blender} could not solve the fluid: {_why(said, child.returncode, log.parent)}")


def _why(said: str, code: int, folder: Path) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if any("No space left" in line for line in lines) or shutil.disk_usage(folder).free < ROOM // 10:
        return f"the disk of {folder.parent} is full"
    told = next((line for line in lines if line.startswith("FLUIDS: ")), "").removeprefix("FLUIDS: ")
    return told or (f"it was ended by signal {-code}" if code < 0 else lines[-2] if len(lines) > 1 else f"exit {code}")
