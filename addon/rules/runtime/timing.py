"""Moments, delays, periods and numbers of times.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def every(seconds):
    """True once in each period of so many seconds, first when one period is over."""
    wake_at((int(now / seconds + 1e-6) + 1) * seconds)
    return frame > 1 and int(now / seconds + 1e-6) > int((now - dt) / seconds + 1e-6)


def once(name, condition, delay=0.0):
    """True in one single step: delay seconds after the condition was true for the first time."""
    key = "once " + str(rule) + " " + name
    if condition and key not in state:
        state[key] = now + delay
    if key in state and key + " done" not in state:
        if now >= state[key] - 1e-6:
            state[key + " done"] = True
            return True
        wake_at(state[key])
    return False


def acting(groups):
    """Numbers of the rules of which something is still to come, given which go together and, with the number of the rule
    that each is of, the names of their moments (none: for ever)."""
    key = "once {} {} done"
    goes_on = [ns for ns, moments in groups if not moments or any(key.format(*one) not in state for one in moments)]
    return [number for numbers in goes_on for number in numbers]


def later(name, condition, delay):
    """True delay seconds after each step in which the condition was true."""
    key = "later " + str(rule) + " " + name
    due = state.get(key, [])
    if condition:
        due = [*due, now + delay]
    state[key] = [time for time in due if now < time - 1e-6]
    if state[key]:
        wake_at(min(state[key]))
    return len(state[key]) < len(due)


def latest(name, condition, delay):
    """True delay seconds after a step in which the condition was true, unless it was true again meanwhile."""
    key = "latest " + str(rule) + " " + name
    due = state.get(key)
    state[key] = now + delay if condition else due
    if due is not None and not condition:
        wake_at(due)
    if due is None or condition or now < due - 1e-6:
        return False
    state[key] = None
    return True


def is_over(label, began, over):
    """True in the step in which what began before, or begins now, is over."""
    key = "goes on " + str(rule) + " " + label
    goes_on = state.get(key, False) or bool(began)
    state[key] = goes_on and not over
    return goes_on and bool(over)


def begins(label, condition):
    """True in each step in which the condition begins to hold."""
    key = "begins " + str(rule) + " " + label
    before = state.get(key, False)
    state[key] = bool(condition)
    return state[key] and not before


def ends(label, condition):
    """True in each step in which the condition ceases to hold."""
    key = "ends " + str(rule) + " " + label
    before = state.get(key, False)
    state[key] = bool(condition)
    return before and not state[key]


def count(label, happens):
    """In how many steps something has happened so far."""
    key = "count " + str(rule) + " " + label
    state[key] = state.get(key, 0) + bool(happens)
    return state[key]


def nth(label, happens, number):
    """True each time that something happens for so many more times."""
    return count(label, happens) % number == 0 and bool(happens)


def one_after_other(label, first, then):
    """True once the second has happened in a later step than the first."""
    key = "order " + str(rule) + " " + label
    begun, done = state.get(key, (0, False))
    done = done or (bool(then) and 0 < begun < frame)
    state[key] = (begun or (frame if first else 0), done)
    return done
