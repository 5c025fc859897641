"""How things move and lie: rest, setting off, tilt, turn, distance, what is within what, how hard bodies hit.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def moving(name):
    """True while an object moves: faster than 2 cm/s, or turning faster than once a minute."""
    glides = compared(0.02, name, "velocity", "length") > 0
    return glides or compared(math.radians(6), name, "angular_velocity", "length") > 0


def still_since(name):
    """What is known of an object's rest: time since when it is still (-1: it moves), its place and turn at its last rest,
    whether it has left that, whether it has come to rest after having done so."""
    key = "rest " + name
    if key not in state:
        state[key] = (-1.0, *pose(name), False, False)
    since, home, angle, left, came = state[key]
    since = -1.0 if moving(name) else (since if since >= 0 else now)
    left = left or compared_way(0.01, name, home) > 0 or compared_turn(1, name, angle) > 0
    if is_rest(since):
        came, left, home, angle = came or left, False, *pose(name)
    elif left:
        came = False
    state[key] = (since, home, angle, left, came)
    return state[key]


def is_rest(since):
    """Whether what is still since a time (-1: it moves) has been so for a quarter of a second."""
    if since >= 0:
        wake_at(since + 0.25)
    return since >= 0 and now - since >= 0.25 - 1e-6


def at_rest(name):
    """True while an object has been still for a quarter of a second."""
    return is_rest(still_since(name)[0])


def came_to_rest(name):
    """True while an object that had moved on from where it was is at rest again."""
    return still_since(name)[4]


def set_off(name):
    """True while an object that was at rest, or lay so at the start, is on its way."""
    return still_since(name)[3]


def falling(name):
    """True while an object moves down, faster than 10 cm/s, and touches nothing."""
    return compared(-0.1, name, "velocity", "z") < 0 and not objects[name].contacts


def pose(name):
    """An object's place and turn now."""
    return objects[name].location.copy(), objects[name].rotation_quaternion.copy()


def start_pose(name):
    """An object's place and turn in the first step."""
    key = "start " + name
    if key not in state:
        state[key] = pose(name)
    return state[key]


def tilt(name):
    """By how many degrees the axis of an object that stood upright in the first step is tilted."""
    return slant(objects[name].rotation_quaternion, upright_axis(name))


def compared_tilt(degrees, name):
    """-1, 0 or 1: whether the `tilt` of an object is less than so many degrees, as many or more."""
    axis = upright_axis(name)
    return compared(degrees / 180, name, "rotation_quaternion", lambda turned: slant(turned, axis) / 180)


def upright_axis(name):
    """The own axis of an object that stood upright in the first step."""
    turned = start_pose(name)[1].inverted() @ mathutils.Vector((0, 0, 1))
    numbers = [turned.x, turned.y, turned.z]
    steep = max(range(3), key=lambda i: abs(numbers[i]) + 0.001 * i)
    axis = mathutils.Vector([0.0, 0.0, 0.0])
    axis[steep] = math.copysign(1.0, numbers[steep])
    return axis


def slant(turned, axis):
    """The angle in degrees between straight up and an own axis of what is turned so."""
    return math.degrees(math.acos(max(-1.0, min(1.0, (turned.normalized() @ axis).z))))


def turned_by(name):
    """By how many degrees, up to 180, an object is turned from how it was in the first step."""
    return angle_between(objects[name].rotation_quaternion, start_pose(name)[1])


def compared_turn(degrees, name, start):
    """-1, 0 or 1: whether an object is turned from a rotation by less than so many degrees, as many or more."""
    return compared(degrees / 180, name, "rotation_quaternion", lambda turned: angle_between(turned, start) / 180)


def angle_between(a, b):
    """The angle in degrees, up to 180, between two rotations."""
    angle = a.rotation_difference(b).angle
    return math.degrees(min(angle, 2 * math.pi - angle))


def compared_way(metres, name, start):
    """-1, 0 or 1: whether an object is less than so many metres from a place, as many or more."""
    return compared(metres, name, "location", lambda place: (place - start).length)


def opened(name):
    """True while an object stands still more than 5 cm or 3 degrees away from where it was in the first step."""
    place, turned = start_pose(name)
    away = compared_way(0.05, name, place) > 0 or compared_turn(3, name, turned) > 0
    return away and not moving(name)


def closed(name):
    """True while an object stands still within 1 cm and 1 degree of where it was in the first step."""
    place, turned = start_pose(name)
    near = compared_way(0.01, name, place) < 0 and compared_turn(1, name, turned) < 0
    return near and not moving(name)


def distance(a, b):
    """Metres between the origins of two objects."""
    return (objects[a].location - objects[b].location).length


def inside(a, b):
    """True while the origin of a lies in the box around b, which turns with b."""
    back, half = objects[b].rotation_quaternion.inverted(), objects[b].dimensions / 2

    def beside(gap):
        place = back @ gap
        return max([abs(place[i]) - half[i] for i in range(3)])

    return compared(1e-6, a, "location", beside, b) <= 0


def within_outline(a, b):
    """True while the origin of a lies in the box around b as seen from above."""
    half, turned = objects[b].dimensions / 2, objects[b].rotation_quaternion.to_matrix()
    wide = [sum([abs(turned[row][i]) * half[i] for i in range(3)]) for row in range(2)]
    return compared(0, a, "location", lambda gap: max(abs(gap.x) - wide[0], abs(gap.y) - wide[1]), b) <= 0


def over(a, b):
    """True while the origin of a is higher than that of b, and lies in the box around b as seen from above."""
    return compared(0, a, "location", "z", b) > 0 and within_outline(a, b)


def under(a, b):
    """True while the origin of a is lower than that of b, and lies in the box around b as seen from above."""
    return compared(0, a, "location", "z", b) < 0 and within_outline(a, b)


def beyond(a, b):
    """True while a is on the other side of b than in the first step, along x or y, whichever parted them more."""
    key = "beyond " + a + " / " + b
    if key not in state:
        state[key] = tuple(objects[a].location - objects[b].location)
    x, y, _ = state[key]
    axis, first = ("x", x) if abs(x) >= abs(y) else ("y", y)
    return first * compared(0, a, "location", axis, b) < 0


def parted(a, b):
    """True while a and b are apart after they have touched."""
    return touched(a, b) and not touching(a, b)


def impact(a, b):
    """While a and b touch: how fast they moved against each other in the step before they met, in m/s; else -1."""
    key = "impact " + min(a, b) + " / " + max(a, b)
    known = state.get(key, (0, 0.0, 0.0))
    if known[0] != frame:
        speed = (objects[a].velocity - objects[b].velocity).length
        met = (known[1] if known[0] else speed) if new_touch(a, b) else known[2]
        known = (frame, speed, met)
        state[key] = known
    return known[2] if touching(a, b) else -1.0


def fires(number):
    """Note that a rule acts in this step."""
    state["fires " + str(number)] = state.get("fires " + str(number), 0) + 1
    fired(number)


def times_fired(number):
    """How often a rule has acted so far."""
    return state.get("fires " + str(number), 0)


def grows(label, value):
    """True in each step in which a number is greater than in the step before."""
    key = "grows " + str(rule) + " " + label
    before = state.get(key, 0)
    state[key] = value
    return value > before
