"""Rotation of bodies.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def spin(name, axis, rate):
    """Make a body rotate about the world axis "x", "y" or "z", in degrees a second."""
    objects[name].angular_velocity = [math.radians(rate) if axis == letter else 0.0 for letter in "xyz"]


def stop_spin(name):
    """End an object's rotation."""
    if moved_by_physics(name):
        objects[name].angular_velocity = (0.0, 0.0, 0.0)
    state["motions"] = [m for m in state.get("motions", []) if m[1] != name or m[2] not in ("spin", "turn")]


def moved_by_physics(name):
    """Whether the engine moves an object."""
    body = objects[name].rigid_body
    return body is not None and body.type == "ACTIVE" and not body.kinematic
