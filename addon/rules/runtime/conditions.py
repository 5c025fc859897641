"""How things move and lie: rest, setting off, tilt, turn, distance, what is within what, how hard bodies hit.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def moving(name):
    """True while an object moves: faster than 2 cm/s, or turning faster than once a minute."""
    thing = objects[name]
    return thing.velocity.length > 0.02 or thing.angular_velocity.length > math.radians(6)


def still_since(name):
    """What is known of an object's rest: step, time since when it is still (-1: it moves), its place and turn at its last
    rest, whether it has left that, whether it has come to rest after having done so."""
    key = "rest " + name
    known = state.get(key)
    if known is None or known[0] != frame:
        thing = objects[name]
        place, turned = thing.location.copy(), thing.rotation_quaternion.copy()
        since, home, angle, left, came = (-1.0, place, turned, False, False) if known is None else known[1:]
        since = -1.0 if moving(name) else (since if since >= 0 else now)
        if (place - home).length > 0.01 or turned.rotation_difference(angle).angle > math.radians(1):
            left = True
        if since >= 0 and now - since >= 0.25 - 1e-6:
            came, left, home, angle = came or left, False, place, turned
        elif left:
            came = False
        known = (frame, since, home, angle, left, came)
        state[key] = known
    return known


def at_rest(name):
    """True while an object has been still for a quarter of a second."""
    since = still_since(name)[1]
    return since >= 0 and now - since >= 0.25 - 1e-6


def came_to_rest(name):
    """True while an object that had moved on from where it was is at rest again."""
    return still_since(name)[5]


def set_off(name):
    """True while an object that was at rest, or lay so at the start, is on its way."""
    return still_since(name)[4]


def falling(name):
    """True while an object moves down, faster than 10 cm/s, and touches nothing."""
    return objects[name].velocity.z < -0.1 and not objects[name].contacts


def start_pose(name):
    """An object's place and turn in the first step."""
    thing = objects[name]
    return state.setdefault("start " + name, (thing.location.copy(), thing.rotation_quaternion.copy()))


def tilt(name):
    """By how many degrees the axis of an object that stood upright in the first step is tilted."""
    turned = start_pose(name)[1].inverted() @ mathutils.Vector((0, 0, 1))
    numbers = [turned.x, turned.y, turned.z]
    steep = max(range(3), key=lambda i: abs(numbers[i]) + 0.001 * i)
    axis = mathutils.Vector([0.0, 0.0, 0.0])
    axis[steep] = math.copysign(1.0, numbers[steep])
    height = (objects[name].rotation_quaternion @ axis).z
    return math.degrees(math.acos(max(-1.0, min(1.0, height))))


def turned_by(name):
    """By how many degrees, up to 180, an object is turned from how it was in the first step."""
    angle = objects[name].rotation_quaternion.rotation_difference(start_pose(name)[1]).angle
    return math.degrees(min(angle, 2 * math.pi - angle))


def opened(name):
    """True while an object stands still more than 5 cm or 3 degrees away from where it was in the first step."""
    away = (objects[name].location - start_pose(name)[0]).length > 0.05 or turned_by(name) > 3
    return away and not moving(name)


def closed(name):
    """True while an object stands still within 1 cm and 1 degree of where it was in the first step."""
    near = (objects[name].location - start_pose(name)[0]).length < 0.01 and turned_by(name) < 1
    return near and not moving(name)


def distance(a, b):
    """Metres between the origins of two objects."""
    return (objects[a].location - objects[b].location).length


def inside(a, b):
    """True while the origin of a lies in the box around b, which turns with b."""
    place = objects[b].rotation_quaternion.inverted() @ (objects[a].location - objects[b].location)
    half = objects[b].dimensions / 2
    return max([abs(place[i]) - half[i] for i in range(3)]) <= 1e-6


def within_outline(a, b):
    """True while the origin of a lies in the box around b as seen from above."""
    gap = objects[a].location - objects[b].location
    half, turned = objects[b].dimensions / 2, objects[b].rotation_quaternion.to_matrix()
    wide = [sum([abs(turned[row][i]) * half[i] for i in range(3)]) for row in range(2)]
    return abs(gap.x) <= wide[0] and abs(gap.y) <= wide[1]


def over(a, b):
    """True while the origin of a is higher than that of b, and lies in the box around b as seen from above."""
    gap = objects[a].location.z - objects[b].location.z
    return gap > 0 and within_outline(a, b)


def under(a, b):
    """True while the origin of a is lower than that of b, and lies in the box around b as seen from above."""
    gap = objects[b].location.z - objects[a].location.z
    return gap > 0 and within_outline(a, b)


def beyond(a, b):
    """True while a is on the other side of b than in the first step, along x or y, whichever parted them more."""
    gap = objects[a].location - objects[b].location
    first = state.setdefault("beyond " + a + " / " + b, gap.copy())
    axis = 0 if abs(first.x) >= abs(first.y) else 1
    return first[axis] * gap[axis] < 0


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
