"""The phrases in which changes are wished, on top of those of rules; their names begin with ``wish/``."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..grammar import REJECT, Grammar
from ..model import Effect
from ..read import grammar
from ..reference import Ref
from ..structure.effects import Doing
from .amounts import More, Opposite, Set
from .requests import Add, AddThing, Edit, Remove, Retell, Step, Target
from .times import After, Either, Instead, Later, Often, OnlyIf, Swap, Until, Waits, unless

PACE = (
    ("pace", 1, "faster|quicker|more quickly|more rapidly|swifter|speedier|fast|quick|quickly"),
    ("pace", -1, "slower|more slowly|slow|slowly|less fast|less quickly|more gently|more leisurely"),
    ("time", 1, "longer|long"), ("time", -1, "shorter|less long|short|more briefly"),
    ("far", 1, "farther|further|far|wider|wide"), ("far", -1, "less far|less wide|not so far"),
    ("high", 1, "higher|high"), ("high", -1, "lower|low|less high"),
    ("strong", 1, "stronger|harder|more strongly|more forcefully|more powerfully|strong|hard|strongly|more firmly"),
    ("strong", -1, "weaker|softer|gentler|less strongly|less hard|more weakly|weak|soft|more softly"),
    ("bright", 1, "brighter|bright|more brightly"), ("bright", -1, "dimmer|darker|less bright|less brightly|dim|dark"),
    ("big", 1, "bigger|larger|big|large"), ("big", -1, "smaller|less big|small"),
    ("much", 1, "more|much"), ("much", -1, "less"), ("often", 1, "more often|often"), ("often", -1, "less often"),
)  # fmt: skip
"""Words of comparison: what they are about, and whether they are more or less of it. The first say it without ``as``."""

MEASURES = {
    "pace": "speed|velocity|pace", "time": "time|duration", "far": "distance|way|angle", "high": "height",
    "force": "force|strength", "power": "power|wattage", "bright": "brightness", "big": "size", "much": "amount|count",
}  # fmt: skip

DEGREES: dict[str, float] = {
    "[even]": 2.0,
    "(bit|little|slightly|somewhat|tad|touch|little bit|tiny bit|bit more|fraction|trifle)": 1.5,
    "(much|lot|far|way|considerably|significantly|lots|a great deal|a good deal|very much)": 4.0,
}
"""How much: a comparison by itself doubles or halves."""

WAITING: dict[float, float] = {2.0: 1.0, 1.5: 0.5, 4.0: 2.0}
"""Seconds that later and earlier are, by degree."""

KEY_OF = {
    "time": "over", "length": "by", "angle": "angle", "speed": "speed", "rate": "rate", "force": "force", "acceleration": "acceleration",
    "impulse": "impulse", "stiffness": "stiffness", "drag": "drag", "power": "power", "percent": "percent", "count": "times", "number": "number",
}  # fmt: skip
"""The modifier that a bare quantity is."""

IT = "(it|that|this|them|they|that one|this one|those|these|that rule|this rule|the rule|the thing|the whole thing|the whole rule|he|she|him|her|all that|all this)"
LEAD = (
    "please", "now", "ok", "okay", "well", "hm", "hmm", "no", "no ,", "actually", "but", "so", "just", "then", "oh", "sorry", "better", "rather",
    "maybe", "perhaps", "let us", "let us have", "[i|we] (want|need|would like|prefer)", "(can|could|would|will) you", "change it so that", "i think", "great",
    "make it so that", "it would be (better|nicer|good) if", "i want you to", "(can|could) we", "(can|could) (it|that)", "please do", "alright", "wait ,",
)  # fmt: skip
"""What a wish begins with, which says nothing of it."""
TAIL = "(instead|rather|now|please|then|this time|from now on|ok|okay|thanks|thank you|instead of that|will you|would you|if you can|though|is enough|will do|is fine|would do|would be enough|is plenty)"
DOES = "[should|shall|must|has to|is to|needs to|can|could|will|to|would|is supposed to|may|might] [only|just|also|please] (be|be done|happen|start|begin|take place|act|go|come|come on|do it|do that|do so|is|are|run|fire|take|takes|work|last|move|be going|come in|set in)"
INSTEAD = "(instead|rather|instead of that|in place of that|in its place)"
STOPS = (
    "(forget|delete|remove|drop|cancel|scrap|discard|erase|kill|lose|omit|skip|clear|ditch|undo) [about]", "never mind", "get rid of", "take (out|away|off)", "leave out",
    "throw (out|away)", "do without", "(we|i) (do not need|do not want|no longer need|no longer want)", "do away with", "let us not have", "without", "no more", "stop",
)  # fmt: skip


@cache
def phrases() -> Grammar:
    """The grammar of rules with the phrases of changes, as ``change``."""
    known = grammar()
    g = Grammar(roots=dict(known.roots), words=set(known.words), classes=list(known.classes))
    _targets(g)
    _comparisons(g)
    _times(g)
    _rest(g)
    g.add("wish/asks", "{a:wish/ask}", lambda f: f["a"])
    g.add(
        "wish/asks",
        "{a:wish/ask} (,|;|and|but|, and|, but|, so|, that is|, namely|:) {b:wish/asks}",
        lambda f: f["a"] + f["b"],
    )
    g.add("wish/asks", "{a:wish/ask} {b:wish/asks}", lambda f: f["a"] + f["b"], cost=0.3)
    _edits(g)
    _others(g)
    g.add("wish/lead", LEAD)
    g.add("wish/tail", TAIL)
    g.add("wish/change", "{c:wish/core} [[,] <wish/tail>]", lambda f: f["c"])
    g.add("wish/change", "<wish/lead> [,] {c:wish/change}", lambda f: f["c"], cost=0.01)
    return g


def _targets(g: Grammar) -> None:
    g.add("wish/it", IT, lambda f: Target())
    g.add("wish/target", "{t:wish/it}", lambda f: f["t"], cost=0.1)
    g.add(
        "wish/target",
        "(everything|all [of] [rules|them|it]|every rule|both [of] [rules|them])",
        lambda f: Target(every=True),
    )
    g.add("wish/target", "[rule] {t:wish/numbered}", lambda f: f["t"])
    g.add("wish/numbered", "rule [number] {n:number}\nnumber {n:number}", lambda f: _numbered(f["n"]))
    g.add("wish/numbered", "{n:ordinal} (rule|one|line|sentence)", lambda f: _numbered(f["n"]))
    g.add("wish/numbered", "(last|final|latest|newest) (rule|one|line|sentence)", lambda f: Target(number=-1))
    g.add("wish/target", "{x:thing}", lambda f: _of_thing(f["x"]))
    for deed in ("clause", "doing_noun", "doing_to", "done_to"):
        g.add("wish/deed_of", f"{{e:{deed}}}", lambda f: _of_effect(f["e"]))
    g.add("wish/target", "{t:wish/deed_of}", lambda f: f["t"])
    g.add("wish/target", "[its|that|this] {w:deed} [of [it|that]]", lambda f: Target(word=f["w"]), cost=0.2)
    g.add("wish/target", "{w:deed} (it|them|that)", lambda f: Target(word=f["w"]), cost=0.2)


def _numbered(number: float) -> Any:
    return Target(number=int(number)) if number >= 1 and number == int(number) else REJECT


def _of_thing(thing: Any) -> Any:
    return REJECT if not isinstance(thing, Ref) or thing.pronoun or not thing.names else Target(thing=thing)


def _of_effect(effect: Any) -> Any:
    return Target(effect=effect) if isinstance(effect, Effect) else REJECT


def _in_place(doing: Doing, thing: Any) -> Any:
    """What is done to another thing than the one that it is done to."""
    said = doing.steps[0].effects[0]
    if not isinstance(thing, Ref) or thing.pronoun or said.thing.pronoun:
        return REJECT
    return Retell(doing, instead=True, of=said.model_copy(update={"thing": thing}))


def _comparisons(g: Grammar) -> None:
    g.value("wish/degree", DEGREES)
    for quality, sign, words in PACE:
        for word in words.split("|"):
            is_comparison = word.endswith("er") or word.split()[0] in ("more", "less", "not")
            g.value("wish/comparison" if is_comparison else "wish/adjective", {word: (quality, sign)})
    than = "[than (now|before|that|it is|it was|it does|it did)]"
    g.add("wish/ask", f"{{d:wish/degree}} {{c:wish/comparison}} {than}", lambda f: _more(f["c"], f["d"]))
    g.add("wish/ask", f"{{q:quantity}} {{c:wish/comparison}} {than}\n{{c:wish/comparison}} by {{q:quantity}}\n{{c:wish/comparison}} [,] {{q:quantity}}", _by)  # fmt: skip
    now = "[as (now|before|that|it is|it was|it does|it did)]"
    g.add("wish/ask", f"{{n:wish/times_as}} [as] {{c:wish/adjective}} {now}", lambda f: _more(f["c"], f["n"]))
    g.add(
        "wish/ask", f"not (so|as|quite so|quite as|that|too) {{c:wish/adjective}} {now}", lambda f: _more(f["c"], 0.5)
    )
    too = "[bit|little|much|far|way|lot] too {c:wish/adjective}"
    g.add("wish/ask", too, lambda f: _more(f["c"], 0.5), cost=-0.2)
    g.add(
        "wish/core",
        f"{{t:wish/target}} (is|are|goes|happens|comes|was) {too}",
        lambda f: Edit(f["t"], _more(f["c"], 0.5)),
        -0.2,
    )
    g.add("wish/ask", "less {c:wish/adjective}", lambda f: _more(f["c"], 0.5))
    g.add("wish/times_as", "{n:count} [as]", lambda f: f["n"] if f["n"] > 0 else REJECT)
    g.value(
        "wish/times_as", {"half as": 0.5, "half again as": 1.5, "one and a half times as": 1.5, "only half as": 0.5}
    )
    for quality, nouns in MEASURES.items():
        g.value("wish/measure", {f"({nouns})": quality})
    g.value(
        "wish/multiple", {"(double|twice|doubled)": 2.0, "(triple|thrice|tripled)": 3.0, "(halve|half|halved)": 0.5}
    )
    g.add("wish/ask", "[at|with|for|to|by] {n:wish/multiple} [its] {c:wish/measure}\n{n:wish/multiple} [its] {c:wish/measure} [of it]", lambda f: (More(f["c"], f["n"]),))  # fmt: skip
    g.add(
        "wish/core",
        "{n:wish/multiple} [its] {c:wish/measure} of {t:wish/target}",
        lambda f: Edit(f["t"], (More(f["c"], f["n"]),)),
    )


def _more(comparison: tuple[str, int], factor: float) -> Any:
    quality, sign = comparison
    return (More(quality, factor if sign > 0 else 1 / factor),) if factor > 0 else REJECT


def _by(f: dict[str, Any]) -> Any:
    (quality, sign), q = f["c"], f["q"]
    if q.value <= 0:
        return REJECT
    if q.dimension == "percent":
        factor = 1 + sign * q.value / 100
        return (More(quality, factor),) if factor > 0 else REJECT
    if q.dimension == "count":
        return (More(quality, q.value**sign),)
    if q.dimension == "number":
        return REJECT
    return (More("time" if q.dimension == "time" and quality == "pace" else quality, plus=_plus(quality, sign, q), dimension=q.dimension),)  # fmt: skip


def _plus(quality: str, sign: int, q: Any) -> float:
    """A second slower is a second longer."""
    return float(q.value) * (-sign if q.dimension == "time" and quality == "pace" else sign)


def _times(g: Grammar) -> None:
    late, early = "(later|later on|after that|afterwards)", "(earlier|sooner|before that)"
    g.add("wish/ask", f"{{d:wish/degree}} {late}", lambda f: (Later(WAITING[f["d"]], about=True),))
    g.add("wish/ask", f"{{d:wish/degree}} {early}", lambda f: (Later(-WAITING[f["d"]], about=True),))
    more = "[more|further]"
    g.add(
        "wish/ask",
        f"[(by|another|after another)] {{t:time}} {late}\n{late} [,] [by] {{t:time}}",
        lambda f: (Later(f["t"]),),
    )
    g.add("wish/ask", f"[by] {{t:time}} {early}\n{early} [,] [by] {{t:time}}", lambda f: (Later(-f["t"]),))
    g.add("wish/ask", f"(wait|with) (another|a further) {{t:time}} {more}\nwait {{t:time}} (longer|more)", lambda f: (Later(f["t"]),))  # fmt: skip
    g.add("wish/ask", "after {n:number} more {u:wish/time_unit}\n{n:number} more {u:wish/time_unit} later", lambda f: (Later(f["n"] * f["u"]),), -0.1)  # fmt: skip
    g.value(
        "wish/time_unit", {"(seconds|second|s|secs)": 1.0, "(ms|milliseconds)": 0.001, "(minutes|minute|min)": 60.0}
    )
    g.add("wish/ask", "{t:after}\n[only|but only|but] after {t:time}", lambda f: (After(f["t"]),))
    g.add("wish/ask", "(with [a] delay of|delayed by|wait|after waiting|after a delay of) {t:time} [first|delay]", lambda f: (After(f["t"]),))  # fmt: skip
    g.add(
        "wish/ask",
        "(at once|without (delay|waiting|a wait)|with no delay|instantly|straight away)",
        lambda f: (After(0.0),),
    )
    g.add(
        "wish/core",
        "wait {d:wish/degree} before {e:wish/target}",
        lambda f: Edit(f["e"], (Later(WAITING[f["d"]], about=True),)),
    )
    g.add("wish/core", "wait {t:time} before {e:wish/target}", lambda f: Edit(f["e"], (After(f["t"]),)))
    g.add("wish/core", "(wait (another|a further) {t:time}|wait {t:time} (more|longer)) before {e:wish/target}", lambda f: Edit(f["e"], (Later(f["t"]),)))  # fmt: skip
    g.add(
        "wish/core",
        "(delay|postpone|put off) {e:wish/target} by [another] {t:time}",
        lambda f: Edit(f["e"], (Later(f["t"]),)),
    )
    g.add(
        "wish/core",
        "(delay|postpone) {e:wish/target} [a bit|a little]",
        lambda f: Edit(f["e"], (Later(0.5, about=True),)),
    )
    g.add("wish/ask", "!only/but/if {w:when}", lambda f: (Waits(f["w"]),) if f["w"].at is None else REJECT)
    g.add(
        "wish/ask", "!only/but/if {w:when}", lambda f: (Waits(f["w"]),) if f["w"].at is not None else REJECT, cost=0.1
    )
    g.add("wish/ask", "(also|and also|or) {w:when}\n{w:when} (too|as well|also)", lambda f: (Either(f["w"]),), -0.1)
    g.add("wish/ask", "[but|and] (only|just) (if|when|while|provided|as long as|so long as) {c:conds} [too|as well]", lambda f: (OnlyIf(f["c"]),))  # fmt: skip
    g.add("wish/ask", "[and] if {c:conds} (too|as well|at the same time)", lambda f: (OnlyIf(f["c"]),))
    g.add("wish/ask", "[but] (unless|except if|except when|not if|not when) {c:conds}", lambda f: (unless(f["c"]),))
    g.add("wish/ask", "[but|and] [only] (until|till) {u:end}", lambda f: (Until(f["u"]),))
    g.add("wish/ask", "([but] (only|just) [the] first time|(only|just) (once|one time)|once only|not every time|not again)", lambda f: (Often("once"),))  # fmt: skip
    g.add("wish/ask", "(every time|each time|always|again and again|every single time|each and every time|repeatedly|not (just|only) (once|the first time))", lambda f: (Often("each"),))  # fmt: skip
    g.add("wish/ask", "[only|just|but only] (every|each) {n:ordinal} time", lambda f: (Often("each", f["n"]),))
    g.add("wish/ask", "[only|just] every other time", lambda f: (Often("each", 2),))
    g.add("wish/ask", "[but] (only|just) [the] {n:ordinal} time [only]", lambda f: (Often("once", f["n"], alone=True),))


def _rest(g: Grammar) -> None:
    g.add("wish/ask", "[only|just] {m:mods}", lambda f: _sets(f["m"]))
    g.add("wish/ask", "[to !right|only|just|it] {q:quantity} [instead]", _bare)
    g.add(
        "wish/ask",
        "{q:quantity} (high|long|far|wide|deep)",
        lambda f: _set(f["q"]) if f["q"].dimension == "length" else REJECT,
    )
    g.add("wish/ask", "for {t:time}", lambda f: (Set("over", f["t"]),))
    round_ = "(other way [round|around|about]|opposite way|other direction|opposite direction|reverse direction|opposite|reversed|reverse)"
    g.add("wish/ask", f"[in|into] {round_}", lambda f: (Opposite(),))


def _set(q: Any) -> Any:
    return (Set(KEY_OF[q.dimension], q.value),)


def _bare(f: dict[str, Any]) -> Any:
    """A quantity that nothing says what it is of: no time at all is none that something can take."""
    q = f["q"]
    return _set(q) if q.value or q.dimension != "time" else REJECT


def _sets(mods: tuple[tuple[str, Any], ...]) -> Any:
    said = [(key, value) for key, value in mods if key not in ("again", "whole")]
    known = {
        *KEY_OF.values(),
        "way",
        "sense",
        "shade",
        "manner",
        "ease",
        "even",
        "share",
        "period",
        "distance",
        "velocity",
        "vector",
        "factor",
    }
    if not said or not known.issuperset(key for key, _ in said):
        return REJECT
    return tuple(Set(key, value) for key, value in said)


def _edits(g: Grammar) -> None:
    edit = lambda f: Edit(f["t"], f["a"])  # noqa: E731
    g.add("wish/core", "{a:wish/asks}", lambda f: Edit(Target(), f["a"]))
    g.add("wish/core", f"{{t:wish/target}} [,|:] [{DOES}] {{a:wish/asks}}", edit)
    make = "(make|let|have|do|start|begin|fire|trigger|set off|run|set|change|get|put|do it|turn|take)"
    g.add("wish/core", f"{make} {{t:wish/target}} [{DOES}] {{a:wish/asks}}", edit)
    g.add("wish/core", "{a:wish/asks} (for|of|with|in|on) {t:wish/target}\n(in|for|with|of|on) {t:wish/target} [,|:] [make it] {a:wish/asks}", edit)  # fmt: skip
    g.add("wish/core", "(reverse|flip|invert) {t:wish/target}", lambda f: Edit(f["t"], (Opposite(),)))
    for text in ("{a:name} instead of {b:name}", "not {b:name} but {a:name}", "(replace|exchange|substitute) {b:name} (by|with|for) {a:name}", "{a:name} rather than {b:name}", "{a:name} in place of {b:name}", "{a:name} , not {b:name}"):  # fmt: skip
        g.add("wish/exchange", f"[use|take|with|make it|it should be|let it be|have] {text}", lambda f: (Instead(f["b"].name, f["a"].name),))  # fmt: skip
    g.add("wish/ask", "{x:wish/exchange}", lambda f: f["x"])
    g.add(
        "wish/core",
        "change {b:name} (to|into) {a:name}",
        lambda f: Edit(Target(), (Instead(f["b"].name, f["a"].name),)),
    )
    swap = "(swap|exchange|switch|interchange) {a:name} (and|with) {b:name} [around|round|over]"
    g.add("wish/core", swap, lambda f: Edit(Target(every=True), (Swap(f["a"].name, f["b"].name),)))
    g.add(
        "wish/core",
        f"(in|for) {{t:wish/numbered}} [,] {swap}",
        lambda f: Edit(f["t"], (Swap(f["a"].name, f["b"].name),)),
    )


def _others(g: Grammar) -> None:
    g.add("wish/core", "{d:effects}", lambda f: Retell(f["d"]))
    g.add("wish/core", f"{{d:effects}} {INSTEAD}\n{INSTEAD} [,] {{d:effects}}", lambda f: Retell(f["d"], instead=True))
    g.add(
        "wish/core",
        "{d:effects} (rather than|instead of) {e:clause}",
        lambda f: Retell(f["d"], instead=True, of=f["e"]) if isinstance(f["e"], Effect) else REJECT,
    )
    g.add("wish/core", "{d:effects} (instead of|rather than|and not) {x:thing}", lambda f: _in_place(f["d"], f["x"]))
    more = "(also|additionally|in addition|besides|plus|add that|add|and also|on top of that|as well ,|and have|and)"
    then = "([and] (then|after that|afterwards|next|finally|later))"
    g.add("wish/core", f"{more} {{d:effects}}\n{{d:effects}} (also|too|as well|in addition|besides|at the same time)", lambda f: Add(f["d"]), -0.1)  # fmt: skip
    g.add("wish/core", f"{then} [also] [,] {{d:effects}}\n{{d:effects}} (afterwards|after that)", lambda f: Add(f["d"], then=True), -0.1)  # fmt: skip
    g.add("wish/core", "{x:thing} (too|also|as well)\n(also|and|and also) {x:thing} [too|as well]\nadd {x:thing}\n(do the same|the same) (with|to|for) {x:thing}", lambda f: AddThing(f["x"]) if isinstance(f["x"], Ref) and f["x"].names else REJECT)  # fmt: skip
    for stop in STOPS:
        g.add("wish/stop", stop)
    g.add("wish/core", "<wish/stop> {t:wish/target} [any more|again|at all]", lambda f: Remove(f["t"], whole=bool(f["t"].number or f["t"].every)))  # fmt: skip
    g.add("wish/core", "[but] not {x:thing}\nleave {x:thing} (alone|out|as it is)\n(no|without) {x:thing}\n{x:thing} should not", lambda f: Remove(_of_thing(f["x"])) if _of_thing(f["x"]) is not REJECT else REJECT)  # fmt: skip
    g.add(
        "wish/core",
        "(do not|not|never|no need to|please do not) {e:clause} [any more|again|at all|after all]",
        lambda f: Remove(_of_effect(f["e"])),
    )
    g.add(
        "wish/core",
        "{e:undone} [any more|again|at all|after all|any longer]",
        lambda f: Remove(_of_effect(f["e"])),
        0.05,
    )
    g.add(
        "wish/core",
        "(do not|never|not|no need to) {w:deed} [it|them|that] [any more|again|at all]",
        lambda f: Remove(Target(word=f["w"])),
        0.4,
    )
    g.add("wish/core", "(never mind|forget it|forget that|drop it|drop that)", lambda f: Remove(Target()))
    back = "(undo|revert|take back|go back|roll back|step back|cancel|undo it|undo that) [that|it|this|the last change|last change|the change|my last change|last one|what you did|the last thing]"
    g.add("wish/core", f"{back}\n(no|not like that) [,] undo that\ntake that back\n(as it was|as before|back to how it was|put it back as it was|change it back|put it back)", lambda f: Step(1), -0.5)  # fmt: skip
    g.add("wish/core", "(undo|take back|revert) [the] last {n:number} changes\nundo {n:number} (changes|steps)\n(go|step) back {n:number} (changes|steps)", lambda f: Step(int(f["n"])) if f["n"] >= 1 else REJECT, -0.5)  # fmt: skip
    g.add(
        "wish/core", "(undo|take back|revert) {n:count}", lambda f: Step(int(f["n"])) if f["n"] >= 1 else REJECT, -0.5
    )
    all_ = "(everything|all|all that|it all|all of (it|that)|(all|all of) (the|my|your|these) changes|all changes|every change|(the|my) changes)"
    g.add("wish/core", f"(undo|revert|cancel|take back|roll back) {all_}\ntake {all_} back", lambda f: Step(None), -0.5)
    g.add(
        "wish/core",
        "(redo|redo that|redo it|do it again after all|undo the undo|put that back in)",
        lambda f: Step(-1),
        -0.5,
    )
