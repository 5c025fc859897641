"""Opening and closing: what is opened remembers where it was, and closing takes it back there.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def open_door(name, seconds=0.5, way=(0, 0, 1), by=None, share=1.0, ease=False):
    """Move an object by its own height up (its own size any other way, or by metres) within so many seconds."""
    place, size = objects[name].location, objects[name].dimensions
    length = share * sum(abs(w) * s for w, s in zip(way, size)) if by is None else by
    closed = state.get("closed " + name, (place.x, place.y, place.z))
    glide(name, [c + w * length - p for c, w, p in zip(closed, way, place)], seconds, ease)
    state["closed " + name] = closed


def close_door(name, seconds=0.5, ease=False):
    """Take an object back to where it was before it was opened; one that was not is lowered by its own height."""
    if "swung " + name in state:
        swing_back(name, seconds, ease)
        return
    place, size = objects[name].location, objects[name].dimensions
    closed = state.get("closed " + name, (place.x, place.y, place.z - size.z))
    glide(name, [c - p for c, p in zip(closed, place)], seconds, ease)
    state["closed " + name] = closed


def swing_door(name, degrees, axis, side=None, seconds=0.5, ease=False):
    """Swing an object open by degrees about a world axis through its edge on a side; one that is open stays."""
    if "swung " + name not in state:
        swing(name, degrees, axis, side, seconds, ease)
