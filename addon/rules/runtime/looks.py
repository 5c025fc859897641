"""What is seen of an object: whether it is, and how large it is.

Source of functions that transition scripts get put in front of them (`link`), not a module: ``objects`` is
``bpy.data.objects``, ``now`` the time in seconds since the start; ``state``, ``frame`` and ``dt`` come from the executor.
``rule`` is the number of the rule at work, so that labels used by two rules never clash.
"""


def hide(name):
    """Hide an object in the window and in pictures; it still moves and collides."""
    objects[name].hide_viewport = True
    objects[name].hide_render = True


def show(name):
    """Show an object again in the window and in pictures."""
    objects[name].hide_viewport = False
    objects[name].hide_render = False


def resize(name, factors, seconds=0.0, ease=False):
    """Multiply an object's size along its own axes by factors (x, y, z), evenly over so many seconds."""
    set_moving("s", name, "size", (seconds, ease, tuple(objects[name].scale), tuple(factors)))
