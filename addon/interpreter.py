"""Other processes of the Python that runs us."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path


def environment_with(package: str) -> dict[str, str]:
    """The environment in which another Python finds a package that this one has.

    In Blender an extension's packages lie where only Blender looks for them.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return dict(os.environ)
    places = [os.environ.get("PYTHONPATH"), str(Path(spec.origin).parents[1])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in places if place)}
