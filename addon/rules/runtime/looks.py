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
    """Multiply an object's size along its own axes by factors (x, y, z), evenly over so many seconds.

    A body that rests on something and grows at once is lifted with it, for physics would throw out what lies within.
    """
    thing = objects[name]
    if seconds <= dt and moved_by_physics(name) and thing.contacts:
        turned = thing.rotation_quaternion.to_matrix()
        grown = sum(abs(turned[2][i]) * thing.dimensions[i] * (factors[i] - 1) for i in range(3)) / 2
        thing.location.z += max(grown, 0.0)
    set_moving("s", name, "size", (seconds, ease, tuple(objects[name].scale), tuple(factors)))


def seen(name, what):
    """What is seen of an object: its "color", its "light" (how strongly it shines), or the value of a shape key."""
    return look_now(name, look_channel(name, what))


def look_channel(name, what):
    """What is called so of an object: a shape key of that name, else its "color" or its "light"."""
    data = objects[name].data
    keys = data.shape_keys if objects[name].type == "MESH" else None
    return "key " + what if keys is not None and what in keys.key_blocks else what


def look_now(name, what):
    """What is seen of an object, see `channel`."""
    thing = objects[name]
    if what == "color":
        return tuple(thing.data.color if thing.type == "LIGHT" else thing.active_material.diffuse_color)[:3]
    if what != "light":
        return thing.data.shape_keys.key_blocks[what.removeprefix("key ")].value
    return thing.data.energy if thing.type == "LIGHT" else surface(name)["Emission Strength"].default_value


def surface(name):
    """The inputs of the shader of an object's material."""
    return objects[name].active_material.node_tree.nodes["Principled BSDF"].inputs


def set_look(name, what, value):
    """Change at once what is seen of an object, see `channel`."""
    thing = objects[name]
    if what == "color" and thing.type == "LIGHT":
        thing.data.color = value
    elif what == "color":
        thing.active_material.diffuse_color = (*value, thing.active_material.diffuse_color[3])
    elif what != "light":
        thing.data.shape_keys.key_blocks[what.removeprefix("key ")].value = value
    elif thing.type == "LIGHT":
        thing.data.energy = value
    else:
        surface(name)["Emission Strength"].default_value = value


def planned(name, what):
    """What is seen of an object, see `channel`, once all that goes on with it is over."""
    last = [f[6] for f in state.get("fading", []) if (f[0], f[1]) == (name, what)]
    return last[-1] if last else look_now(name, what)


def begin_fade(name, what, value, seconds, ease):
    """Put a change that goes on by itself in the place of one that does so already."""
    kept = [f for f in state.get("fading", []) if (f[0], f[1]) != (name, what)]
    state["fading"] = [*kept, (name, what, now, seconds, ease, look_now(name, what), value)]


def looks_asked(name, what):
    """What rules ask of what is seen of an object, the last one last, by their numbers; "base" is as it was before."""
    found = state.setdefault("asked", {}).setdefault(name, {})
    if what not in found:
        found[what] = {"base": light_now(name) if what == "light" else planned(name, what)}
    return found[what]


def ask_look(name, what, wanted):
    """Let what this rule asks come before what others asked, in the place of what it asked before.

    What no rule says, as in a script that was written as a whole, comes before the rest, and takes the place of none.
    """
    kept = looks_asked(name, what)
    if rule:
        kept.pop(rule, None)
        kept[rule] = wanted
    elif look_wanted(name, what) != wanted:
        kept["free " + str(frame) + " " + str(len(kept))] = wanted
        free = [number for number in kept if str(number).startswith("free")]
        for number in free[:-20]:
            kept.pop(number)


def ask_look_no_more(name, what, by):
    """Take back what a rule asked, or what was asked last where it asked nothing, and return it; None for nothing."""
    kept = looks_asked(name, what)
    others = [number for number in kept if number != "base"]
    return kept.pop(by if by in others else others[-1]) if others else None


def look_wanted(name, what):
    """What is asked last of what is seen of an object, or how it was before anything was."""
    return list(looks_asked(name, what).values())[-1]


def fade(name, what, value, seconds=0.0, ease=False):
    """Change what is seen of an object, see `seen`, evenly over so many seconds."""
    channel = look_channel(name, what)
    ask_look(name, channel, {"level": value} if channel == "light" else value)
    begin_fade(name, channel, value, seconds, ease)


def restore(name, what, seconds=0.0, ease=False):
    """Let what is seen of an object, see `seen`, become what it was before this rule changed it, or the last one did."""
    channel = look_channel(name, what)
    ask_look_no_more(name, channel, rule)
    wanted = look_wanted(name, channel)
    begin_fade(name, channel, wanted["level"] if channel == "light" else wanted, seconds, ease)


def recolor(name, color, seconds=0.0, ease=False):
    """Give a surface, or a light, a color (red, green, blue), each 0 to 1; None is the one that it had at the start."""
    if color is not None:
        ask_look(name, "color", tuple(color))
    elif rule in looks_asked(name, "color"):
        ask_look_no_more(name, "color", rule)
    else:
        state["asked"][name]["color"] = {"base": looks_asked(name, "color")["base"]}
    begin_fade(name, "color", look_wanted(name, "color"), seconds, ease)


def brightest(name):
    """How strongly something shines that is fully on: as it was told, or at the start, or well visibly if it was dark."""
    return last_said(name, "full")


def last_said(name, key):
    """What was said last of how something shines, see `light_now`; None where nothing was."""
    said = [one[key] for one in looks_asked(name, "light").values() if one.get(key) is not None]
    return said[-1] if said else None


def light_now(name):
    """How something shines now.

    Its "level", the "glow" of a surface, what a property "on" says, and its level where it is "full"y on. What is asked of
    it has the same keys, as far as something is said, and "blinks": since when, with what period, how often, dark first.
    """
    thing = objects[name]
    dark = 5.0 if thing.type != "LIGHT" else 3.0 if thing.data.type == "SUN" else 100.0
    level = planned(name, "light")
    glow = None if thing.type == "LIGHT" else glow_color(name)
    return {"level": level, "glow": glow, "on": thing.get("on"), "full": level or dark}


def shine(name, part=1.0, color=None, seconds=0.0, ease=False):
    """Let a light or a mesh shine, at a part of what it does when it is fully on, in its own color or another one."""
    ask_look(name, "light", to_shine(name, part, color))
    light_up(name, seconds, ease)


def to_shine(name, part, color):
    """What is asked of something that is to shine, see `light_now`; a light takes its color at once."""
    thing = objects[name]
    glow = tuple(color) if color is not None and part else None
    if thing.type == "LIGHT" and glow:
        looks_asked(name, "color")
        begin_fade(name, "color", glow, 0.0, False)
    elif thing.type != "LIGHT" and part and not glow and glow_color(name) is not None:
        is_dark = max(glow_color(name)) <= 0.0 or not looks_asked(name, "light")["base"]["level"]
        glow = look_now(name, "color") if is_dark else None
    return {"level": brightest(name) * part, "glow": glow, "on": part > 0}


def shine_with(name, power, color=None, seconds=0.0, ease=False):
    """Let a light shine with so many W, which it is fully on with from now on."""
    asked = to_shine(name, 1.0 if power else 0.0, color)
    ask_look(name, "light", {**asked, "level": power, "full": power or None})
    light_up(name, seconds, ease)


def shine_as_before(name):
    """Let a light or a mesh shine as it did before it was told to shine, to dim or to blink."""
    shine_without(name, rule)


def shine_without(name, by):
    """Let a light or a mesh shine as if a rule, or the last one where it asked nothing, had not asked anything of it."""
    taken = ask_look_no_more(name, "light", by)
    if objects[name].type == "LIGHT" and taken and taken.get("glow"):
        begin_fade(name, "color", last_said(name, "glow") or look_wanted(name, "color"), 0.0, False)
    light_up(name, 0.0, False)


def shine_no_more(name, part):
    """End what this rule asks of a light: at a part of what it does when it is fully on, unless others ask something."""
    looks_asked(name, "light").pop(rule, None)
    if list(looks_asked(name, "light")) == ["base"]:
        looks_asked(name, "light")["base"].update(level=brightest(name) * part, on=part > 0)
    light_up(name, 0.0, False)


def light_up(name, seconds, ease):
    """Let a light or a mesh shine as it is asked to, see `looks_asked`."""
    glow, on = last_said(name, "glow"), last_said(name, "on")
    if glow is not None and objects[name].type != "LIGHT":
        surface(name)["Emission Color"].default_value = (*glow, 1.0)
    if on is not None and "on" in objects[name]:
        objects[name]["on"] = on
    begin_fade(name, "light", look_wanted(name, "light")["level"], seconds, ease)


def glow_color(name):
    """The color of what a mesh gives off; None where nodes set it."""
    try:
        return tuple(surface(name)["Emission Color"].default_value)[:3]
    except TypeError:
        return None


def brightness(name):
    """How strongly something shines, or is about to; of what blinks, in its bright half."""
    asked = look_wanted(name, "light")
    return asked["level"] if asked.get("blinks") else planned(name, "light")


def brighten(name, factor, seconds=0.0, ease=False):
    """Let something shine so many times as strongly as now."""
    blinks = look_wanted(name, "light").get("blinks")
    ask_look(name, "light", {"level": brightness(name) * factor, "blinks": blinks})
    light_up(name, seconds, ease)


def shining(name):
    """Whether a light or a mesh shines, or is about to."""
    return planned(name, "light") != 0


def blink(name, period=1.0, times=0):
    """Let a light or a mesh shine in the first half of every period of so many seconds, so many times, then as before.

    With 0 times it goes on until it is told otherwise. What shines already goes dark so many times.
    """
    dark_first = bool(times) and brightness(name) != 0
    level = brightness(name) or brightest(name)
    asked = to_shine(name, level / brightest(name), None)
    ask_look(name, "light", {**asked, "blinks": (now, period, times, dark_first)})
    light_up(name, 0.0, False)


def stop_blinking(name):
    """Let what blinks shine as it did before it began to."""
    if look_wanted(name, "light").get("blinks"):
        shine_without(name, list(looks_asked(name, "light"))[-1])


def advance_looks():
    """Go on with what blinks and with what changes its looks; the last call of every step."""
    for name in [name for name, what in state.get("asked", {}).items() if "light" in what]:
        blink_on(name)
    goes_on = []
    for name, what, begun, seconds, ease, start, value in state.get("fading", []):
        share = min((now + dt - begun) / seconds, 1.0) if seconds > dt else 1.0
        share = share * share * (3 - 2 * share) if ease else share
        if what == "color":
            set_look(name, what, [a + share * (b - a) for a, b in zip(start, value)])
        else:
            set_look(name, what, start + share * (value - start))
        if now + dt < begun + seconds - 1e-6:
            goes_on.append((name, what, begun, seconds, ease, start, value))
    state["fading"] = goes_on
    if goes_on:
        wake_at(now + dt)


def blink_on(name):
    """Go on with what blinks, and end what has blinked as often as it is to."""
    for number, asked in list(looks_asked(name, "light").items()):
        begun, period, times, _ = asked.get("blinks") or (now, 1.0, 0, False)
        if times and now - begun > (times - 0.5) * period + dt / 2:
            shine_without(name, number)
        elif times:
            wake_at(begun + (times - 0.5) * period + dt / 2)
    if not look_wanted(name, "light").get("blinks"):
        return
    begun, period, _, dark_first = look_wanted(name, "light")["blinks"]
    wake_at(begun + (int((now - begun) / period * 2) + 1) * period / 2)
    lit = (now - begun) % period < period / 2 - 1e-6 or period - (now - begun) % period < 1e-6
    lit = lit != dark_first
    if lit != shining(name):
        begin_fade(name, "light", look_wanted(name, "light")["level"] if lit else 0.0, 0.0, False)
        if "on" in objects[name]:
            objects[name]["on"] = lit


def show_text(name, text):
    """Let a text object read something else."""
    objects[name].data.body = str(text)
