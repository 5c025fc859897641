"""Rotation that goes on.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def spin(name, axis, rate):
    """Rotate an object on and on about the world axis "x", "y" or "z" through its origin, in degrees a second."""
    stop_spin(name)
    turning = [math.radians(rate) if axis == letter else 0.0 for letter in "xyz"]
    if moved_by_physics(name):
        objects[name].angular_velocity = turning
    else:
        angles = objects[name].rotation_euler
        motion = ("spin", name, (angles.x, angles.y, angles.z), turning, now, math.inf)
        others = [m for m in state.get("motions", []) if m[:2] not in (("spin", name), ("turn", name))]
        state["motions"] = others + [motion]


def stop_spin(name):
    """End an object's rotation."""
    if moved_by_physics(name):
        objects[name].angular_velocity = (0.0, 0.0, 0.0)
    state["motions"] = [m for m in state.get("motions", []) if m[:2] != ("spin", name)]


def moved_by_physics(name):
    """Whether the engine moves an object."""
    body = objects[name].rigid_body
    return body is not None and body.type == "ACTIVE" and not body.kinematic


def advance_spin(name, start, turning, begun):
    """Rotate an object by what has come together since the spin began."""
    angles = objects[name].rotation_euler.copy()
    angles.x, angles.y, angles.z = start
    turned = objects[name].rotation_euler.copy()
    turned.x, turned.y, turned.z = [math.fmod(rate * (now + dt - begun), 2 * math.pi) for rate in turning]
    angles.rotate(turned)
    objects[name].rotation_euler = angles
