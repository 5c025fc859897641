"""What shines: lights and lamps that are turned on and off, dimmed, and that blink."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ...fields import BRIGHTEST
from ..colours import told_colour
from ..deeds import deed
from ..grammar import REJECT, Grammar
from ..lamps import is_lamp, shines
from ..model import Effect
from ..modifiers import Pairs, bag
from ..reference import Ref
from ..units import told
from .moving import PACE, Paced, in_turns, no_object, pace

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

DIMS = ("dim", "dim * down", "turn * down")
BRIGHTENS = ("brighten", "brighten * up", "turn * up", "make * brighter")
BLINKS = ("blink", "flash", "flicker", "blink on and off", "flash on and off", "pulse")
GLOWS = ("glow", "glow up", "give off light", "emit light", "begin to glow", "start to glow", "start glowing")
SHINES = ("shine", "light up", "burn", "start shining", "start to shine", "begin to shine", "give light", "shine up")
LIGHTS = ("light up", "light * up", "light", "illuminate", "make * shine", "let * shine")
DARKENS = ("stop shining", "stop glowing", "stop to shine", "stop to glow", "cease to shine", "go dark", "go out", "cease to glow")  # fmt: skip
PERIOD = 1.0
"""Seconds from one blink to the next where nothing is said; slowly is twice that, quickly a quarter."""

TURNS_ON = ("go on", "come on", "turn on", "switch on")
"""What turns other things on too, and is about light where a colour is said."""


class Shining(Effect):
    """What is done to the light of a thing."""

    thing: Ref

    @property
    def paints(self) -> bool:
        """Whether it gives the light a colour."""
        return False

    def claims(self, name: str) -> str:
        """See `Effect.claims`."""
        return "light"

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if missing := no_object(scene, name, "light up"):
            return missing
        obj = scene.objects[name]
        needed = {"material.emission_strength"} | ({"material.emission_color"} if self.paints else set())
        if obj.light is not None or needed <= set(obj.looks):
            return None
        if obj.geometry is None and obj.text is None:
            return f"{name} has no surface, so it cannot shine"
        return f"nodes of {name}'s material set what it emits, so a rule cannot let it shine"


class Shine(Shining, Paced):
    """A light or the surface of a mesh shines as strongly as it can, in part, or not at all; at once or within a time.

    With ``key`` the property is set too that says so; one that is called ``on`` always is.
    """

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, turn on Lamp",
        "As long as Ball touches Plate, Lamp is on",
        "When Ball touches Plate, Bulb lights up",
        "After 1 s, Box glows red",
        "When Ball touches Plate, dim Bulb to 20 % within 2 s",
        "At 3 s, fade Bulb out within 1 s",
    )
    kind: Literal["shine"] = "shine"
    cues: ClassVar[tuple[str, ...]] = ("on", "off", "goes", "comes", "start", "starts", "starting")
    part: float = 1.0
    over: float = 0.0
    colour: tuple[float, float, float] | None = None
    fades: bool = False
    key: str = ""

    @property
    def paints(self) -> bool:
        """See `Shining.paints`."""
        return self.colour is not None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        how = self.pace() if self.over else ""
        if self.fades:
            return f"{self.thing} fade{self.thing.ending} {'in' if self.part else 'out'}{how}"
        if self.colour is not None:
            part = "" if self.part == 1.0 else f" at {told(self.part * 100)} %"
            return f"{self.thing} glow{self.thing.ending} {told_colour(self.colour)}{part}{how}"
        if self.part in (0.0, 1.0) and not self.over and self.key:
            return f"{self.thing} turn{self.thing.ending} {'on' if self.part else 'off'}"
        if self.part in (0.0, 1.0) and not self.over:
            return (
                f"{self.thing} {'shine' if self.part else 'stop'}{self.thing.ending}{'' if self.part else ' shining'}"
            )
        return f"{self.thing} {'are' if self.thing.many else 'is'} dimmed to {told(self.part * 100)} %{how}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        colour = f", color=({', '.join(map(told, self.colour))})" if self.colour is not None else ""
        part = "" if self.part == 1.0 and not (colour or self.over) else f", {told(self.part)}"
        over = f", seconds={told(self.over)}" + (", ease=True" if self.ease else "") if self.over else ""
        lines = [f"shine({name}{part}{colour}{over})"]
        if self.key and self.key != "on":
            lines.append(f"objects[{name}][{json.dumps(self.key, ensure_ascii=False)}] = {self.part > 0}")
        return lines

    def ending(self, name: str) -> list[str]:
        """See `Effect.ending`."""
        lines = self.python(name)
        if self.part not in (0.0, 1.0) or self.colour is not None or self.over:
            return lines
        return [f"shine_no_more({name}, {told(self.part)})", *lines[1:]]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        obj = scene.objects.get(name)
        if self.fades and obj is not None and not (is_lamp(obj) or shines(obj)):
            return f"{name} gives no light that could fade, and nothing becomes transparent by rules; say 'hide {name}'"
        return super().problem(scene, name)

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.model_copy(update={"key": self.key or _switch_of(self.thing, scene)})

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        if self.part not in (0.0, 1.0) or self.colour is not None:
            return ShineAsBefore(thing=self.thing, key=self.key)
        return Shine(thing=self.thing, part=0.0 if self.part else 1.0, key=self.key)


class ShineAsBefore(Shining):
    """A light or a mesh shines as it did before it was told to shine, to dim or to blink."""

    examples: ClassVar[tuple[str, ...]] = ("2 s after Ball touches Plate, Bulb shines as before",)
    kind: Literal["shine_as_before"] = "shine_as_before"
    key: str = ""

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} shine{self.thing.ending} as before"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        lines = [f"shine_as_before({name})"]
        if self.key and self.key != "on":
            lines.append(f"objects[{name}][{json.dumps(self.key, ensure_ascii=False)}] = shining({name})")
        return lines

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.model_copy(update={"key": self.key or _switch_of(self.thing, scene)})


class Power(Shining, Paced):
    """A light shines with so many W (W/m² for a sun)."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Bulb shines with 50 W",
        "After 1 s, set the power of Bulb to 200 W within 2 s",
    )
    kind: Literal["power"] = "power"
    power: float
    over: float = 0.0
    colour: tuple[float, float, float] | None = None

    @property
    def paints(self) -> bool:
        """See `Shining.paints`."""
        return self.colour is not None

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        colour = f" {told_colour(self.colour)}" if self.colour is not None else ""
        how = self.pace() if self.over else ""
        return f"{self.thing} shine{self.thing.ending}{colour} with {told(self.power)} W{how}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        colour = f", color=({', '.join(map(told, self.colour))})" if self.colour is not None else ""
        over = f", seconds={told(self.over)}" + (", ease=True" if self.ease else "") if self.over else ""
        return [f"shine_with({name}, {told(self.power)}{colour}{over})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if problem := super().problem(scene, name):
            return problem
        if scene.objects[name].light is None:
            return (
                f"{name} is a surface that glows, without a power in W; say how bright in %, as in 'dim {name} to 40 %'"
            )
        return f"{told(self.power)} W is too much: at most {told(BRIGHTEST)} W" if self.power > BRIGHTEST else None

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return ShineAsBefore(thing=self.thing)


class StopBlinking(Shining):
    """What blinks shines as it did before."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, Bulb stops blinking",)
    kind: Literal["stop_blinking"] = "stop_blinking"

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} stop{self.thing.ending} blinking"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"stop_blinking({name})"]


class SwitchLight(Shining):
    """What shines goes out, and what does not goes on; where a property says which, that counts."""

    examples: ClassVar[tuple[str, ...]] = (
        "Every 2 s, toggle Lamp",
        "Each time Ball touches Plate, switch Lamp to its other state",
    )
    kind: Literal["switch_light"] = "switch_light"
    key: str = ""

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"{self.thing} toggle{self.thing.ending}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        if not self.key:
            return [f"shine({name}, 0 if shining({name}) else 1)"]
        switch = f"objects[{name}][{json.dumps(self.key, ensure_ascii=False)}]"
        if self.key == "on":
            return [f"shine({name}, 0 if {switch} else 1)"]
        return [f"{switch} = not {switch}", f"shine({name}, 1 if {switch} else 0)"]

    def settled(self, scene: Vocabulary) -> Effect:
        """See `Effect.settled`."""
        return self.model_copy(update={"key": self.key or _switch_of(self.thing, scene)})


class Brighten(Shining, Paced):
    """A thing shines so many times as strongly as it does, within a time, at once where none is said."""

    examples: ClassVar[tuple[str, ...]] = ("When Ball touches Plate, double the brightness of Bulb within 1 s",)
    kind: Literal["brighten"] = "brighten"
    factor: float
    over: float = 0.0

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return f"the brightness of {self.thing} is multiplied by {told(self.factor)}{self.pace() if self.over else ''}"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"brighten({name}, {told(self.factor)}{self.seconds(self.over) if self.over else ''})"]

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return ShineAsBefore(thing=self.thing)


class Blink(Shining):
    """A light or a mesh shines in the first half of every period, so many times, or until it is turned on or off."""

    examples: ClassVar[tuple[str, ...]] = (
        "When Ball touches Plate, Bulb blinks every 0.5 s",
        "Each time Ball touches Plate, Bulb flashes twice",
    )
    kind: Literal["blink"] = "blink"
    period: float = PERIOD
    times: int = 0
    lasts: ClassVar[bool] = True
    endless: ClassVar[bool] = True

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        if not self.times:
            return f"{self.thing} blink{self.thing.ending} every {told(self.period)} s"
        times = "once" if self.times == 1 else f"{self.times} times"
        return f"{self.thing} blink{self.thing.ending} {times} with a period of {told(self.period)} s"

    def python(self, name: str) -> list[str]:
        """See `Effect.python`."""
        return [f"blink({name}, {told(self.period)}{f', {self.times}' if self.times else ''})"]

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        if self.period <= 0:
            return "a period must be longer than 0 s"
        step = scene.graph.world.dt
        if self.period < 2 * step:
            return f"a step lasts {told(step)} s, so it cannot blink every {told(self.period)} s"
        return super().problem(scene, name)

    def undone(self) -> Effect | None:
        """See `Effect.undone`."""
        return ShineAsBefore(thing=self.thing)


def _switch_of(thing: Ref, scene: Vocabulary) -> str:
    """The property that says whether things are on, where all of them have one."""
    has = all(isinstance(scene.objects[name].properties.get("on"), bool) for name in thing.names)
    return "on" if has and thing.names else ""


def _paced(mods: Pairs, *wanted: str) -> tuple[Any, dict[str, Any]]:
    """How long it takes, `REJECT` where that is contradicted or a speed, and what else is said."""
    said = bag(mods)
    times = pace({k: v for k, v in said.items() if k in PACE})
    rest = {k: v for k, v in said.items() if k not in PACE}
    if times is REJECT or "speed" in times or set(rest) - set(wanted):
        return REJECT, rest
    return times, rest


def _glow(x: Ref, mods: Pairs) -> Any:
    times, rest = _paced(mods, "shade", "again", "part", "power")
    if times is REJECT or ("power" in rest and ("part" in rest or rest["power"] < 0)):
        return REJECT
    if "power" in rest:
        return Power(thing=x, power=rest["power"], colour=rest.get("shade"), **times)
    if rest.get("part", 1.0) <= 0:
        return REJECT
    return Shine(thing=x, colour=rest.get("shade"), part=rest.get("part", 1.0), **times)


def _shine(x: Ref, mods: Pairs) -> Any:
    return _glow(x, mods) if {"shade", "power", "part"} & set(bag(mods)) else REJECT


def _power(f: dict[str, Any]) -> Any:
    return _glow(f["x"], (*f.get("m", ()), ("power", f["p"])))


def _darken(x: Ref, mods: Pairs) -> Any:
    times, _ = _paced(mods, "again")
    return REJECT if times is REJECT else Shine(thing=x, part=0.0, **times)


def _dim(x: Ref, mods: Pairs, up: bool = False) -> Any:
    times, rest = _paced(mods, "part")
    if times is REJECT or "part" not in rest or rest["part"] < 0:
        return REJECT
    return Shine(thing=x, part=rest["part"], **times)


def _fade(x: Ref, mods: Pairs, part: float) -> Any:
    times, rest = _paced(mods)
    return REJECT if times is REJECT or rest else Shine(thing=x, part=part, fades=True, **({"over": 1.0} | times))


def _blink(x: Ref, mods: Pairs, times: int = 0) -> Any:
    said = bag(mods)
    if set(said) - {"period", "manner"} or ("manner" in said and "period" in said):
        return REJECT
    if times and "period" in said:  # 'three times every 2 s' may be as often in each 2 s
        return REJECT
    return Blink(thing=x, period=said.get("period", said.get("manner", PERIOD)), times=times)


def _stop_blinking(x: Ref, mods: Pairs) -> Any:
    return REJECT if mods else StopBlinking(thing=x)


def _brighten(f: dict[str, Any], factor: float | None = None) -> Any:
    times, rest = _paced(f.get("m", ()))
    factor = f["n"] if factor is None else factor
    return REJECT if times is REJECT or rest or factor <= 0 else Brighten(thing=f["x"], factor=factor, **times)


def add(g: Grammar) -> None:
    """Ways to say it."""
    g.add(
        "mod", "[in|with|in a|with a] [colour|color] {c:shade} [light|glow|colour|color]", lambda f: ("shade", f["c"])
    )
    g.add("mod", ["(to|at) {p:percent} [of (its|the) [full|original|whole] (brightness|strength|power|light)]"], lambda f: ("part", f["p"] / 100))  # fmt: skip
    g.add("mod", ["(with|at|of) [a] [power|strength|brightness] [of] {v:power}"], lambda f: ("power", f["v"]))
    g.add("mod", "to (half|half of it|half its (brightness|strength|power)|half brightness|half strength)", lambda f: ("part", 0.5))  # fmt: skip
    g.add("mod", "to (full|full brightness|full strength|its full brightness|the maximum)", lambda f: ("part", 1.0))
    g.add("mod", ["(every|each) {t:time}", "(once|one time) (every|each|per|in) {t:time}", "with a period of {t:time}"], lambda f: ("period", f["t"]))  # fmt: skip
    g.add("mod", ["{n:count} (a|per|each|every) second"], lambda f: ("period", 1 / f["n"]) if f["n"] else REJECT)
    deed(g, in_turns(_glow), does=GLOWS, verbs=("make * glow", "let * glow"))
    deed(g, in_turns(_glow), does=SHINES, verbs=LIGHTS)
    deed(g, in_turns(_shine), does=TURNS_ON, verbs=("turn * on", "switch * on"))
    deed(g, in_turns(_darken), does=DARKENS, verbs=("darken",))
    deed(g, _stop_blinking, does=tuple(f"stop {b}" for b in ("blinking", "flashing", "flickering", "pulsing")))
    g.add("clause", "(stop|end) (blinking|flashing) {x:thing} {m:mods}", lambda f: _stop_blinking(f["x"], f["m"]))
    deed(g, in_turns(_dim), verbs=DIMS, does=("dim", "dim down"))
    deed(g, lambda x, m: _fade(x, m, 0.0), verbs=("fade * out",), does=("fade out", "fade away", "slowly go out"))
    deed(g, lambda x, m: _fade(x, m, 1.0), verbs=("fade * in",), does=("fade in",))
    g.add("clause", [
        "{x:thing} (shines|glows|burns|is|lights) [again] [(just|exactly)] as [it did|it was|bright as|brightly as] before {m:mods}",
        "{x:thing} (shine|glow|burn|are|light) [again] [(just|exactly)] as [they did|they were|bright as|brightly as] before {m:mods}",
        "(let|make) {x:thing} (shine|glow|burn) as before {m:mods}",
    ], lambda f: ShineAsBefore(thing=f["x"]) if not f.get("m") else REJECT)  # fmt: skip
    deed(g, _blink, verbs=("blink", "flash", "make * blink", "let * blink", "make * flash"), does=BLINKS)
    g.add("flashes", ["once", "(one|a single|a) time", "one single time"], lambda f: 1)
    g.add("flashes", ["twice", "two times"], lambda f: 2)
    g.add("flashes", "{n:count}", lambda f: int(f["n"]) if f["n"] >= 1 and f["n"] == int(f["n"]) else REJECT)
    blinks = "(blinks|blink|flashes|flash|flickers|flicker|pulses|pulse)"
    g.add("clause", [f"{{x:thing}} {blinks} [just|only] {{n:flashes}} {{m:mods}}", "(blink|flash|make|let) {x:thing} [blink|flash] [just|only] {n:flashes} {m:mods}"], lambda f: _blink(f["x"], f.get("m", ()), f["n"]), cost=-0.2)  # fmt: skip
    g.add("clause", f"{{x:thing}} {blinks} {{n:flashes}} with a period of {{t:time}}", lambda f: Blink(thing=f["x"], period=f["t"], times=f["n"]), cost=-0.3)  # fmt: skip
    shine = "(brightness|energy|intensity|emission|strength|light|glow|luminosity|wattage|power)"
    of = f"({shine} of {{x:thing}}|{{x:thing}} 's {shine})"
    for verb, participle, factor in (("double", "doubled", 2.0), ("halve", "halved", 0.5), ("triple", "tripled", 3.0)):
        build = lambda f, n=factor: _brighten(f, n)  # noqa: E731
        g.add("clause", [f"{verb} {of} {{m:mods}}", f"{of} (is|gets|shall be|should be) {participle} {{m:mods}}", f"{of} {verb}~fin {{m:mods}}"], build)  # fmt: skip
    g.add("clause", [f"multiply {of} (by|with) {{n:number}} {{m:mods}}", f"{of} (is|gets|shall be) multiplied (by|with) {{n:number}} {{m:mods}}"], lambda f: _brighten(f))  # fmt: skip
    for words, factor in (("twice as", 2.0), ("half as", 0.5), ("three times as", 3.0)):
        g.add("clause", [f"{{x:thing}} (becomes|gets|is|shines|glows|burns) {words} (bright|brightly|strongly|strong) {{m:mods}}", f"(make|let) {{x:thing}} [shine|glow|burn|be] {words} (bright|brightly|strongly|strong) {{m:mods}}"], lambda f, n=factor: _brighten(f, n))  # fmt: skip
    change = "(set|change|dim|bring|turn|raise|lower|reduce|increase) [down|up]"
    g.add("clause", [f"{change} ({of}|{{x:thing}}) to {{p:power}} {{m:mods}}", f"{of} (becomes|goes to|is set to|drops to|rises to|falls to) {{p:power}} {{m:mods}}"], _power)  # fmt: skip
    g.add("clause", [f"{change} {of} to {{p:percent}} {{m:mods}}", f"{of} (becomes|goes to|is set to|drops to|rises to|falls to) {{p:percent}} {{m:mods}}"], lambda f: _dim(f["x"], (*f.get("m", ()), ("part", f["p"] / 100))))  # fmt: skip
