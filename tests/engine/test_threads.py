import os
import subprocess
import sys

import pytest

PROGRAM = """
import os
from addon.engine.threads import compute_in_one_thread
cores = os.sched_getaffinity(0)
if {one}:
    compute_in_one_thread()
import bpy
assert os.sched_getaffinity(0) == cores
from addon.engine.build import build_scene
from headless.bench.step import scene
build_scene(scene(100))
for frame in range(2, 20):
    bpy.context.scene.frame_set(frame)
print("threads", len(os.listdir("/proc/self/task")))
"""


def threads(one):
    ran = subprocess.run([sys.executable, "-c", PROGRAM.format(one=one)], capture_output=True, text=True, check=True)
    return int(ran.stdout.rpartition("threads ")[2])


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="asks for the cores of a process")
@pytest.mark.skipif(os.cpu_count() == 1, reason="Blender has one thread anyway")
def test_blender_computes_in_one_thread_where_that_was_asked_for():
    assert threads(True) < threads(False)
