"""Custom properties: a lamp that is on, a counter that reaches three, a text that a board shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..grammar import REJECT, Build, Fields, Grammar
from ..lamps import is_lamp
from ..model import Condition, How, Namer
from ..phrasing import ADVERB, HAS, YET, Aspect, Fact, MakeCondition, predicate
from ..reference import Ref
from ..units import told
from .change import BECOMES, COPULA, IT, NOW, Change, of, said, stated
from .code import name_code
from .comparing import OPPOSITES, SAID, SIGNS, Measure, Op, bounds

if TYPE_CHECKING:
    from ...scene_graph import SceneObject
    from ...trace import Trace
    from ..vocabulary import Vocabulary

Value = bool | float | str

LIGHT = "\0light"
"""Stands for a property: that something shines, which has none that says so."""


class Property(Change):
    """A custom property of ``thing`` against ``value``.

    Without a ``key``, which `settled` finds: ``on`` (else the only property that is true or false) for true and false,
    the only number for numbers, the only text for texts.
    """

    kind: Literal["property"] = "property"
    key: str | None = None
    op: Op = "at"
    value: Value = True
    from_start = True
    cues: ClassVar[tuple[str, ...]] = ("on", "off", "goes", "comes", "running", "runs", "starts")
    examples: ClassVar[tuple[str, ...]] = (
        "When Lamp goes on, open Door",
        "As soon as Lamp is on, open Door",
        "Once Counter.count reaches 3, open Door",
        "When the count of Counter is more than 2, open Door",
        "Whenever Lamp goes off, open Door",
        "Whenever Counter.count is 3, open Door",
        "Once Counter.count is at least 2, open Door",
        "When Counter.count becomes less than 0, open Door",
    )

    def sentence(self) -> str:
        """See `Condition.sentence`."""
        if self.key in (None, "on", LIGHT) and isinstance(self.value, bool):
            return f"{self.thing} {'goes' if self.begins else 'is'} {'on' if self.value else 'off'}"
        return f"{self._name} {self._verb('becomes', 'is')} {self._limit}".replace("becomes reaches", "reaches")

    def negated(self) -> str:
        """See `Condition.negated`."""
        if self.key in (None, "on", LIGHT) and isinstance(self.value, bool):
            state = "on" if self.value else "off"
            return f"{self.thing} has not gone {state}" if self.begins else f"{self.thing} is not {state}"
        if self.op == "reach":
            return f"{self._name} has not reached {_said(self.value)}"
        return f"{self._name} {self._verb('has not become', 'is not')} {self._limit}"

    @property
    def _name(self) -> str:
        return f"{self.thing}.{self.key}" if self.key else f"{self.thing}'s value"

    @property
    def _limit(self) -> str:
        if self.op == "reach":
            return f"reaches {_said(self.value)}"
        return " ".join(filter(None, (SAID.get(self.op, ""), _said(self.value))))

    def _verb(self, begins: str, lasts: str) -> str:
        return begins if self.begins else lasts

    def opposite(self) -> Condition | None:
        """See `Change.opposite`."""
        if isinstance(self.value, bool):
            return self.model_copy(update={"value": not self.value})
        return self.model_copy(update={"op": OPPOSITES[self.op]}) if self.op in OPPOSITES else None

    def now(self, label: Namer) -> str:
        """See `Condition.now`."""
        found = f"objects[{name_code(self.thing)}][{json.dumps(self.key or 'on', ensure_ascii=False)}]"
        if self.key == LIGHT:
            found = f'seen({name_code(self.thing)}, "light") != 0'
        if isinstance(self.value, bool):
            return found if self.value else f"not {found}"
        if isinstance(self.value, str):
            return f"{found} == {json.dumps(self.value, ensure_ascii=False)}"
        if self.op == "at":
            return f"equals({found}, {told(self.value)})"
        if self.op == "reach":
            return f"reaches({label('reaches')}, {found}, {told(self.value)})"
        return f"{found} {SIGNS[self.op]} {told(self.value)}"

    def remembers(self, how: How) -> bool:
        """See `Condition.remembers`."""
        return self.op == "reach" or super().remembers(how)

    def settled(self, scene: Vocabulary) -> Condition:
        """See `Condition.settled`."""
        if not self.thing.names and not self.thing.pronoun:
            owners = tuple(name for name, obj in scene.objects.items() if self.key in obj.scalars)
            return self.model_copy(update={"thing": Ref(names=owners)}) if len(owners) == 1 else self
        if self.key is not None or not self.thing.names or self.thing.name not in scene.objects:
            return self
        return self.model_copy(update={"key": _key_of(scene.objects[self.thing.name], self.value)})

    def nearest(self, trace: Trace) -> str:
        """What the property was in the end."""
        for name in self.thing.names:
            changes = [
                event.parameters["new"]
                for event in trace.events
                if event.uid == "PropertyChanged"
                and (event.parameters["object_id"], event.parameters["property"]) == (name, self.key)
            ]
            start = next((o.scalars.get(self.key or "") for o in trace.scene.objects if o.name == name), None)
            last = changes[-1] if changes else start
            if last is not None:
                return f"{name}.{self.key} was {_said(last)} in the end"
        return ""

    def problem(self, scene: Vocabulary) -> str | None:
        """The thing must have such a property, of the value's kind."""
        if not self.thing.names:
            return f"several things have a property '{self.key}': say whose is meant"
        for name in self.thing.names:
            obj = scene.objects.get(name)
            if obj is None:
                return f"rules cannot see whether {name} is {'on' if isinstance(self.value, bool) else _said(self.value)}: it has no properties"
            if problem := _lack(obj, self.key, self.value):
                return problem
        return None


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else told(value)


def _kind(value: object) -> str:
    return "bool" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"


def _key_of(obj: SceneObject, value: Value) -> str | None:
    """The property that is meant where none is named; the light of what is there to shine and has no switch."""
    fitting = [key for key, known in obj.scalars.items() if _kind(known) == _kind(value)]
    if isinstance(value, bool) and "on" in obj.scalars:
        return "on"
    if isinstance(value, bool) and not fitting and is_lamp(obj):
        return LIGHT
    return fitting[0] if len(fitting) == 1 else None


_KINDS = {
    "bool": ("no property that is true or false", "several properties that are true or false"),
    "number": ("no property that is a number", "several properties that are numbers"),
    "text": ("no property that is a text", "several properties that are texts"),
}


def _lack(obj: SceneObject, key: str | None, value: Value) -> str | None:
    has = f"it has {', '.join(sorted(obj.scalars)) or 'no properties'}"
    if key is None:
        none, several = _KINDS[_kind(value)]
        fitting = [key for key, known in obj.scalars.items() if _kind(known) == _kind(value)]
        if isinstance(value, bool) and not fitting and is_lamp(obj):
            return None
        return f"{obj.name} has {several}: say which" if len(fitting) > 1 else f"{obj.name} has {none}; {has}"
    if key == LIGHT:
        return None
    if key in obj.properties and key not in obj.scalars:
        return f"{obj.name}.{key} holds several numbers, of which rules cannot speak"
    if key not in obj.scalars:
        return f"{obj.name} has no property '{key}'; {has}"
    known = obj.scalars[key]
    if _kind(known) != _kind(value) and not (isinstance(value, bool) and known in (0, 1)):
        return f"{obj.name}.{key} is {_said(known)}, so it cannot be {_said(value)}"
    return None


ON = ("on", "lit", "lit up", "switched on", "turned on", "activated", "active", "shining", "burning", "glowing", "powered on", "alight", "alive", "illuminated", "ablaze", "powered", "powered up", "enabled", "put on", "set on", "ignited", "in operation", "put in operation", "put into operation", "set in operation", "in lit state", "in its on state", "in its lit state", "in active state", "in its active state", "to be on", "back on", "in on state", "in state on", "in switched-on state", "giving light", "up and running", "running", "working", "lighted", "aglow", "in on", "in function", "in action", "at work", "going", "operating", "operational", "functioning", "lightning", "lighting", "to on", "turned to on", "fired up", "under power")  # fmt: skip
OFF = ("off", "out", "unlit", "switched off", "turned off", "deactivated", "inactive", "dark", "extinguished", "dead", "powered off", "disabled", "put off", "put out", "powered down", "out of operation", "in off state", "in unlit state", "in state off")  # fmt: skip
GOES_ON = ["light up", "come on", "turn on", "switch on", "go live", "come alive", "flash on", "start shining", "start glowing", "start burning", "begin to shine", "start to shine", "begin shining", "switch to on", "turn itself on", "flare up", "activate", "light", "light itself up", "light itself", "start", "start up", "start to light", "start working", "start running", "start to work", "start to run", "start operating", "begin working", "begin to work", "begin running", "begin to run", "begin to light", "come to life", "spring to life", "spring into life", "kick in", "fire up", "power up", "get going", "get to work", "boot up", "catch light", "begin to glow", "start to glow", "begin glowing", "begin burning", "start to burn", "get power", "flicker on", "blaze up", "switch itself on"]  # fmt: skip
GOES_OFF = ["turn off", "switch off", "go out", "go dark", "die", "stop shining", "stop glowing", "stop burning", "switch to off", "deactivate", "cease to shine", "power down", "shut off", "shut down", "burn out", "turn itself off", "switch itself off", "stop to shine", "stop to burn", "stop to work", "stop to run", "cease shining", "stop working", "stop running", "stop operating", "quit working", "cease to work", "lose power"]  # fmt: skip
SHINES = ["shine", "glow", "burn", "give light", "show light", "work", "run", "operate"]
"""Verbs of what is on, which is no happening but where they tell that it has been."""
TRUE = ("true", "on", "yes", "set", "enabled", "active")
FALSE = ("false", "off", "no", "unset", "disabled", "inactive")
SHOWS = [
    "make",
    "be on",
    "stand on",
    "show",
    "read",
    "count",
    "display",
    "say",
    "indicate",
    "be at",
    "stand at",
    "tally",
    "register",
    "point to",
]
NUMBERED = ["reach", "get to", "come to", "hit", "arrive at", "go to", "count up to", "count to", "count down to", "rise to", "climb to", "attain", "go up to", "go down to", "tick over to", "make it to", "arrive to", "arrive on", "reach to", "grow to", "arrive", "get on", "get up to", "come on", "go on", "make", "increase to", "be up to", "amount to"]  # fmt: skip


def _property(value: Any, key: str | None = None, op: str = "at", begins: bool = False) -> Any:
    return Property(thing=IT, key=key, op=op, value=value, begins=begins)


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    _switches(grammar)
    _values(grammar)
    _shown(grammar)
    _amounts(grammar)


def _switches(grammar: Grammar) -> None:
    for words, verbs, nouns, value in ((ON, GOES_ON, ("activation", "lighting up", "switching on", "turning on", "ignition", "illumination", "lighting", "coming on", "going on", "start-up"), True), (OFF, GOES_OFF, ("deactivation", "switching off", "turning off", "going out", "extinction", "shutdown"), False)):  # fmt: skip
        for word in words:
            grammar.add("complement", word, said(_property(value)))
        predicate(grammar, verbs, "", _switches_itself(value))
        if value:
            predicate(grammar, SHINES, "", lambda f, aspect: of(_property(True), f["a"], aspect == "perfect"))
        for noun in nouns:
            grammar.add("happening", f"{noun} of {{a:thing}}", _switching(value))
            grammar.add("happening", f"{{a:thing}} 's {noun}", _switching(value))


def _switches_itself(value: bool) -> MakeCondition:
    return lambda fields, aspect: of(_property(value), fields["a"], aspect != "state")


def _switching(value: bool) -> Build:
    return lambda fields: Fact(of(_property(value), fields["a"], True))


def _values(grammar: Grammar) -> None:
    """Properties by name: ``Counter.count``, ``the count of Counter``, ``Counter's count``."""
    gone = "(anymore|any more|any longer)"
    who = "(somebody|someone|anybody|anyone|one|you|we|i|they|people|user)"
    acts = "(turns|switches|puts|turn|switch|put|flips|flip|flicks|flick|has turned|has switched|has put|have turned|have switched|have put|turned|switched|is turning|is switching|is turned|is switched)"
    for word, value in (("on", True), ("off", False)):
        grammar.add("fact", f"{who} {acts} ({word} {{a:thing}}|{{a:thing}} {word})", _switching(value), 0.3)
    lit = "(lit|illuminated|burning|shining|glowing|active|activated|running|working|lighted|switched-on|switched on|turned-on|turned on)"
    grammar.add("trigger", f"(given|with|by|upon|having) [a|an] {lit} {{a:single}}", _given)
    shines = "(shine|burn|glow|run|work|light|operate)"
    for text in (
        f"no longer ({shines}|shines|burns|glows|runs|works|lights|operates)",
        f"(does|do|did) not {shines} {gone}",
    ):
        grammar.add("fact", f"{{a:thing}} {text}", _switching(False), -0.2)
    for text, value in (("on", True), ("lit", True), ("off", False)):
        held = lambda f, value=value: Fact(of(_property(value), f["a"], False), False, "state")  # noqa: E731
        grammar.add(
            "fact", f"{{a:thing}} (stands|stand|shows|is set|reads|says) [now|already] [on|in|at|to] {text}", held, -0.1
        )
        grammar.add("fact", f"(state|status|light|switch) of {{a:thing}} (is|says|reads|shows|stands on) {text}", held)
        grammar.add("fact", f"it is {text} {{a:single}}", held, -0.1)
        grammar.add("fact", f"is {text} {{a:single}}", held)
    for text, cost in (("{x:thing} . {k:key}", 0.0), ("{k:key} (of|in|on|from|at|by) {x:thing}", 0.0), ("{x:thing} 's [property] {k:key} [value|property]", 0.0), ("{x:thing} {k:key} [value]", 0.2), ("[property|value|reading] {k:key} of {x:thing}", 0.0), ("(value|reading) (of|in) {p:slot}", 0.0), ("{x:thing} LPAR {k:key} RPAR", 0.0)):  # fmt: skip
        grammar.add("slot", text, lambda f: f["p"] if "p" in f else (f["x"], f["k"]), cost)
    grammar.add("slot", "[current] {k:key} [value]", lambda f: (Ref(names=(), said=f"the {f['k']}"), f["k"]), 0.5)
    grammar.add("measure", "{s:slot}", lambda f: _measure(*f["s"]))
    grammar.add("measure", "{a:thing} 's (value|reading|number|total|score)", lambda f: _measure(f["a"], None))
    grammar.add("measure", "(value|reading|number) (of|on|in) {a:thing}", lambda f: _measure(f["a"], None))
    for words, value in ((TRUE, True), (FALSE, False)):
        grammar.add("truth", f"({'|'.join(words)})", said(value))
    grammar.add("content", "{t:truth}", lambda f: f["t"])
    grammar.add("content", "{t:text}", lambda f: f["t"])
    is_ = f"(is|are|was|be|= |== |equals|stays|remains|reads|says|shows|has the value|has value|has the text|is set to|is equal to|is at|is equal|is on|shows a|shows on it) {NOW}"
    becomes = f"({BECOMES}|turns|turns to|changes to|is set to|switches to|flips to|goes to|changes into|is changed to|is switched to|is turned to)"
    grammar.add("fact", f"{{s:slot}} {is_} {{c:content}} [now|again]", lambda f: _slot(f, False))
    grammar.add("fact", "{s:slot} (is|are|was) (not|no longer|never) {c:content}", lambda f: _slot(f, False, True))
    grammar.add("fact", "{s:slot} (!= |does not equal|is different from) {c:content}", lambda f: _slot(f, False, True))
    grammar.add("fact", f"{{s:slot}} {ADVERB} {becomes} {{c:content}} [again]", lambda f: _slot(f, True))
    grammar.add(
        "fact",
        f"{{s:slot}} {HAS} {ADVERB} (become|turned|gone|been set to|changed to|turned to|switched to|flipped to|got) {{c:content}}",
        lambda f: _slot(f, True),
    )
    grammar.add(
        "fact",
        f"{{s:slot}} {HAS} (not|never) [yet] (become|turned|gone|been set to|changed to) {{c:content}} {YET}",
        lambda f: _slot(f, True, True),
    )
    grammar.add("facting", "{s:slot} (being|= |equal to) {c:content}", lambda f: _slot(f, False))
    grammar.add("facting", "{s:slot} (becoming|turning|going) {c:content}", lambda f: _slot(f, True))
    # A property that is true or false can be said like an adjective.
    grammar.add("fact", f"{{x:thing}} {COPULA} {NOW} {{k:key}}", lambda f: _adjective(f, True, False), 0.1)
    grammar.add(
        "fact",
        "{x:thing} (is|are|was) [then|by then|at that time|at that moment|still] (not|no longer) [then] {k:key}",
        lambda f: _adjective(f, False, False),
        0.1,
    )
    grammar.add("fact", "{s:slot} {c:truth} [again|now]", lambda f: _slot(f, False), 0.4)
    grammar.add("fact", "{k:key} {x:single}", lambda f: _adjective(f, True, False), 0.5)
    grammar.add("fact", "{x:thing} {k:key}", lambda f: _adjective(f, True, False), 0.4)
    grammar.add("fact", "{x:thing} not {k:key}", lambda f: _adjective(f, False, False), 0.4)
    named = "(says|shows|reads|displays|indicates|is at|is on|stands at|has)"
    grammar.add(
        "fact",
        f"{{x:thing}} {named} {{k:key}} [=|is|of|number|value] {{n:number}}",
        lambda f: Fact(of(_property(f["n"], f["k"]), f["x"], False), False, "state"),
        0.1,
    )
    grammar.add("fact", f"{{x:thing}} {ADVERB} {BECOMES} {NOW} {{k:key}}", lambda f: _adjective(f, True, True), 0.1)


def _measure(thing: Ref, key: str | None) -> Measure:
    return Measure(thing, ("number",), lambda op, v: _property(v, key, op))


def _slot(fields: Fields, begins: bool, denied: bool = False) -> Any:
    thing, key = fields["s"]
    return stated(of(_property(fields["c"], key), thing, begins), "event" if begins else "state", denied)


def _adjective(fields: Fields, value: bool, begins: bool) -> Any:
    if fields["k"].lower() in ("on", "off"):
        return REJECT
    return Fact(of(_property(value, fields["k"]), fields["x"], begins), False, "event" if begins else "state")


def _shown(grammar: Grammar) -> None:
    """What a counter shows, where its property is not named."""

    def shows(f: Fields, aspect: Aspect) -> Any:
        return of(_property(f["n"]), f["a"], aspect == "perfect")

    predicate(grammar, SHOWS, "{n:number}", shows)
    predicate(grammar, SHOWS, "{n:text}", shows)
    predicate(grammar, ["show", "count", "read", "display", "have", "be at"], "{b:bound}", _bounded)
    predicate(grammar, NUMBERED, "{n:number}", lambda f, aspect: of(_property(f["n"], None, "reach"), f["a"], True))
    grammar.add(
        "fact",
        "{a:thing} (is|= |== |equals) {n:number}",
        lambda f: Fact(of(_property(f["n"]), f["a"], False), False, "state"),
        0.1,
    )
    grammar.add(
        "fact",
        "{s:slot} (has|shows|reads|holds|carries|makes|stands at|stands on|stands by|is at|is on|is equal|sits at|at) [value|a value of|value of|number|figure] {n:number}",
        lambda f: Fact(of(_property(f["n"], f["s"][1]), f["s"][0], False), False, "state"),
    )
    grammar.add(
        "fact",
        "[value|reading] [of] {n:number} (is|has been|gets|was) (attained|reached|shown|hit|read) (by|in|on) {s:slot}",
        lambda f: Fact(of(_property(f["n"], f["s"][1], "reach"), f["s"][0], True)),
    )
    grammar.add(
        "happening",
        "(attainment|reaching|attaining|arrival) (of|at) [value|a value of|value of|count of] {n:number} (by|in|on|of) {s:slot}",
        lambda f: Fact(of(_property(f["n"], f["s"][1], "reach"), f["s"][0], True)),
    )
    counts = "(has|have|shows|show|reads|holds|makes|reaches|is showing|is at|gets to|comes to|is on|has reached|attains|arrives at|stands at|reach|gets|displays)"
    grammar.add(
        "fact",
        f"{{x:thing}} {counts} [a] {{k:key}} [value] [of|=|:] {{n:number}}\n[a] {{k:key}} of {{n:number}} (is|has been|gets|was) [now] (attained|reached|shown|hit|read|displayed|recorded) (by|in|on|at) {{x:thing}}\n(we|you) (are|are now|have got|have|stand|got|get) [at|on|to] {{n:number}} (on|in|at|with|for|of) {{k:key}} of {{x:thing}}",
        lambda f: Fact(of(_property(f["n"], f["k"], "reach"), f["x"], True)),
    )
    grammar.add(
        "fact",
        "(we|you) (are|are now|have got|have|stand|got|get) [now] [at|on|to] {n:number} (on|in|at|with|for) {s:slot}",
        lambda f: Fact(of(_property(f["n"], f["s"][1]), f["s"][0], False), False, "state"),
    )
    grammar.add(
        "happening",
        "(attainment|reaching|attaining|arrival) (of|at) [a] {k:key} of {n:number} (by|in|on|of) {x:thing}",
        lambda f: Fact(of(_property(f["n"], f["k"], "reach"), f["x"], True)),
    )
    grammar.add(
        "watched",
        "<look_at> {s:slot} (.|;|:|,|?) [at|on|once at|when at|when it is|if it is|is it|once it is|as soon as it is|when it reaches|once it reaches|when it gets to|at a value of|at value] {n:number} [?]",
        lambda f: of(_property(f["n"], f["s"][1]), f["s"][0], False),
    )
    stands = "(stands|is|shows|appears|is written|is shown|is standing|is there|is seen|can be read|has come|comes)"
    grammar.add(
        "fact",
        f"[it|there] {stands} [a|number|value|value of|figure] {{n:number}} (in|on|at|for|by) {{s:slot}}\n(in|on|at|by) {{s:slot}} [it|there] {stands} [a|number|value|value of|figure] {{n:number}}\n(in|on|at|by) {{s:slot}} [it|there] [a|number|value|figure] {{n:number}} {stands}",
        lambda f: Fact(of(_property(f["n"], f["s"][1]), f["s"][0], False), False, "state"),
    )
    grammar.add(
        "fact",
        "(on|in|at) {a:thing} [it|there] (stands|is|appears) [a|number|value] {n:number}\nthere (is|stands|appears) [a|number|value] {n:number} (on|in) {a:thing}\nit (stands|shows) [a|number] {n:number} (on|in) {a:thing}",
        lambda f: Fact(of(_property(f["n"]), f["a"], False), False, "state"),
    )
    grammar.add(
        "question",
        "(is|has|does|are) {s:slot} [now|already|at|reach|reached|show|equal|equal to] {n:number}",
        lambda f: of(_property(f["n"], f["s"][1]), f["s"][0], False),
    )
    grammar.add(
        "question",
        "(does|has|is) {a:thing} [now|already] (show|reach|reached|at|say|count|counted|on|read) {n:number}",
        lambda f: of(_property(f["n"]), f["a"], False),
    )
    grammar.add(
        "question",
        "{s:slot} (=|==|is|at|) {n:number}",
        lambda f: of(_property(f["n"], f["s"][1]), f["s"][0], False),
        0.1,
    )
    grammar.add(
        "fact",
        "{s:slot} {n:number}",
        lambda f: Fact(of(_property(f["n"], f["s"][1]), f["s"][0], False), False, "state"),
        0.4,
    )
    grammar.add(
        "event",
        "value of {n:number} (in|for|on) {s:slot}",
        lambda f: of(_property(f["n"], f["s"][1]), f["s"][0], False),
    )
    grammar.add(
        "fact",
        "{s:slot} (amounts to|is up to|comes out at|adds up to|totals|is now) {n:number}",
        lambda f: Fact(of(_property(f["n"], f["s"][1], "reach"), f["s"][0], True)),
        0.1,
    )


def _given(fields: Fields) -> Any:
    from ..structure.said import Said

    return Said(of(_property(True), fields["a"], False))


def _amounts(grammar: Grammar) -> None:
    """Amounts of what a property counts: ``more than 5 strokes``, ``after two visits``."""
    bounds(grammar, "key_count", "number")

    def compared(f: Fields) -> Any:
        op, limit = f["b"]
        return Fact(of(_property(limit, f["k"], op), Ref(names=(), said=f"the {f['k']}"), False), False, "state")

    def reached(f: Fields) -> Any:
        return of(_property(f["n"], f["k"], "reach"), Ref(names=(), said=f"the {f['k']}"), True)

    there = "(there are|there is|we have|you have|there have been)"
    grammar.add("fact", f"[{there}] {{b:key_count}} {{k:key}}", compared, 0.3)
    grammar.add("event", "{n:number} {k:key}", reached, 0.3)


def _bounded(fields: Fields, aspect: Aspect) -> Any:
    op, limit = fields["b"]
    return of(_property(limit.value, None, op), fields["a"], False) if limit.dimension == "number" else REJECT
