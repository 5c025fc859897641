"""Forces on bodies that physics moves, each for one step: springs, attraction, drag, wind, hovering, coming along.

They are taken where the body will be when the step's push acts, and what brakes at the velocity that the step's way
will show, so that energy neither grows nor fades by itself. A force of ``location`` as it is gains energy.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def step_length():
    """Seconds of physics in a step."""
    return dt * bpy.context.scene.rigidbody_world.time_scale


def before_push():
    """The part of a step that passes before its push acts, as far as the way that a body goes in it shows."""
    return (1 - 1 / bpy.context.scene.rigidbody_world.substeps_per_frame) / 2


def ahead(place):
    """Where a body, or a place (x, y, z), is when the push of this step acts."""
    if not isinstance(place, str):
        return mathutils.Vector(place)
    return objects[place].location + objects[place].velocity * (dt * before_push())


def pace_of(place):
    """The velocity of a body, or of a place, in seconds of physics."""
    if not isinstance(place, str):
        return mathutils.Vector((0.0, 0.0, 0.0))
    return objects[place].velocity / bpy.context.scene.rigidbody_world.time_scale


def push(name, force):
    """Push a body with a force (x, y, z) in N in this step."""
    objects[name].apply_force(force)


def accelerate(name, acceleration):
    """Push a body so that it accelerates by (x, y, z) in m/s² in this step."""
    objects[name].apply_force(mathutils.Vector(acceleration) * objects[name].rigid_body.mass)


def braked_push(name, force, linear, quadratic, air):
    """Push a body with a force and brake its motion against something of velocity ``air``, linearly (N s/m) and by the
    square (N s²/m²)."""
    after = step_length() * (1 - before_push())
    share = after / objects[name].rigid_body.mass
    through = pace_of(name) - air + bpy.context.scene.gravity * after + force * share
    first, second = 1 + linear * share, quadratic * share
    speed = through.length / first
    if second > 0:
        speed = (math.sqrt(first * first + 4 * second * through.length) - first) / (2 * second)
    brake = (linear + quadratic * speed) / (first + second * speed)
    objects[name].apply_force(force - through * brake)


def spring(name, anchor, stiffness, damping=0.0, rest=0.0):
    """Pull a body in this step by a spring of so many N/m (damping in N s/m, length at rest in m) to another object or
    a place (x, y, z)."""
    swing = math.sqrt(stiffness / objects[name].rigid_body.mass) * step_length() / 2
    if swing > 0.75:
        most = objects[name].rigid_body.mass * (1.5 / step_length()) ** 2
        raise ValueError("a spring of %g N/m swings %s too fast for steps: at most %g N/m" % (stiffness, name, most))
    gap = ahead(anchor) - ahead(name)
    if rest and gap.length > 1e-9:
        gap = gap * (1 - rest / gap.length)
    soft = (math.sin(swing) / swing) ** 2 if swing > 1e-6 else 1.0
    braked_push(name, gap * (stiffness * soft), damping, 0.0, pace_of(anchor))


def attract(name, to, strength, power=2, closest=0.1, reach=None, mutual=False):
    """Pull a body in this step to another object or a place with a force of so many N at 1 m that fades with a power of
    the distance; below ``closest`` m it stays the same, beyond ``reach`` there is none. Negative strengths push away."""
    gap = ahead(to) - ahead(name)
    far = gap.length
    if far < 1e-9 or (reach is not None and far > reach):
        return
    force = gap * (strength / far / max(far, closest) ** power)
    objects[name].apply_force(force)
    if mutual:
        objects[to].apply_force(-force)


def drag(name, linear=0.0, quadratic=0.0):
    """Brake a body in this step by its velocity, in N s/m, and by the square of it, in N s²/m²."""
    braked_push(name, mathutils.Vector((0.0, 0.0, 0.0)), linear, quadratic, mathutils.Vector((0.0, 0.0, 0.0)))


def wind(name, velocity, strength=1.0):
    """Take a body along in this step with air of velocity (x, y, z) in m/s, by so many N for each m/s of difference."""
    braked_push(name, mathutils.Vector((0.0, 0.0, 0.0)), strength, 0.0, mathutils.Vector(velocity))


def steered(gap, pace, quick):
    """The acceleration that takes away a gap (m) and a velocity without overshooting, so many times a second."""
    return (gap * (quick * quick) - pace * (2 * quick)) / (1 + quick * step_length())


def hover(name, height, quick=5.0):
    """Keep a body in this step at a height in m against gravity; it gets there so many times a second."""
    lift = steered(height - ahead(name).z, pace_of(name).z, quick) - bpy.context.scene.gravity.z
    objects[name].apply_force((0.0, 0.0, lift * objects[name].rigid_body.mass))


def come_along(name, leader, offset=(0.0, 0.0, 0.0), quick=5.0):
    """Push a body in this step to a place beside another object (offset x, y, z in m), against gravity."""
    gap = ahead(leader) + mathutils.Vector(offset) - ahead(name)
    way = steered(gap, pace_of(name) - pace_of(leader), quick) - bpy.context.scene.gravity
    objects[name].apply_force(way * objects[name].rigid_body.mass)


def carry(name, velocity, grip=0.5):
    """Push a body in this step up to the velocity (x, y, z) in m/s of a belt that it lies on, with at most ``grip`` of
    its weight."""
    lag = mathutils.Vector(velocity) - pace_of(name)
    lag = mathutils.Vector((lag.x, lag.y, 0.0)) / step_length()
    most = grip * bpy.context.scene.gravity.length
    if lag.length > most:
        lag = lag * (most / lag.length)
    objects[name].apply_force(lag * objects[name].rigid_body.mass)
