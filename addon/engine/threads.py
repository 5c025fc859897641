"""How many threads Blender computes with."""

from __future__ import annotations

import importlib
import os
import sys


def compute_in_one_thread() -> None:
    """Start Blender so that it computes in one thread, where the system offers it (Linux) and Blender is not up yet.

    It takes as many threads as there are cores when it starts. Evaluating a scene of some hundred objects is done no
    sooner by several, and they wait for each other by spinning: where each core has a process of its own, that is half
    of the time.
    """
    if "bpy" in sys.modules or not hasattr(os, "sched_setaffinity"):
        return
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(cores)[os.getpid() % len(cores)]})
    try:
        importlib.import_module("bpy")
    finally:
        os.sched_setaffinity(0, cores)
