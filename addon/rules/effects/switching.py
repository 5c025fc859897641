"""Ways to say that properties are turned on and off, set and counted."""

from __future__ import annotations

import re
from typing import Any

from ..deeds import DUE, ELIDED, IMPARTED, OCCURS, RECEIVES, MakeEffect, deed
from ..grammar import REJECT, Build, Fields, Grammar
from ..modifiers import Pairs, bag, in_turn, only
from ..reference import Ref
from .property import AddProperty, MultiplyProperty, SetProperty

Owned = tuple[Ref, str]

ON = (
    "turn * on", "make * on", "bring * to light", "let * light", "switch * to active", "keep * on", "leave * on", "switch * on", "put * on", "activate", "light * up", "light", "enable", "power * up", "power * on", "illuminate",
    "start", "start * up", "set * going", "get * going", "get * running", "put * into operation", "put * in operation", "bring * into operation", "set * in operation", "energise", "energize", "fire * up", "boot * up", "set * alight",
    "bring * to life", "flick * on", "flip * on", "click * on", "kindle", "ignite", "bring * on", "toggle * on", "power", "arm",
    "run", "put * in function", "set * in function", "put * into action", "bring * into action", "put * to work", "set * to work", "set * running", "start running", "turn * to on", "switch * to on",
)  # fmt: skip
OFF = (
    "turn * off", "keep * off", "leave * off", "switch * off", "shut * off", "deactivate", "disable", "put * out", "extinguish", "douse", "power * down",
    "power * off", "flick * off", "flip * off", "click * off", "turn * out", "toggle * off", "darken", "quench", "turn * to off", "switch * to off", "put * out of operation", "take * out of operation",
)  # fmt: skip
GOES_ON = (
    "go on",
    "come on",
    "light up",
    "turn on",
    "switch on",
    "burn",
    "activate",
    "power up",
    "shine",
    "come alight",
    "get lit",
    "start",
    "start up",
    "spring to life",
    "come to life",
    "start running",
    "begin to shine",
    "give light",
    "be on",
    "make on", "be to make on", "get active", "lighten", "light itself", "light", "run", "work", "ignite", "start to work", "start working", "start to run", "start to shine", "start to light", "start to burn", "start shining", "start burning", "begin to work", "begin to run", "begin to burn", "begin to light", "go to on", "switch to on", "turn to on", "change to on", "kick in",
    "spring into action", "come alive", "go into action", "come into operation", "go into operation", "get power", "receive power", "shine up", "light on",
)  # fmt: skip
GOES_OFF = (
    "go out",
    "go dark",
    "turn off",
    "switch off",
    "die",
    "power down",
    "stop burning",
    "stop shining",
    "burn out",
    "stop working", "stop running", "stop to shine", "stop to burn", "stop to work", "stop to run", "cease to shine", "cease to burn", "cease to work", "cease to run", "cease shining", "cease burning", "cease working", "go to off", "switch to off", "turn to off", "change to off", "black out", "lose power",
)  # fmt: skip
INCREMENTS = ("increment", "count * up", "step * up", "bump * up", "notch * up", "tick * up")
DECREMENTS = ("decrement", "count * down", "step * down", "bump * down", "notch * down", "tick * down")
RAISES = (
    "increase",
    "raise",
    "up",
    "boost",
    "grow",
    "lift",
    "put * up",
    "enlarge",
    "bring * up",
    "push * up",
    "heighten",
)
LOWERS = ("decrease", "lower", "reduce", "diminish", "cut", "drop", "bring * down", "shrink", "bring * down", "lessen")
RISES = ("increase", "rise", "grow", "go up", "climb", "jump up", "advance", "move up", "mount")
FALLS = ("decrease", "fall", "go down", "drop", "sink", "shrink", "come down", "diminish", "move down")
COUNTS_UP = ("count up", "tick up", "step up", "increment", "count")
COUNTS_DOWN = ("count down", "tick down", "step down", "decrement")
GAINS = "(gets|get|gains|gain|earns|earn|scores|score|receives|receive|wins|win|is given|is awarded|is credited with|collects|has)"
LOSES = "(loses|lose|is docked|forfeits|gives up)"
MORE = "[more|extra|further|additional|up|to it|each time|every time|again|higher|larger|greater|bigger]"
LESS = "[less|fewer|down|from it|each time|every time|again|lower|smaller]"
UNIT = "[point|points|unit|units|step|steps|{k:key}]"
BECOMES = (
    "becomes|become|is set to|are set to|is now|shall be|shall become|should be|should become|must be|must become|will be|will become|"
    "is|are|gets|goes|go|turns|turn|=|: =|: =|equals|is put to|is changed to|changes to|change to|is to be|is to become|switches to|"
    "goes to|jumps to|goes back to|back to|returns to|falls back to|drops back to|drops to|comes to|reads|read|shows|show|says|set to|be|must equal|has to be|needs to be|then is|is put at|takes the value|"
    "takes on the value|gets the value|has the value|is given the value|is assigned the value|is assigned|will read|turns into|to"
)
SETS = "(set|change|adjust|put|switch|turn|reset|update|fix|flip|move|initialise|initialize|overwrite|alter|modify|bring|edit|replace)"


def _properties(g: Grammar) -> None:
    """A thing's property by name, as ``property``; or the one that the scene tells, as ``counter`` and ``switch``."""
    own: Build = lambda f: (f["x"], f["k"])  # noqa: E731
    beside: Build = lambda f: own(f) if f["k"].lower() not in ("on", "off") else REJECT  # noqa: E731
    g.add(
        "property",
        [
            "{x:thing} . {k:key}",
            "{x:thing} 's [property|value|custom property|own|current] {k:key} [property|value|counter|field|flag|state]",
            "[value of|value of property] {k:key} [property|value|counter|field|flag|state] (of|on|in|at|for|from|belonging to) {x:thing}",
            "property {k:key} (of|on|in|at) {x:thing}",
        ],
        own,
    )
    g.add("property", "{x:thing} {k:key} [property|value|counter|field|flag]", beside)
    g.add(
        "terse_value",
        "{q:quantity}",
        lambda f: _whole(f["q"].value) if f["q"].dimension == "number" and f["q"].said[0] not in "+-−" else REJECT,
    )
    g.add("terse_value", ["{t:text}"], lambda f: f["t"])
    g.value("terse_value", {"(true|yes|on)": True, "(false|no|off)": False})
    for said in ("its", "their"):
        thing = Ref(names=(), said="it" if said == "its" else "they", pronoun=True)
        g.add("property", f"{said} [own|property] {{k:key}} [property|value]", _owned_by(thing), cost=0.1)
    g.add("property", "{k:key} [property|value]", lambda f: (Ref(names=()), f["k"]), cost=0.2)
    for counted in ("switch", "counter", "property"):
        g.add(f"elided/{counted}", "", lambda f: (ELIDED, ""))
    g.add("switch", ["{x:thing}"], lambda f: (f["x"], ""), cost=0.02)
    state = "[on / off|on-off|switch|switching] (state|switch|status) of {x:thing}"
    g.add("switch", ["(light|lights|power) of {x:thing}", "{x:thing} 's (light|lights|power)"], lambda f: (f["x"], ""))
    g.add(
        "switch",
        [state, "switch of {x:thing}", "{x:thing} 's [on / off|on-off] (switch|state)"],
        lambda f: (f["x"], ""),
    )
    g.add("switch", "{p:property}", lambda f: f["p"])
    g.add("counter", "{x:thing}", lambda f: (f["x"], ""), cost=0.02)
    g.add("counter", "{p:property}", lambda f: f["p"])


def _values(g: Grammar) -> None:
    """What a property can be set to, as ``value``; a bare word only as ``word_value``."""
    g.value("value", {"(true|yes)": True, "(false|no)": False, "on": True, "off": False})
    g.add("value", "{n:figure}", lambda f: f["n"])
    g.add("value", ["{t:text}", "text {t:text}"], lambda f: f["t"])
    g.add("figure", "[value|number|exactly] {n:number}", lambda f: _whole(f["n"]))
    g.add("whole", "{n:number}", lambda f: _whole(f["n"]))
    g.add("figure", "minus {n:number}", lambda f: -_whole(f["n"]))
    g.add("mod", "[,] LPAR {k:key} [=|is|to be|becomes] {v:value} RPAR", lambda f: ("named", (f["k"], f["v"])))
    g.add("any_value", "{v:value}", lambda f: f["v"])
    g.add("any_value", "{w:spelled}", lambda f: f["w"], cost=0.5)
    g.add(
        "mod", f"(by|for|with|of) [an extra|another|a further|exactly|an additional] {{n:whole}} {UNIT} {MORE}", _delta
    )
    g.add("mod", f"[an extra|another] {{n:whole}} {UNIT} {LESS}", _delta, cost=0.05)
    g.add("mod", "by [an|a] single (unit|point|step)", lambda f: ("delta", 1))
    g.add("mod", "one (up|down|more|less|higher|lower)", lambda f: ("delta", 1), cost=0.05)
    g.add("mod", "(to|until it is|so that it is|to be) {v:value}", lambda f: ("level", f["v"]))
    stays = "(leave|keep|let) (it|them) [stay|to stay|be]|[it|they] (stays|stay|remains|remain|keeps|is to stay|shall stay|should stay|will stay|is left|are left)"
    for words, state in (("(on|lit|alight|running)", True), ("(off|out|dark|unlit)", False), ("(so|that way|like that|like this|this way)", None)):  # fmt: skip
        g.add("mod", f"[,|;|.] [and|then] ({stays}) {words}", lambda f, s=state: ("stay", s))


def _delta(fields: Fields) -> Any:
    return "delta", fields["n"]


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _switch(owned: Owned, mods: Pairs, value: bool) -> Any:
    said = bag(mods)
    key, named = said.get("named", (owned[1], value))
    if said.pop("stay", None) not in (None, value):
        return REJECT
    if not only(said, "again", "turns", "whole", "named") or named != value or owned[1] not in ("", key):
        return REJECT
    return in_turn(SetProperty(thing=owned[0], key=key, value=value), said)


def _count(owned: Owned, mods: Pairs, sign: int, default: bool = False) -> Any:
    said = bag(mods)
    if not only(said, "delta", "again", "level", "turns"):
        return REJECT
    if "level" in said:
        return REJECT if "delta" in said else _set(owned, said["level"])
    if "delta" not in said and not default:
        return REJECT
    return in_turn(AddProperty(thing=owned[0], key=owned[1], amount=sign * said.get("delta", 1)), said)


def _set(owned: Owned, value: Any) -> Any:
    return SetProperty(thing=owned[0], key=owned[1], value=value)


def _add(f: Fields, sign: int = 1) -> Any:
    thing, key = f["p"]
    named = f.get("k", "")
    if named and key and named != key:
        return REJECT
    return AddProperty(thing=thing, key=key or named, amount=sign * f["n"])


def _owned_by(thing: Ref) -> Build:
    return lambda f: (thing, f["k"])


def _to(value: bool) -> Build:
    return lambda f: _set(f["p"] if "p" in f else (f["x"], f["k"]), value)


def _turned(value: bool) -> Build:
    return lambda f: _switch(f["x"], (), value)


def _turned_own(value: bool) -> Build:
    return lambda f: _switch((f["x"], ""), (), value)


def _going_off(value: bool) -> MakeEffect:
    return lambda owned, mods: _goes_off(owned, mods, value)


def _multiplied(factor: float) -> MakeEffect:
    return lambda owned, mods: _multiply(owned, mods, factor)


def _switching(g: Grammar) -> None:
    deed(g, lambda x, m: _switch(x, m, True), verbs=ON, does=GOES_ON, nouns=("activation", "switching on", "turning on", "putting on", "lighting", "lighting up", "kindling", "ignition", "powering up", "illumination", "energising", "start", "starting"), states=("on", "active", "lit", "alight", "lit up", "lighted", "in operation", "into operation", "activated", "running", "to on", "into on", "(in|into|to) [its|their] on state", "[in|into] its on state", "to state on", "(to|into|in) state on", "switched on", "turned on", "in action", "burning", "shining"), thing="switch")  # fmt: skip
    deed(g, lambda x, m: _switch(x, m, False), verbs=OFF, does=GOES_OFF, nouns=("deactivation", "switching off", "turning off", "extinction", "extinguishing"), states=("off", "inactive", "unlit", "dark", "out", "to off", "into off", "(in|into|to) [its|their] off state", "to state off", "not active", "not lit", "switched off", "turned off", "(no longer|no more|not any more) (on|lit|active|burning|shining|running)", "not (on|lit|active|burning|shining|running) (any more|anymore|any longer)", "out of operation"), thing="switch")  # fmt: skip
    for value in (True, False):
        deed(g, _going_off(value), does=("go off",), thing="switch")


_SOUNDING = re.compile(
    r"alarm|siren|bell|horn|buzzer|bomb|rocket|firework|timer|clock|gun|cannon|detector|whistle", re.IGNORECASE
)


def _goes_off(owned: Owned, mods: Pairs, value: bool) -> Any:
    """A lamp that goes off is out; an alarm that goes off may also be on."""
    if value and not any(_SOUNDING.search(name) for name in owned[0].names):
        return REJECT
    return _switch(owned, mods, value)


def _setting(g: Grammar) -> None:
    set_it = lambda f: _set(f["p"], f["v"])  # noqa: E731
    texts = [
        f"{SETS} {{p:property}} (to|at|=|: =|with|so that it is|to be|so that it becomes|to value|to the value|over to|into|on) {{v:any_value}}",
        "(make|let|have) {p:property} [to] [be|equal|become|read|show|say|go to|=|turn] {v:any_value}",
        f"{{p:property}} [then|now|also|thus] ({BECOMES}) {{v:any_value}} [again|once more]",
        "(assign|store|put|write|save|enter|give|load) [the] [value] {v:any_value} (to|in|into|as|on|for) {p:property}",
        "give {p:property} [the] value [of] {v:any_value}", "{v:any_value} is (assigned to|written to|stored in|put in|put into) {p:property}",
        "{p:property} {v:terse_value}", f"[the] value {{v:value}} [,] {IMPARTED} {{p:property}}", f"{{p:property}} {RECEIVES} [the|a] value [of|=|:] {{v:value}}",
    ]  # fmt: skip
    g.add("clause", texts, set_it)
    g.add("clause", [
        "{x:thing} (has|have|gets|shall have) {k:key} (=|set to|equal to|as|of|to be) {v:any_value}", "{x:thing} (has|gets|shall have) {k:key} {v:any_value}",
        "give {x:thing} [a] {k:key} of {v:any_value}", "{x:thing} : {k:key} (=|becomes|is|: =|-> ) {v:any_value}",
    ], lambda f: _set((f["x"], f["k"]), f["v"]))  # fmt: skip
    g.add("clause", [
        "(set|reset|change|adjust|put|update) {p:counter} (to|at|=|: =) {v:figure}", "{p:counter} [then|now] (becomes|is set to|shows|reads|is now|goes to|jumps to|goes back to|back to|returns to|drops to|falls back to|resets to|: =|=) {v:figure}",
        "(let|make|have) {p:counter} (show|read|be|become|say|display) {v:figure}", "{p:counter} (shows|reads|says|displays) {v:text}",
        "(let|make|have) {p:counter} (show|read|say|display) {v:text}",
    ], set_it)  # fmt: skip
    g.add(
        "clause",
        "{x:thing} [:|=|then|also] {k:key}",
        lambda f: _set((f["x"], f["k"]), True) if f["k"].lower() not in ("on", "off") else REJECT,
        cost=0.5,
    )
    scored = "(plus|+|[and] bonus of|extra|another|award|add|score|gain|get|give|count|there is a bonus of|there are)"
    g.add("clause", f"{scored} {{n:whole}} [extra|bonus|more] {{k:key}}", lambda f: _add({**f, "p": (Ref(names=()), f["k"])}), cost=0.3)  # fmt: skip
    g.add("clause", "(plus|+|another|award|add|score|gain|count|one more|mark|note) {k:key_one}", lambda f: _add({"n": 1, "p": (Ref(names=()), f["k"])}), cost=0.3)  # fmt: skip
    g.add("clause", "{p:property} (:|->) {v:value}", set_it, cost=0.3)
    g.add("clause", "[the] {k:key} (!|)", lambda f: _set((Ref(names=()), f["k"]), True) if f["k"].lower() not in ("on", "off") else REJECT, cost=0.6)  # fmt: skip
    g.add("clause", ["(zero|clear) {p:counter}", "(reset|zero|clear) {p:counter} to zero"], lambda f: _set(f["p"], 0))
    g.add(
        "clause",
        "reset {p:counter} [to (its|the) (start|starting|initial|original|first) value|again]",
        lambda f: _set(f["p"], None),
    )
    for text, value in (("", True), ("not", False)):
        g.add("clause", [
            f"{{x:thing}} [then] (is|becomes|gets|turns|shall be|should be|goes|will be) {text} {{k:key}}", f"(make|set|render|get) {{x:thing}} {text} {{k:key}}", f"mark {{x:thing}} as {text} {{k:key}}",
        ], _to(value))  # fmt: skip
    g.add(
        "clause",
        "(raise|trigger|set|set off|sound) {p:property} [LPAR true RPAR]",
        lambda f: _set(f["p"], True),
        cost=0.3,
    )
    g.add("clause", "{x:thing} is (no longer|not any more) {k:key}", lambda f: _set((f["x"], f["k"]), False))
    for text, value in (("on", True), ("off", False)):
        g.add("clause", f"{{x:switch}} [then|:] {text} [again]", _turned(value), cost=0.1)
        g.add("clause", f"{{x:switch}} (,|: =|->|-|=|{DUE}|{DUE} to) {text}", _turned(value), cost=0.3)
        first = text if value else "(off|out)"
        g.add("clause", f"{first} (:|with|goes|go|comes|is) {{x:switch}}", _turned(value), cost=0.2)
        g.add("clause", f"{{x:thing}} . {text}", _turned_own(value), cost=0.3)
    g.add("clause", ["give [some] power to {x:switch}", "give {x:switch} [some] power", "power for {x:switch}", "(up|on) lights {x:switch}", "[up|on] (comes|come|goes|lights) on {x:switch}", "on (comes|come|with) {x:switch}", "<there_is> (lit|lighted|burning|shining|lit up|active) {x:switch}", "give {x:switch} [some] light", "let there be light (:|on|from|in|by) {x:switch} [on]"], _turned(True))  # fmt: skip
    g.add("clause", "{x:thing} {k:key} (=|: =|: ->|->|:) {v:value}", lambda f: _set((f["x"], f["k"]), f["v"]), cost=0.1)
    for text, value in (("true", True), ("false", False)):
        g.add("clause", [f"{{p:switch}} (becomes|is|goes|turns|shall be|is set to|=) {text}", f"(set|make|put|turn) {{p:switch}} [to|to be] {text}"], _to(value), cost=0.05)  # fmt: skip
    deed(g, lambda x, m: SetProperty(thing=x[0], key=x[1], value=None) if only(bag(m), "home", "again") else REJECT, verbs=("restore", "put * back"), thing="property")  # fmt: skip


def _by_their_names(g: Grammar) -> None:
    """Properties called by what is counted or done: ``add a stroke``, ``ring the bell``."""
    more = "[one|another|one more|an extra|a further|just one]"
    give = "(add|count|score|award|give|tally|note|book|log|register|record|mark|credit)"
    one = lambda f: AddProperty(thing=f.get("x", Ref(names=())), key=f["k"], amount=f.get("n", 1))  # noqa: E731
    for lead in (more, "{n:whole} [more|extra|further]"):
        key = "{k:key_one}" if lead == more else "({k:key_one}|{k:key})"
        g.add("clause", [f"{give} {lead} {key} [to|for|on|with] {{x:thing}}", f"{give} {{x:thing}} {lead} {key}", f"{{x:thing}} (gets|earns|receives|scores) {lead} {key}", f"{lead} {key} [is] (added|counted|awarded|given|credited) to {{x:thing}}"], one)  # fmt: skip
        g.add("clause", f"{give} {lead} {key}", one, cost=0.1)
    g.add("clause", "{k:key_verb} {x:thing}", lambda f: _set((f["x"], f["k"]), True), cost=-0.3)
    g.add("clause", "{x:thing} (shows|reads|displays|says|has|shall show|should show|must show|is to show) {k:key} [=|:|of|is] {v:value}", lambda f: _set((f["x"], f["k"]), f["v"]), cost=0.1)  # fmt: skip


def _counting(g: Grammar) -> None:
    deed(g, lambda x, m: _count(x, m, 1, True), verbs=INCREMENTS, does=COUNTS_UP, thing="counter")
    deed(g, lambda x, m: _count(x, m, -1, True), verbs=DECREMENTS, does=COUNTS_DOWN, thing="counter")
    deed(g, lambda x, m: _count(x, m, 1), verbs=RAISES, does=RISES, nouns=("increase", "increment"), thing="property")
    deed(g, lambda x, m: _count(x, m, -1), verbs=LOWERS, does=FALLS, nouns=("decrease", "decrement"), thing="property")
    deed(g, lambda x, m: _count(x, m, 1), verbs=("increase",), does=("increase", "grow", "go up"), thing="counter")
    deed(g, lambda x, m: _count(x, m, -1), verbs=("decrease",), does=("decrease", "go down"), thing="counter")
    n = f"[a|an|the|another|an extra|a further|plus|+ ] {{n:whole}} {UNIT} {MORE}"
    less = f"[a|another|minus] {{n:whole}} {UNIT} {LESS}"
    into = "(to|on|onto|into|in|for|on top of|towards)"
    g.add(
        "clause",
        [
            f"[(we|you|i) [must|should|have to|can]] (add|put|count|award|give|credit|score|grant|tally|book|chalk up|mark up) {n} {into} {{p:counter}} [again|more|each time]",
            f"{n} (gets|is|are|shall be|should be|must be|will be|to be|is to be|has to be) (added|counted|put|awarded|given|credited|scored|tallied) {into} {{p:counter}}",
            f"{n} {into} {{p:counter}}",
            f"(give|award|grant|hand) {{p:counter}} {n}",
            f"{{p:counter}} {GAINS} {n} [added|put on|on top|added to it|to its name]",
            f"(chalk|mark|put|clock|notch|rack|score|ring) {n} [up] {into} {{p:counter}}",
            f"{n} (goes|go|comes|come|is to go|shall go|must go|has to go) [up] {into} {{p:counter}}",
            f"[and] (it|that|this) is (worth|good for) {n} [up] {into} {{p:counter}}",
            f"(increase|raise|increment|up|bump|boost|lift) by {{n:whole}} {UNIT} {{p:counter}}",
            "{p:counter} (is|gets|must be|shall be|should be|has to be|becomes|is to be) [made|put|set] [with|by] {n:whole} (larger|higher|bigger|greater|more|up)",
            f"(addition|adding) of {n} {into} {{p:counter}} [,] [<happens_to>]",
            f"(increase|increment|rise|addition) (by|of|with) {{n:whole}} {UNIT} [,] [is|are|shall be|is to be|must be|gets|should be|has to be] [made|done|applied|given|added|effected|granted] {into} {{p:counter}}",
            f"{{p:counter}} (+ =|+|plus|: plus|: +|up|: + =) {{n:whole}} {UNIT}",
            "(make|let) {p:counter} {n:whole} (larger|higher|bigger|greater|more)",
            "{p:counter} [:|is|becomes|shows] {n:whole} (up|more|higher)",
            f"(to|on|onto) {{p:counter}} [,] [there] [(must|shall|should|is|has to|will|are|gets|is to) [be]] (added|add|put|counted|credited) [also] {n}",
            f"(to|on|onto) {{p:counter}} [,] {n} (is|are|must be|shall be|should be|has to be|is to be|gets|will be) (added|put|counted|credited)",
            f"there (is|are|must be|shall be|should be|has to be) added {n} {into} {{p:counter}}",
            "{p:counter} [:] up by {n:whole}",
            "+ {n:whole} {p:counter}",
            "(make|let) {p:counter} (bigger|larger|higher|greater|more) (by|with) {n:whole}",
            "(must|should|shall|is to) be added {n:whole} to {p:counter}",
            "(make|let) {p:counter} (go up|rise|grow|increase|climb|count up) by {n:whole}",
            "{p:counter} (becomes|gets|goes|is|grows|shall be|should be) (bigger|larger|higher|greater|more|up) (by|with) {n:whole}",
            "{p:counter} (becomes|gets|goes|grows|is) {n:whole} (bigger|larger|higher|greater)",
            "(bump|push|step|put|increase) {p:property} [up] (by|with) {n:whole}",
            "(increase|increment|rise|addition) of {p:counter} (by|of|with) {n:whole} [,] <happens_to>",
        ],
        _add,
    )
    point = f"{{p:counter}} {GAINS} [another|an extra|a further] point"
    g.add("clause", ["{p:counter} + +", "+ + {p:counter}", point, "(give|award) {p:counter} [another] point", "[another] point (for|to) {p:counter}"], lambda f: _add({**f, "n": 1}))  # fmt: skip
    g.add("happens_to", OCCURS)  # fmt: skip
    g.add("clause", [
        f"{{p:counter}} {GAINS} {n} (on|in|to|at|for) (its|their|his) {{k:key}}", "{p:counter} [has to|must|shall|should|is to|will] (become|becomes|get|gets|be|have|has) (plus|+) {n:whole} (on|in|to|at|for) (its|their|his|the) {k:key}",
        "plus {n:whole} {k:key} (on|for|to) {p:counter}", "{p:counter} = {p2:counter} + {n:whole}",
    ], lambda f: _add(f) if f.get("p2", f["p"]) == f["p"] else REJECT)  # fmt: skip
    g.add("clause", [
        f"(subtract|take|deduct|remove|take away|take off|dock|knock) {less} (from|off|out of|away from) {{p:counter}}",
        f"{less} (gets|is|are|shall be|should be) (subtracted|taken|deducted|removed|taken away) (from|off) {{p:counter}}",
        f"(from|off) {{p:counter}} [,] [there] [(must|shall|should|is|has to|will|are|is to) [be]] (subtracted|taken|deducted|removed|taken away|take|subtract|deduct) {less}", f"(from|off) {{p:counter}} [,] {less} (is|are|must be|shall be|should be|has to be|is to be) (subtracted|taken|deducted|removed|taken away)",
        f"{{p:counter}} {LOSES} {less}", f"{{p:counter}} (- =|-|minus|: minus) {{n:whole}} {UNIT}", "(make|let) {p:counter} {n:whole} (smaller|lower|less)",
        "{p:counter} {n:whole} (down|less|fewer|lower)", "(make|let) {p:counter} (go down|fall|shrink|decrease|drop) by {n:whole}",
    ], lambda f: _add(f, -1))  # fmt: skip
    for word, factor in (("double", 2), ("triple", 3), ("halve", 0.5), ("quadruple", 4)):
        deed(g, _multiplied(factor), verbs=(word,), does=(word,), nouns=(), thing="property")
    g.add("clause", ["multiply {p:counter} (by|with) {n:figure}", "{p:counter} (is|gets) multiplied (by|with) {n:figure}", "{p:counter} * = {n:figure}"], lambda f: _multiply(f["p"], (), f["n"]))  # fmt: skip
    g.add("clause", ["divide {p:counter} by {n:figure}", "{p:counter} (is|gets) divided by {n:figure}"], lambda f: _multiply(f["p"], (), 1 / f["n"]) if f["n"] else REJECT)  # fmt: skip


def _multiply(owned: Owned, mods: Pairs, factor: float) -> Any:
    return REJECT if mods else MultiplyProperty(thing=owned[0], key=owned[1], factor=factor)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _properties(grammar)
    _values(grammar)
    _switching(grammar)
    _setting(grammar)
    _counting(grammar)
    _by_their_names(grammar)
