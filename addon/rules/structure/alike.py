"""The same done to one more thing, and what an effect lacks told after it: ``do the same with B``, ``give it 3 m/s``."""

from __future__ import annotations

from typing import Any

from ..grammar import REJECT, Fields, Grammar
from ..model import Effect, Rule, Step, with_refs
from ..modifiers import Pairs, bag
from ..phrasing import MODAL
from ..reference import Ref
from .effects import Doing, alike, row
from .said import Said
from .things import listed
from .whole import rule

LIKEWISE = "[also] (likewise|too|also|as well|ditto|similarly|[just|exactly] same|(in|to|at) same (way|direction|speed)) [,|:] [[just|exactly] same] [[,|and] [in|at] same direction] [[,|and] [at] same speed]"
"""That something is done to another thing as well."""
COURTESY = "(it (ought to|should|has to|has got to|is to|must) be [so] that|it is (needed|necessary|required|wanted|wished|time) [that|to|for]|make [it so] that|see that|see to it that|(we|i|you) (want|wish|need|like) that|if you|you would [better])"
"""What asks for an effect without saying any of it."""
SAME = "[just|exactly|very] same"
QUICK = "(velocity|speed|velocity vector|kick|push|motion|treatment|movement|amount|thing|deal|way)"
JOINT = "[,|;|.|-] [and|&|+|plus|also|then|and then|and also|oh and|but also]"
_ALSO = "[also|too|likewise|as well|again|itself]"
_SO = "(is|are|does|do|goes|shall|should|will|must|has|gets)"
_WITH = "(with|to|for|on|at|by|concerning|unto)"
ONE_MORE = f"""
    [do|repeat|doing|please do] {SAME} [thing|{QUICK}] [also|too|again] {_WITH} {{x:thing}}
    {SAME} (goes|applies|is done|happens|is to be done|shall happen|should happen|is true|holds|shall be done|must happen) [also|too] {_WITH} {{x:thing}}
    (do so|do it|do this|do that) (with|to|for) {{x:thing}} (too|as well|also|likewise)
    {_WITH} {{x:thing}} [give|is given|goes] [also] {SAME} [{QUICK}]
    (to|for|of|with|on) {{x:thing}} (too|as well|also|likewise)
    (to|for|of|on) {{x:thing}} {SAME}
    (likewise|also) [to|for|of|with|on] {{x:thing}}
    so {_SO} {{x:thing}}
    as {_SO} {{x:thing}}
    (do|doing|done) likewise {_WITH} {{x:thing}}
    {{x:thing}} (along with it|together with it|with it|alongside|alongside it|at the same time|at once with it) [{_ALSO}]
    [with] {{x:thing}} (doing|getting|going|taking|having|receiving) {_ALSO} {SAME} [thing|{QUICK}]
    {SAME} [thing|{QUICK}] [,|LPAR] {{m:mods}} [,|RPAR] [{MODAL}] (is|be|goes|go|are|gets) [also] (given|done|applied|imparted|conferred|granted|bestowed|to|on) [to|on|upon|with] {{x:thing}}
    {{x:thing}} {_ALSO} (with|at|gets|get|has|receives|having|is given|takes) {_ALSO} {SAME} [{QUICK}]
    {{x:thing}} (is|are|gets|get) [given] {SAME} {QUICK}
    (at|in) same (time|moment|instant) [also] {{x:thing}}
    give {{x:thing}} {SAME} [{QUICK}]
    treat {{x:thing}} [in] {SAME} [way] [too|also]
    {{x:thing}} {_ALSO} , {SAME} [{QUICK}]
    {{x:thing}} [{MODAL}] (does|do|did) [also] ({SAME} [thing]|likewise|so too|it too)
    {{x:thing}} (is|are|{MODAL} be) [to be] (given|done) {SAME} [{QUICK}]
    {{x:thing}} ({MODAL}|is to) (do|get|have|receive|undergo) [also] {SAME} [{QUICK}]
"""
"""The whole of a further thing to which the same is done."""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    another = f"{{e:effect}} [,|;] [and|&|+|as well as|plus|,|and also|oh and] {{x:thing}} {LIKEWISE}"
    g.add("effects", another, _likewise)
    g.add("effects", f"{another} {{j:joint}} {{r:effects}}", _likewise)
    joint = "(+|and also|along with|and likewise|as well as also|, and also|and too|and|&|as well as)"
    g.add("several", f"{{a:single}} [also] {joint} [to|of|on] {{b:single}} [also|too|as well|likewise]", listed("all"))
    g.add("several", "{a:single} , and [also] (to|of|on) {b:single} [also|too|as well|likewise]", listed("all"))
    they = Ref(names=(), said="they", pronoun=True)
    g.add("thing", "(each of them|both of them|all of them|each one of them|every one of them|two of them)", lambda f: they, cost=0.15)  # fmt: skip
    g.add("thing", "both", lambda f: they, cost=0.3)
    g.add("thing", "two of them , {n:several} ,", lambda f: f["n"])
    # Where it can be either, it is refused: a thing that is waited for, or one more to which it is done.
    g.add("rule", "{e:effect} [,] {w:when} , [and] {x:thing} (likewise|too|also|as well)", lambda f: rule(f["w"], done) if isinstance(done := _likewise(f), Doing) else REJECT)  # fmt: skip
    lead = "(as for|what about|about|regarding|concerning|now for|take|then there is|for|there are|then there are|)"
    g.add("rule", f"{lead} {{x:several}} (,|:|?|.|;) {{r:rule}}", _of_topics, cost=0.2)
    g.add("thing", "{n:several} [,|:] (both|each|all|all of them|both of them|each of them|each one)", lambda f: f["n"])
    g.add("thing", "(both|each|all) of {n:several}", lambda f: f["n"])
    g.add("effect", f"{COURTESY} {{e:effect}}", lambda f: f["e"])
    g.add("effect", "(just|simply|(you|we) (can|may|should|must|could|shall) [now|then|just|also]) {e:effect}", lambda f: f["e"], cost=0.05)  # fmt: skip
    g.add("effect", "(we|you|i|everyone) [will|would|do] (want|like|love|need|wish) [it] (to|that|for) {e:effect}", lambda f: f["e"], cost=0.05)  # fmt: skip
    g.add("one_more", ONE_MORE, lambda f: f["x"] if not f.get("m") else REJECT)
    g.add("one_more_told", ONE_MORE, lambda f: (f["x"], f["m"]) if f.get("m") else REJECT)
    # The amounts may be told again, as long as they are the same.
    amounts = "[,|:|-|;] [also|again|too|likewise] [that is|namely|at] {m:mods} [, same thing|, the same thing|, no difference|as before]"
    g.add("effects", f"{{e:effect}} {JOINT} {{x:one_more}} {amounts}", _likewise)
    g.add(
        "effects",
        f"{{e:effect}} {JOINT} {{t:one_more_told}}",
        lambda f: _likewise({"e": f["e"], "x": f["t"][0], "m": f["t"][1]}),
    )
    # 'While' leads to more that is done where nothing can be waited for.
    g.add(
        "effects",
        "{e:effect} [,] (while|whilst|whereas|with) {c:granting}",
        lambda f: row(f["e"], Doing((Step(effects=(f["c"],)),))),
        cost=0.1,
    )
    for more in (f"{JOINT} {{d:wait}} [,] {{x:one_more}} {amounts}", f"{JOINT} {{x:one_more}} {amounts} [,] {{d:wait}}", f"[,|;] (and|&|+|plus|,) {{x:thing}} {LIKEWISE} [,] [but] {{d:wait}}"):  # fmt: skip
        g.add("effects", f"{{e:effect}} {more}", _likewise_later)
    g.add(
        "effects",
        "{e:effect} [,|;] (and|then|and then|, and) {x:single} [only|then] {d:late}",
        _likewise_later,
        cost=0.2,
    )
    for text in ("{e:effect} [,] {w:when} [,|;|.] <and_again>", "{w:when} <sep> {e:effect} [,|;|.] <and_again>"):
        for state, words in ((False, "(off|out|dark)"), (True, "(on|lit)")):
            back = f"[and|then|and then|but] [(goes|it goes|it is|turns)] {words} [again] {{d:wait}}"
            g.add("rule", text.replace("<and_again>", back), lambda f, s=state: _taken_back(f, s), cost=0.1)
    g.add("effects", f"{{e:effect}} [,|;|.] (and|also|and also|+|oh and|,|&|plus) {{x:thing}} {_ALSO} {{m:mods}}", lambda f: _likewise(f) if f["m"] else REJECT, cost=0.1)  # fmt: skip
    g.add("rule", "{w:when} <sep> {d:effects} (.|;) {r:effects}", _one_after_another, cost=0.2)
    g.add("rule", "{d:effects} [,] {w:when} (.|;) {r:effects}", _one_after_another, cost=0.2)
    g.add("rule", f"{{e:effect}} [,] {{w:when}} (.|;|,) [and|then|also] {{x:one_more}} {amounts}", lambda f: rule(f["w"], done) if isinstance(done := _likewise(f), Doing) else REJECT, cost=0.2)  # fmt: skip
    g.add("effects", "{d:incomplete} [,|.|;|:|-] [and] {a:afterthought}", lambda f: completed(f["d"], f["a"]))
    g.add("incomplete", "{e:effect}", lambda f: Doing((f["e"],)) if _lacking(f["e"]) else REJECT)
    g.add("incomplete", "{e:effect} {j:joint} {x:effect}", lambda f: row(f["e"], Doing((f["x"],)), f["j"]) if _lacking(f["e"]) and _lacking(f["x"]) else REJECT)  # fmt: skip
    g.add("rule", "{r:rule_said} [,|.|;|:|-] [and] {a:afterthought}", lambda f: _rule_completed(f["r"], f["a"]))
    g.add("clause", "{a:fronted} [,] {c:clause}", lambda f: _clause_completed(f["c"], f["a"]))
    _afterthoughts(g)
    # 'It is Lamp that lights up', 'the opening of Door is a consequence of …'.
    g.add("clause", "[then] it is {x:single} (that|which|who) [shall|will|must|should] {e:trailing}", _cleft, cost=0.1)
    g.add("rule", "{d:effects} ((is|are|shall be|will be) [a|the|an] [direct|immediate] (consequence|result|outcome|effect|product|answer|reaction|response) (of|to)|(follows|follow|results|result|ensues|ensue|arises|comes) [directly|immediately] from) {c:events}", lambda f: rule(Said(f["c"]), f["d"]))  # fmt: skip


def _likewise(f: Fields) -> Any:
    """The one effect of a step done to one more thing, and what is done besides."""
    step, more = f["e"], f["x"]
    if len(step.effects) != 1 or more.pronoun:
        return REJECT
    (effect,) = step.effects
    things = REJECT if effect.thing.pronoun or not effect.thing.names else listed("all")({"a": effect.thing, "b": more})
    if things is REJECT or (f.get("m") and not effect.agrees(bag(f["m"]))):
        return REJECT
    step = step.model_copy(update={"effects": (effect.model_copy(update={"thing": things}),)})
    return row(step, f["r"], f["j"]) if "r" in f else Doing((step,))


def _cleft(f: Fields) -> Any:
    """``It is Lamp that goes on``."""
    effect = f["e"]
    own = isinstance(effect, Effect) and effect.thing.pronoun and not effect.thing.said
    return effect.model_copy(update={"thing": f["x"]}) if own else REJECT


def _of_topics(f: Fields) -> Any:
    """``As for A and B, give each …``: they are those that were named before."""
    put = lambda ref: f["x"] if ref.pronoun and ref.said == "they" else ref  # noqa: E731
    steps = with_refs(f["r"].steps, put)
    return f["r"].model_copy(update={"steps": steps}) if steps != f["r"].steps else REJECT


def _likewise_later(f: Fields) -> Any:
    """The same done to one more thing some time after."""
    together = _likewise({key: value for key, value in f.items() if key != "d"})
    if not isinstance(together, Doing) or f["d"] <= 0:
        return REJECT
    (effect,) = f["e"].effects
    return Doing((f["e"], Step(effects=(effect.model_copy(update={"thing": f["x"]}),), wait=f["d"])))


def _taken_back(f: Fields, value: bool) -> Any:
    """``Lamp on when A, off again after 2 s``."""
    undone = [effect.undone() for effect in f["e"].effects]
    if len(undone) != 1 or undone[0] is None or getattr(undone[0], "value", None) is not value or f["d"] <= 0:
        return REJECT
    if f["w"].mode == "while":
        return REJECT
    return rule(f["w"], Doing((f["e"], Step(effects=(undone[0],), wait=f["d"]))))


def _alike(one: Effect, other: Effect) -> bool:
    return one.model_copy(update={"thing": other.thing}) == other and not {*one.thing.names} & {*other.thing.names}


def _one_after_another(f: Fields) -> Any:
    """``Launch A at 3 m/s. Launch B at 3 m/s.``: a sentence that does the same to another thing belongs to the rule."""
    first, then = f["d"], f["r"]
    if len(first.steps) != 1 or len(then.steps) != 1 or f["d"].apart:
        return REJECT
    told = alike(first.steps[0], then.steps[0])
    if told is None:
        return REJECT
    then = Doing((told,))
    ones, others = first.steps[0].effects, told.effects
    if not all(isinstance(e, Effect) and e.thing.names and not e.thing.pronoun for e in (*ones, *others)):
        return REJECT
    if not all(any(_alike(one, other) for one in ones) for other in others):
        return REJECT
    return rule(f["w"], row(first.steps[0], then))


def _lacking(step: Step) -> bool:
    return bool(step.effects) and step.effects[-1].lacking


def completed(doing: Doing, pairs: Pairs) -> Any:
    """What is done, the last of it with amounts that are told after it."""
    *before, step = doing.steps
    *others, last = step.effects
    said = bag(pairs)
    if others and "each_one" in said and not last.thing.pronoun and len(last.thing.names) == 1:
        alone = {key: value for key, value in said.items() if key != "each_one"}
        each = [one.completed(alone) if one.lacking else None for one in step.effects]
        return REJECT if None in each else Doing((*before, step.model_copy(update={"effects": tuple(each)})))
    whole = last.completed(said) if last.lacking else None
    if whole is None:
        return REJECT
    return Doing((*before, step.model_copy(update={"effects": (*others, whole)})))


def _rule_completed(said: Any, pairs: Pairs) -> Any:
    if not isinstance(said, Rule) or len(said.effects) != 1 or not _lacking(said.steps[-1]):
        return REJECT
    done = completed(Doing(said.steps), pairs)
    return said.model_copy(update={"steps": done.steps}) if isinstance(done, Doing) else REJECT


def _clause_completed(clause: Any, pairs: Pairs) -> Any:
    if not isinstance(clause, Effect) or not clause.lacking:
        return REJECT
    return clause.completed(bag(pairs)) or REJECT


def _afterthoughts(g: Grammar) -> None:
    """What an effect lacks, in a part of its own, as pairs of modifiers."""
    quick = "(velocity|speed|velocity vector|speed vector|v|vel|launch velocity|initial velocity|starting velocity|launch speed)"
    must = f"(is|are|:|=|being|of|shall be|should be|is to be|must be|will be|has to be|{MODAL} be)"
    of_it = "[for (it|this|that|them|both|each|all|each of them|both of them|each one|launch|shot|throw|kick|push)|each|both|apiece|in both cases|in each case]"
    kick = "[a|the|one] [same|common|new|single] [velocity|speed|kick|push|shove|velocity vector|speed vector] [of|=|:|,|vector]"
    one, many = (
        "(it|him|her)",
        "(them|each|both|all|each of them|both of them|all of them|each one|every one of them|either|them both|them each)",
    )
    for whom, number in ((one, ("one", True)), (many, ("each_one", True))):
        for size, key in (("vel", "vel"), ("speed", "speed")):
            v, told = f"{{v:{size}}}", lambda f, k=key, n=number: ((k, f["v"]), n)
            g.add("afterthought", [
                f"(give|giving|grant|lend) {whom} [each|both|all] {kick} {v} {of_it}", f"{whom} (gets|get|has|have|receives|receive|is given|are given|getting|takes|goes|go|flies|fly|moves|move|({MODAL}|should) [each|both|all] (get|have|receive|be given|go|fly|move)) [each|both|all] [at|with|off at|away at|off with] {kick} {v} {of_it}",
                f"(make|let|have) {whom} [be|have|get|go|go at|go with|fly at|move at] {kick} {v} {of_it}",
                f"so [that] {whom.replace('it|', 'it|they|').replace('them|', 'they|them|')} (goes|go|flies|fly|moves|move|flies off|fly off|is off|are off|has|have|gets|get|travels|travel|takes off|rolls|rolls off|leaves|shoots off|runs|{MODAL} (go|fly|move|have|get|travel|roll|fly off)) [at|with|off at] {kick} {v} {of_it}",
            ], told)  # fmt: skip
    for size, key in (("vel", "vel"), ("speed", "speed")):
        v = f"{{v:{size}}}"
        g.add("afterthought", [
            f"(use|using|take|with|choose|apply|set|at|by|and at|and with|i mean at|i mean with|namely|namely at|namely with|exactly|exactly at|at exactly|that is|that is at|make that|say) {kick} {v} {of_it} [that is|to be exact|to be precise]",
            f"[(its|their|his)] [common|launch|starting] {quick} [for (it|both|each|them|all)] {must} {v} {of_it}", f"with [its|their|the] [common] {quick} (being|set to|of|at|equal to) {v} {of_it}", f"[{quick}] {v} {of_it}", f"{v} (will do|should do|is enough|is all it needs|suffices)",
        ], lambda f, k=key: ((k, f["v"]),))  # fmt: skip
        both = [
            f"(both|each) [of them] [at|with] {kick} {v}",
            f"(with|at) (each|both) {v}",
            f"(at|with) {kick} {v} (each|both|apiece)",
        ]
        g.add("afterthought", both, lambda f, k=key: ((k, f["v"]), ("each_one", True)))
    move = f"(make|let|have) (it|this|that) [be|move|go|turn|slide|rise|rotate]|(move|turn|rotate|slide|shift|push|lift|raise|swing|go|drive) it|by|namely|use|using|take|that is|(it|this) (is|should be|{MODAL} be|moves|goes|{MODAL} (move|go))|distance [:|=|is|of]|(its|the) (distance|way|stroke|path|travel) (is|:|being|should be|shall be|must be)|angle [:|=|is|of]"
    g.add("afterthought", f"[{move}] [by|for|through] {{v:length}} {{m:mods}}", lambda f: _amount("by", f))
    g.add("afterthought", f"[{move}] [by|for|through] {{v:angle}} {{m:mods}}", lambda f: _amount("angle", f))
    g.add("afterthought", f"({move}|about|around|with|use) {{v:axis}} {{m:mods}}", lambda f: _amount("axis", f))
    g.add("afterthought", f"[{move}] {{v:letter}} [as its|being its|is its|as|is] axis {{m:mods}}", lambda f: _amount("letter", f))  # fmt: skip
    g.add("fronted", "(with|at|by) [a|the] [velocity|speed] [of] {v:vel}", lambda f: (("vel", f["v"]),))


def _amount(key: str, f: Fields) -> Any:
    pair = ("axis", (f["v"], 1.0)) if key == "letter" else (key, f["v"])
    return REJECT if any(pair[0] == other for other, _ in f["m"]) else (pair, *f["m"])
