"""What pairs of bodies touch.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def contact(a, b):
    """What is known of a pair: whether it touches, begins to in this step, how often it began, first and last."""
    pair = "touch " + min(a, b) + " / " + max(a, b)
    touched_before, times, first, last = state.get(pair, (False, 0, 0, 0))
    meets = objects[a].touching(b)
    if meets and not touched_before:
        times, first, last = times + 1, first or frame, frame
    state[pair] = (meets, times, first, last)
    return (meets, meets and last == frame, times, first, last)


def touched(a, b):
    """True once a has touched b, from the first touch on."""
    return contact(a, b)[2] > 0


def touching(a, b):
    """True while a touches b."""
    return contact(a, b)[0]


def new_touch(a, b):
    """True in each step in which a begins to touch b."""
    return contact(a, b)[1]


def touch_count(a, b):
    """How many times a has begun to touch b."""
    return contact(a, b)[2]


def in_order(a, b, c, d):
    """True once c has begun to touch d after a had touched b."""
    earlier, then = contact(a, b)[3], contact(c, d)[4]
    return 0 < earlier < then
