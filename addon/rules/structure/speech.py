"""Rules told in more than one breath: what is done first and then only when, waits, counts, and what is left as it is."""

from __future__ import annotations

from typing import Any

from ..conditions.logic import And
from ..effects.hold import Release
from ..grammar import REJECT, Grammar
from ..model import Effect, with_refs
from ..reference import Ref
from .effects import Doing
from .said import Said, counted, denied, guarded, in_order, of_fact, settled
from .whole import often, rule

DO_THIS = """
    (do|doing) (this|it|so|that|all this)
    (this|it|that|all this|which) (happens|is done|is to be done|is to happen|shall happen|should happen|must happen|shall be done|is to start|starts|should start)
    (start|begin|starting|beginning|starts|begins) [it|this|with it|with this|off]
    (it|this|that) (goes ahead|takes place|is triggered|comes about)
"""
NOT_THEN = """
    (do no such thing|do nothing|do nothing of the sort|nothing happens|nothing is done|never|not|leave it)
    (do not|never) (do|start) (so|this|it|that)
    (this|it|that) (does not happen|is not done|shall not happen|must not happen|is not to happen)
    (do not|but not|just not)
"""
COUNTS = """
    (count|counting|count up|keep count of|keep a count of|keep a tally of|keep track of|keep tally of|tally|wait for|we are after|am after|i am after|note|register)
"""
ITSELF = ("it", "that", "this", "that one", "this one", "him", "he", "her", "she", "the thing")
COMES = "(on|at|after|upon|with|when|once|and on|and at|and after|and upon|and with|but on|but at)"
UNTIL = "(until|till|so long until|as long until|up to moment when|up to moment that|for as long as until)"
STAYS = "(stays|stay|staying|waits|waiting|remains|keeps|is held|is staying|is waiting|is fixed|stays put|stays where it is|stays in place|is kept|hangs|rests)"
LEADS = "(?|.|;|,|:)"
NEEDS = """
    [but] [it|this|that] (needs|need|requires|require|takes|take|wants|depends on|wait for|insist on|only counts with)
    [but] [please] (wait|hold off|hold on) for
    (conditional|dependent|contingent) (on|upon)
"""
BOTH_OF = """
    (a pair|pair) of [things|events|hits|contacts|collisions|touches|conditions]
    (both|two|these two|both of these|both of following|2) [things|events|hits|contacts|collisions|touches|conditions] [first|to happen|to have happened]
    (two|both) [things|events|hits|contacts] , (both of which|which) (must|have to) (both have occurred|have occurred|have happened|happen|occur)
"""
IN_SEQUENCE = """
    two (things|events|hits|contacts) [have] (come about|happened|occurred|taken place) in (this|that|exactly this|given) (sequence|order)
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("do_this", DO_THIS), ("not_then", NOT_THEN), ("counts", COUNTS), ("needs", NEEDS), ("both_things", BOTH_OF),
        ("in_sequence", IN_SEQUENCE),
    ):  # fmt: skip
        g.add(name, texts)
    g.add(
        "rule",
        "{d:effects} (.|;|,|-) [but|and] <do_this> [but] [only|exactly|just|precisely] {w:when}",
        lambda f: rule(f["w"], f["d"]),
    )
    g.add(
        "rule",
        "{d:effects} (.|;) [but|and] <do_this> [but] [only|exactly|just|precisely] {w:when} [,] <once_only>",
        lambda f: rule(often(f["w"], "once"), f["d"]),
        cost=0.1,
    )
    # A time alone is a moment where the deed comes after it; after the deed it would be how long that takes.
    g.add(
        "rule",
        "[just] {t:time} (:|->|,|;|-|.) [then] {d:effects}",
        lambda f: rule(Said(None, at=f["t"]), f["d"]) if f["t"] > 0 else REJECT,
        cost=0.4,
    )
    _exceptions(g)
    _lists(g)
    _counts(g)
    _waits(g)
    g.add(
        "once_lead",
        "[it is|this is] [a] (one-time|one time|single) (deal|thing|affair|rule|event) [, so [please] do not repeat it]\n(just once|only once|one time only|once only)",
    )
    g.add("rule", "<once_lead> (:|,|;) {r:rule}", lambda f: f["r"] if f["r"].when.mode == "once" else REJECT)
    g.add(
        "topic_lead",
        "(there is|then there is|you know|start with|as for|what about|how about|take|consider|about|remember|you remember|do you remember|do you see|see|now|now for|then|then comes|next is|next comes|on to|regarding|concerning|this is about|this one is about|this is for)",
    )
    g.add("topic", "<topic_lead> {x:single} [that we are holding|we are holding|that is held]", lambda f: f["x"])
    g.add(
        "rule",
        "<topic_lead> {x:single} [we are holding|that we are holding] (?|.|;|:|, and|,) {r:rule}",
        _of_topic,
        cost=0.2,
    )
    g.add("rule", "{x:topic} (,|:) {r:rule}", _of_topic, cost=0.2)
    g.add("bare_touch", "{c:bare}", lambda f: f["c"])
    g.add("rule", "{c:bare_touch} . {d:effects}", lambda f: rule(Said(f["c"]), f["d"]), cost=0.4)
    g.add(
        "rule",
        "{d:effects} [,|;|-] [and|where] (what (sets|triggers|starts|causes|makes) (it off|this off|it|this|that|it happen|it go)|trigger|cue|signal|sign|trigger for it|trigger for this|cue for it|cue for this) (is|being|:) {c:events}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    caused = "(triggered|occasioned|caused|effected|brought about|set off|initiated|prompted|started|granted|carried out|done|performed|executed|made)"
    g.add(
        "rule",
        f"{{d:effects}} (shall be|is|is to be|will be|are|must be|should be) {caused} (by|through) {{c:events}}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    g.add(
        "rule",
        f"{{d:effects}} (shall be|is|is to be|will be|are|must be|should be) {caused} [only] {{w:when}}",
        lambda f: rule(f["w"], f["d"]),
        cost=0.1,
    )
    g.add(
        "rule",
        f"{{d:effects}} (shall be|is|is to be|will be|are|must be|should be) (deferred|delayed|postponed|held back|put off) {UNTIL} {{c:events}}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )


def _exceptions(g: Grammar) -> None:
    if_ = "(if|provided|provided that|given that|assuming|as long as|so long as|in case)"
    earlier = "[at that point|at that moment|by then|until then|before|already|then]"
    only = "(.|;|,) [but|and] <do_this> (only|just|solely) [if|when] "
    for order in ("{w:when} <sep> {d:effects}", "{d:effects} [,] {w:when}", "{c0:conds} <means> {d:effects}"):
        g.add(
            "rule",
            f"{order} {only.replace('[if|when] ', '')} {if_} [until then|by then] {{c:conds}} {earlier}",
            lambda f: _only_if(f, f["c"]),
        )
        g.add(
            "rule",
            f"{order} [,] but only {if_} [until then|by then|up to then] {{c:conds}} {earlier}",
            lambda f: _only_if(f, f["c"]),
            cost=0.05,
        )
        g.add(
            "rule",
            f"{order} (.|;|,) [but] <not_then> (if|when|in case|once|after|where) {{c:events}} [<earlier>]",
            lambda f: _only_if(f, denied(f["c"])),
        )
        g.add(
            "rule",
            f"{order} (.|;|,) [but] <not_then> (if|when|in case|once|after|where) {{c:events}} (already before|before already|earlier|before|already)",
            lambda f: _only_if(f, denied(settled(f["c"]).begun())),
            cost=-0.1,
        )


def _only_if(f: Any, condition: Any) -> Any:
    limited = guarded(f["w"] if "w" in f else Said(f["c0"]), condition)
    return REJECT if limited is REJECT else rule(limited, f["d"])


def _lists(g: Grammar) -> None:
    """What is done and, after it, a list of all that is needed for it."""
    pair = "{a:item} [,] (, and also|, and|and also|,|and|plus|;|+|as well as|&) {b:item}"
    g.add("two", pair, lambda f: And(parts=(f["a"], f["b"])))
    g.add("needed", "{c:two}\n(: |,|LPAR) {c:two} [RPAR]".replace("(: ", "(:"), lambda f: f["c"])
    g.add(
        "rule",
        "{d:effects} (.|;|,|:|-) <needs> <both_things> {c:needed} [,|;] [<any_order>]",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    g.add(
        "rule",
        "{d:effects} (is|shall be|are) <needs> <both_things> {c:needed} [<any_order>]",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    g.add(
        "rule",
        "[it|this] (needs|takes|need|we need|requires|must be touched|must touch|wait for) <both_things> [,|:|for this one , so] {c:two} [,|;|.] [and] <sep> {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    both = "(when|once|if|as soon as) [they|both|these|all] (are|have) [both] (there|in|done|happened|met|taken place|touched)"
    g.add(
        "rule",
        "[it|this|we] need <both_things> [for this [one|rule]] , so {c:two} , and when they have [both] (happened|occurred|touched) {d:effects}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    g.add(
        "rule",
        f"[it|this] (needs|takes|need|we need|requires|wait for) <both_things> [,|:] {{c:two}} (.|;|,) [and] {both} [,] {{d:effects}}",
        lambda f: rule(Said(f["c"]), f["d"]),
    )
    g.add(
        "rule",
        f"(wait|{{h:held}}) {UNTIL} <in_sequence> [,] [and] then {{d:effects}} : {{a:item}} [first] [,] (,|and|then|;|and then) {{b:item}} [second|then|after]",
        _in_sequence,
    )


def _in_sequence(f: Any) -> Any:
    condition = in_order(f["a"], f["b"])
    return rule(Said(condition), f["d"]) if f.get("h") is None else _freed({**f, "c": condition})


def _counts(g: Grammar) -> None:
    one = "[one|time|of them|of these|of those|<happening_noun>]"
    g.add("rule", f"<counts> {{h:happening}} [here] {LEADS} {COMES} {{n:ordinal}} {one} [,|:] {{d:effects}}", _nth)
    g.add(
        "rule",
        f"<counts> {{m:number}} {{h:happening}} [here] {LEADS} {COMES} {{n:ordinal}} {one} [,|:] {{d:effects}}",
        _nth,
    )


def _nth(f: Any) -> Any:
    if f.get("m") not in (None, f["n"]):
        return REJECT
    condition = counted(of_fact(f["h"]), f["n"])
    return REJECT if condition is REJECT else rule(Said(condition), f["d"])


def _waits(g: Grammar) -> None:
    """What is held or left as it is until something happens, and what is done then."""
    g.add(
        "held",
        "[please] [to] (hold|keep|keep holding|go on holding|continue to hold) {x:thing} [held|fixed|in place|back|still|where it is|frozen|up]",
        lambda f: f["x"],
    )
    g.add("held", f"{{x:thing}} {STAYS} [in place|fixed|held|where it is]", lambda f: f["x"])
    then = "(.|;|,) [and|but] (then|only then|after that|and then|now|at that moment) [it is time to]"
    g.add("rule", f"{{h:held}} {UNTIL} {{c:conds}} {then} {{d:effects}}", _freed)
    g.add(
        "rule",
        "[do|does] not {e:effect} (before|until|till) {c:events} (.|;|,) [and|but] [then] {d:effects} [then|only then|at that moment]",
        _first_not,
    )
    opposed = "(stay|keep|keeps|stays|leave|remain|remains)"
    g.add(
        "rule",
        f"{opposed} {{x:thing}} (closed|shut|as it is|where it is) {UNTIL} {{c:conds}} {then} {{d:effects}}",
        _left,
    )
    shut = "(closed|shut|as it is|where it is|off|unlit|dark|in place|in its place)"
    g.add(
        "rule",
        f"{{x:thing}} [must|has to|should|shall|is to|will|needs to] (stay|stays|remain|remains|be kept|is kept) {shut} {UNTIL} {{c:conds}} {then} {{d:effects}}",
        _left,
    )
    g.add(
        "topic",
        "(as for|about|regarding|concerning|now for|when it comes to|then there is|and then there is|and) {x:single}\n{x:single}",
        lambda f: f["x"],
    )


def meant(doing: Doing, thing: Ref) -> Doing:
    """What is done, where ``it`` is the thing that was spoken of."""
    put = lambda ref: thing if ref.pronoun and (ref.said in ITSELF or not ref.said) else ref  # noqa: E731
    first, *rest = doing.steps
    return Doing((with_refs(first, put), *(with_refs(step, put) for step in rest)))


def _freed(f: Any) -> Any:
    """``Hold Ball until …, then release it``: what lets go of just that thing."""
    doing = meant(f["d"], f["h"])
    first = doing.steps[0].effects[0]
    if not isinstance(first, Release) or first.thing.names != f["h"].names:
        return REJECT
    return rule(Said(f["c"]), doing)


def _left(f: Any) -> Any:
    """``Keep Door closed until …, then open it``: what was left as it was is changed then."""
    doing = meant(f["d"], f["x"])
    return rule(Said(f["c"]), doing) if doing.steps[0].effects[0].thing.names == f["x"].names else REJECT


def _of_topic(f: Any) -> Any:
    """``As for Door, it opens when …``."""
    put = lambda ref: f["x"] if ref.pronoun and ref.said in ITSELF else ref  # noqa: E731
    steps = with_refs(f["r"].steps, put)
    return f["r"].model_copy(update={"steps": steps}) if steps != f["r"].steps else REJECT


def _first_not(f: Any) -> Any:
    """``Do not open Door before …; open it then`` is to open it then."""
    not_yet, then = f["e"].effects, f["d"].steps[0].effects
    if (
        len(not_yet) != 1
        or len(then) != 1
        or f["e"].wait
        or len(f["d"].steps) != 1
        or not same_effect(not_yet[0], then[0])
    ):
        return REJECT
    return rule(Said(f["c"]), Doing((replace_effect(f["d"].steps[0], not_yet[0].thing),)))


def replace_effect(step: Any, thing: Any) -> Any:
    """A step whose one effect is done to a thing."""
    return step.model_copy(update={"effects": (step.effects[0].model_copy(update={"thing": thing}),)})


def same_effect(one: Effect, other: Effect) -> bool:
    """Whether two do the same to one thing; the second may only point at it."""
    alike = one.model_copy(update={"thing": other.thing}) == other
    return alike and (other.thing.pronoun or one.thing.names == other.thing.names)
