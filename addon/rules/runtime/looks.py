"""What is seen of an object: whether it is, how large it is, its colour, its light, its shape and what it reads.

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


def seen(name, what):
    """What is seen of an object: its "color", its "light" (how strongly it shines), or the value of a shape key."""
    thing = objects[name]
    if what == "color":
        return tuple(thing.data.color if thing.type == "LIGHT" else thing.active_material.diffuse_color)[:3]
    if what != "light":
        return thing.data.shape_keys.key_blocks[what].value
    return thing.data.energy if thing.type == "LIGHT" else surface(name)["Emission Strength"].default_value


def surface(name):
    """The inputs of the shader of an object's material."""
    return objects[name].active_material.node_tree.nodes["Principled BSDF"].inputs


def set_seen(name, what, value):
    """Change at once what is seen of an object, see `seen`."""
    thing = objects[name]
    if what == "color" and thing.type == "LIGHT":
        thing.data.color = value
    elif what == "color":
        thing.active_material.diffuse_color = (*value, thing.active_material.diffuse_color[3])
    elif what != "light":
        thing.data.shape_keys.key_blocks[what].value = value
    elif thing.type == "LIGHT":
        thing.data.energy = value
    else:
        surface(name)["Emission Strength"].default_value = value


def planned(name, what):
    """What is seen of an object, see `seen`, once all that goes on with it is over."""
    last = [f[6] for f in state.get("fading", []) if (f[0], f[1]) == (name, what)]
    return last[-1] if last else seen(name, what)


def fade(name, what, value, seconds=0.0, ease=False):
    """Change what is seen of an object, see `seen`, evenly over so many seconds."""
    state.setdefault("first " + what + " of " + name, seen(name, what))
    keep_before(what + " of " + name, value, planned(name, what))
    begin_fade(name, what, value, seconds, ease)


def keep_before(what, change, before):
    """Remember what was before a change, unless the same rule has said it already and not taken it back."""
    key = (what, rule)
    if key not in state.setdefault("before", {}) or state["before"][key][0] != change:
        state["before"][key] = (change, before)


def was_before(what, otherwise, by):
    """What was before the change of a rule that is taken back, or before the last one where it made none."""
    kept = state.setdefault("before", {})
    keys = [key for key in kept if key[0] == what]
    key = (what, by) if (what, by) in keys or not keys else keys[-1]
    return kept.pop(key, (None, otherwise))[1]


def restore(name, what, seconds=0.0, ease=False):
    """Let what is seen of an object, see `seen`, become what it was before it was changed last."""
    begin_fade(name, what, was_before(what + " of " + name, planned(name, what), rule), seconds, ease)


def begin_fade(name, what, value, seconds, ease):
    """Put a change that goes on by itself in the place of one that does so already."""
    kept = [f for f in state.get("fading", []) if (f[0], f[1]) != (name, what)]
    state["fading"] = [*kept, (name, what, now, seconds, ease, seen(name, what), value)]


def recolor(name, color, seconds=0.0, ease=False):
    """Give a surface, or a light, a color (red, green, blue), each 0 to 1; None is the one that it had at the start."""
    first = state.setdefault("first color of " + name, seen(name, "color"))
    fade(name, "color", first if color is None else tuple(color), seconds, ease)


def brightest(name):
    """How strongly something shines that is fully on: as at the start, or well visibly if it was dark then."""
    first = state.setdefault("first light of " + name, seen(name, "light"))
    thing = objects[name]
    dark = 5.0 if thing.type != "LIGHT" else 3.0 if thing.data.type == "SUN" else 100.0
    return first or dark


def shine(name, part=1.0, color=None, seconds=0.0, ease=False):
    """Let a light or a mesh shine, at a part of what it does when it is fully on, in its own color or another one."""
    keep_before("shine of " + name, (part, color), (brightness(name), glow_color(name)))
    light_up(name, part, color, seconds, ease)


def light_up(name, part, color, seconds, ease):
    """Let a light or a mesh shine, see `shine`."""
    thing = objects[name]
    full = brightest(name)
    if part and (color is not None or (thing.type != "LIGHT" and is_dark(glow_color(name)))):
        set_glow_color(name, color or seen(name, "color"))
    elif part and thing.type != "LIGHT" and not state["first light of " + name] and glow_color(name):
        set_glow_color(name, seen(name, "color"))
    state["blinking"] = [b for b in state.get("blinking", []) if b[0] != name]
    fade(name, "light", full * part, seconds, ease)
    if "on" in thing:
        thing["on"] = part > 0


def shine_as_before(name):
    """Let a light or a mesh shine as it did before it was told to shine, to dim or to blink."""
    take_back_light(name, rule)


def take_back_light(name, by):
    """Let a light or a mesh shine as it did before a rule changed that."""
    level, color = was_before("shine of " + name, (brightness(name), glow_color(name)), by)
    set_glow_color(name, color)
    state["blinking"] = [b for b in state.get("blinking", []) if b[0] != name]
    fade(name, "light", level)
    if "on" in objects[name]:
        objects[name]["on"] = level != 0


def glow_color(name):
    """The color of what a light or a mesh gives off; None where nodes set it."""
    if objects[name].type == "LIGHT":
        return tuple(planned(name, "color"))
    try:
        return tuple(surface(name)["Emission Color"].default_value)[:3]
    except TypeError:
        return None


def set_glow_color(name, color):
    """Change the color of what a light or a mesh gives off; None leaves it."""
    if color is None:
        return
    if objects[name].type == "LIGHT":
        recolor(name, color)
    else:
        surface(name)["Emission Color"].default_value = (*color, 1.0)


def is_dark(color):
    """Whether nothing is seen of a color."""
    return color is not None and max(color) <= 0.0


def brightness(name):
    """How strongly something shines, or is about to; of what blinks, in its bright half."""
    bright = [b[3] for b in state.get("blinking", []) if b[0] == name]
    return bright[-1] if bright else planned(name, "light")


def brighten(name, factor, seconds=0.0, ease=False):
    """Let something shine so many times as strongly as now."""
    state["blinking"] = [
        (other, begun, period, level * factor if other == name else level, times, by)
        for other, begun, period, level, times, by in state.get("blinking", [])
    ]
    fade(name, "light", planned(name, "light") * factor, seconds, ease)


def shining(name):
    """Whether a light or a mesh shines, or is about to."""
    return planned(name, "light") != 0


def blink(name, period=1.0, times=0):
    """Let a light or a mesh shine in the first half of every period of so many seconds, so many times, then as before.

    With 0 times it goes on until it is told otherwise.
    """
    keep_before("shine of " + name, ("blinks", period, times), (brightness(name), glow_color(name)))
    level = brightness(name) or brightest(name)
    light_up(name, level / brightest(name), None, 0.0, False)
    state["blinking"] = [*state["blinking"], (name, now, period, level, times, rule)]


def stop_blinking(name):
    """Let what blinks shine as it did before it began to."""
    for blinking in state.get("blinking", []):
        if blinking[0] == name:
            take_back_light(name, blinking[5])


def advance_looks():
    """Go on with what blinks and with what changes its looks; the last call of every step."""
    for name, begun, period, level, times, by in state.get("blinking", []):
        if times and now - begun > (times - 0.5) * period + dt / 2:
            take_back_light(name, by)
            continue
        lit = (now - begun) % period < period / 2 - 1e-6 or period - (now - begun) % period < 1e-6
        if lit != shining(name):
            begin_fade(name, "light", level if lit else 0.0, 0.0, False)
            if "on" in objects[name]:
                objects[name]["on"] = lit
    goes_on = []
    for name, what, begun, seconds, ease, start, value in state.get("fading", []):
        share = min((now + dt - begun) / seconds, 1.0) if seconds > dt else 1.0
        share = share * share * (3 - 2 * share) if ease else share
        if what == "color":
            set_seen(name, what, [a + share * (b - a) for a, b in zip(start, value)])
        else:
            set_seen(name, what, start + share * (value - start))
        if now + dt < begun + seconds - 1e-6:
            goes_on.append((name, what, begun, seconds, ease, start, value))
    state["fading"] = goes_on


def show_text(name, text):
    """Let a text object read something else."""
    objects[name].data.body = str(text)
