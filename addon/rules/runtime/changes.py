"""What begins, has ever been so, has been so for a while, or has passed a limit.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def becomes(label, condition):
    """True in each step in which a condition comes true after it was not; at the start nothing does."""
    key = "becomes " + str(rule) + " " + label
    before = state.get(key, True)
    state[key] = bool(condition)
    return state[key] and not before


def ever(label, condition):
    """True from the first step on in which a condition was true."""
    key = "ever " + str(rule) + " " + label
    state[key] = state.get(key, False) or bool(condition)
    return state[key]


def holds_for(label, condition, seconds):
    """True while a condition has held for so many seconds without a break."""
    key = "holds " + str(rule) + " " + label
    begun = state.get(key, -1.0)
    state[key] = (begun if begun >= 0 else now) if condition else -1.0
    if condition:
        wake_at(state[key] + seconds)
    return bool(condition) and now - state[key] >= seconds - 1e-6


def side(label, value, limit):
    """Where a value lies from a limit: 1 beyond it, 0 at it, -1 on the side on which it was in the first step.

    A value that began at the limit is beyond it on either side.
    """
    key = "side " + str(rule) + " " + label
    start = state.setdefault(key, value - limit)
    gap = value - limit
    if abs(gap) < 1e-4:
        return 0
    return -1 if gap * start > 0 and abs(start) >= 1e-4 else 1


def side_of(label, limit, name, field, part):
    """As `side` of a number of an object, see `compared`."""
    key = "side " + str(rule) + " " + label
    above, below = (compared(limit + gap, name, field, part) for gap in (1e-4, -1e-4))
    where = 1 if above >= 0 else min(below, 0)
    start = state.setdefault(key, where)
    return -1 if where == start != 0 else abs(where)


def passes(label, value, limit):
    """True while a value is on the other side of a limit than in the first step."""
    return side(label, value, limit) > 0


def reaches(label, value, limit):
    """True while a value is at a limit, or on the other side of it than in the first step."""
    return side(label, value, limit) >= 0


def equals(value, other):
    """Whether two numbers are the same, but for what adding up small parts loses."""
    return abs(value - other) < 1e-6
