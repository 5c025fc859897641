"""Small files of PHYRE's rollouts as JSON."""

import gzip
import json

from tests.headless.benchmarks.puzzles.thrift_files import WALLS


def rectangle(width, height):
    x, y = width / 2, height / 2
    return [[[x, y], [-x, y], [-x, -y], [x, -y]]]


def rollout(solved=True, at=(120.0, 60.0), **changes):
    """One of the task that `thrift_files.task` gives."""
    bodies = [
        {"id": k, "shape": "wall", "color": "black", "dynamic": False, "pos": list(place), "angle": 0.0}
        | {"polygons": rectangle(*size)}
        for k, (place, size) in enumerate(WALLS)
    ]
    bodies += [
        {"id": 4, "shape": "ball", "color": "green", "dynamic": True, "pos": [60, 20], "radius": 8},
        {"id": 5, "shape": "bar", "color": "purple", "dynamic": False, "pos": [200, 2.5], "angle": 0.0}
        | {"polygons": rectangle(60, 5)},
        {"id": 6, "role": "action_ball", "shape": "ball", "color": "red", "dynamic": True, "pos": at, "radius": 9},
    ]
    goal = {"body1": 4, "body2": 5, "relation": "TOUCHING"}
    return {"task_id": "00000:000", "bodies": bodies, "goal": goal, "solved": solved, **changes}


PHYSICS = {"physics": {"px_per_m": 6, "gravity_px_s2": 58.8}}


def rollouts_file(path, *rollouts, packed=True, **more):
    data = json.dumps({"rollouts": rollouts, **more}).encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    return path
