"""Velocities that bodies get, and gravity.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def launch_towards(name, target, speed):
    """Give a body a velocity of so many m/s from its centre to that of another."""
    way = objects[target].location - objects[name].location
    if way.length > 1e-6:
        objects[name].velocity = way * (speed / way.length)


def launch_onward(name, speed):
    """Give a moving body another speed in m/s in the direction in which it moves."""
    velocity = objects[name].velocity
    if velocity.length > 1e-6:
        objects[name].velocity = velocity * (speed / velocity.length)


def jump(name, height):
    """Give a body the upward velocity that lifts it by so many metres against gravity; its sideways motion stays."""
    pull, physics = max(-bpy.context.scene.gravity.z, 0.0), bpy.context.scene.rigidbody_world
    fall = pull * dt / physics.substeps_per_frame * physics.time_scale
    speed = (fall + math.sqrt(fall * fall + 8 * pull * height)) / 2
    objects[name].velocity.z = speed * physics.time_scale


def set_gravity(x, y, z):
    """Set gravity in m/s²."""
    state.setdefault("gravity", tuple(bpy.context.scene.gravity))
    bpy.context.scene.gravity = (x, y, z)


def scale_gravity(factor):
    """Multiply gravity."""
    set_gravity(*[factor * g for g in bpy.context.scene.gravity])


def restore_gravity():
    """Give gravity the value back that it had before a rule changed it."""
    if "gravity" in state:
        bpy.context.scene.gravity = state["gravity"]
