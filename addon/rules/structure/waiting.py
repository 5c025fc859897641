"""Sentences that tell somebody to wait, look or check, one or two of them, and what is done then."""

from __future__ import annotations

from typing import Any

from ..conditions.logic import And, Count, Earlier, InOrder, Or, Xor
from ..conditions.touch import Touch
from ..effects.hold import Release
from ..grammar import REJECT, Grammar
from ..model import Condition, Rule
from .effects import Doing, row
from .said import Said, both, either, guarded, in_order, like, one_only, settled
from .speech import UNTIL, meant, replace_effect, same_effect
from .whole import rule

CHECK = """
    [please|now|then|also|and|next|we|you|just|always|first|better] (check|see|make sure|make certain|be sure|verify|confirm|ensure|note|notice|observe|find out|see to it|watch|take care|test|look|ask|we know|it must be|it is needed|it is required) [first] [,|:|that|whether|if|to see that|to see if|for it that]
    [we|you|i|it|this] [will|shall|do|does|both|now|first] (need|needs|want|require|requires|must have|demand) [first|here|now] [,|:|that|it that|to see that|to have]
"""
THEN = "(then|now|and then|only then|after that|after this|and now|so|so then|and so|thereafter|and only then|at that|with that|then and only then|if so|in that case|next|and after that|that is when|and that is when|at that point|if yes|yes|in this case|as soon as that is so|when that is so|once that is so|once it is so|once that happens|once that has happened|once it happens|when it happens|when that happens|as soon as it happens|as soon as that happens|once it has|once it does|when it does|when it has|as soon as it does|because that is when|because then|because that is how)"
BOTH = "(both|the two|they both|these both|both of them|both of these|both of those|them both|the two of them|all of this|all of that|both (hits|contacts|conditions|things|touches|events|collisions|knocks|bumps|of the two|impacts|strikes)|the two (hits|contacts|conditions|things|touches|events|collisions|knocks|bumps|impacts|strikes)|these two|those two|everything|it all)"
DONE = "(done|true|so|there|met|happened|occurred|fulfilled|made|satisfied|in|seen|given|ok|okay|complete|completed|case|the case|taken place|over|ready|through|come true|noted|registered|had|right|yes|checked)"
HAVE = "(have|has|had|have had|has had|have got|has got|have seen|have noted|get|got|are|is|were|see|being|having|have been|has been|do|did|have both|have now|are both|are now)"
BOTH_SAID = f"""
    [and|but] [only] [if|when|once|after|as soon as|with|given|upon|in case|provided] [that] [now|only] {BOTH} [{HAVE}] [both|now|been|all] [{DONE}]
    [and|but] [only] (if|when|once|after|as soon as|provided) (we|you|i|they|these|those|it|one) {HAVE} [now|had|seen|got|noted] ({BOTH} [{DONE}]|all {DONE}|both [been] {DONE})
    (if|when|once|after|as soon as) they (both|have both|both have|both did|both do|did both|are both) [{DONE}|there|been]
"""
ONE_SAID = f"""
    [and|but] [only] (if|when|once|after|as soon as|with|given|provided) (exactly|exact|just|only|precisely) (one|1) [of (them|these|those|the two|both|these two)] [{HAVE}] [now|been] [{DONE}] [[,|and|but] <not_both>]
    (exactly|exact|just|only|precisely) (one|1) [of (them|these|those|the two|both|these two)] [{HAVE}] [{DONE}] [[,|and|but] <not_both>]
"""
EITHER_SAID = f"""
    [and] (if|when|once|after|as soon as|with) (either|either one|any|any one|at least one|one or the other|whichever) [of (them|these|those|the two|these two)] [{HAVE}] [now|been] [{DONE}]
"""
MARK = "(.|;|,|?|:|-|!|, and|. and|and|; and|, but)"
LEAD_ON = "[,|?|:|.|->|-|!] [then|now|and then|only then|that is when|so]"
HITS = "(things|hits|contacts|touches|collisions|events|conditions|knocks|bumps|impacts|strikes|meetings)"
KEEPS = """
    [we are|you are|i am|just|please|still|so|we|you] (keep|keeping|keep on|hold|holding|leave|leaving|have|let) {x:thing} (held|frozen|fixed|in place|still|up|up there|where it is|hanging|hanging there|up there|back|stay|stay put|stay where it is|waiting|hang|hang there|in the air|suspended|tied|locked)
    [we are|you are|i am|we|you|just|please|still] (keep hold of|keep a hold of|keeping hold of|hold on to|holding on to|hang on to|hanging on to|keep|keep holding|hold|holding|holding back|hold back|keep a grip on|do not let go of|do not release|do not free|do not drop|not let go of) {x:thing}
    {x:thing} [is|just|still|must|has to|should|will|shall] [to|just|still|be|being] (hangs there|hang there|hanging there|hangs|stays put|stay put|stays there|stays where it is|stays frozen|waits there|waits up there|hangs up there|hanging|frozen|held|kept|held back|kept back|kept frozen|kept in place|held in place|stays in place|stays up|stays fixed|stays held|stays)
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("check_word", CHECK), ("both_said", BOTH_SAID), ("one_said", ONE_SAID), ("either_said", EITHER_SAID),
        ("then_said", THEN),
    ):  # fmt: skip
        g.add(name, texts)
    _asked(g)
    _pairs(g)
    _held(g)
    _checks_after(g)
    _labelled(g)


def _asked(g: Grammar) -> None:
    """What one sentence asks to wait for (``await``) or to look at (``check``)."""
    wait = "(await|wait for|watch for|look out for|watch|expect|count on|await|see|notice|observe|look for|stand by for|hold on for|hang on for|listen for)"
    g.add("awaited", "<look_for> {c:events}", lambda f: f["c"], cost=0.05)
    g.add("awaited", f"[please|now|first|just|we|you] {wait} {{h:bare_event}}", lambda f: f["h"])
    g.add("awaited", f"[please|now|first|just] {wait} {{c:seen}}", lambda f: f["c"])
    g.add(
        "awaited",
        "[please|now|first|just] (let|have|allow|leave) {f:so}",
        lambda f: f["f"] if happens_only(f["f"]) else REJECT,
    )
    g.add(
        "awaited",
        "[please|now|first|just] (let|have) {c:seen}",
        lambda f: f["c"] if happens_only(f["c"]) else REJECT,
    )
    g.add("checked", "<check_word> {c:conds}", lambda f: f["c"])
    g.add("checked", "<check_word> {c:events}", lambda f: f["c"], cost=0.02)
    g.add("asked", "{q:question} [yet|already|now] ?", lambda f: f["q"])
    g.add("told", "{c:awaited}\n{c:checked}\n{c:asked}", lambda f: f["c"])
    g.add("rule", "{c:asked} [<then_said>] [,|:] {d:deeds}", _of_event, cost=0.4)
    end = "(.|;|:|!|?|->|-)"
    g.add("rule", f"{{c:told}} {end} [<then_said>] [,|:] {{d:deeds}}", _of_event, cost=0.4)
    g.add("deeds", "{d:effects}", lambda f: f["d"])
    g.add("deeds", "{e:effect} (.|;) [now|also|and|next] {r:effects}", _side_by_side)
    g.add("so", "{a:told} (,|.|;|and|, and|. and) then {b:told}", lambda f: in_order(f["a"], f["b"]), cost=0.1)
    g.add("rule", "{c:told} (,|, and|and) <then_said> [,|:] {d:effects}", _of_event, cost=0.45)


def happens_only(condition: Any) -> bool:
    """Whether something only happens by itself: ``let Ball hit Plate`` waits, ``let Door open`` does."""
    condition = settled(condition)
    number = getattr(condition, "value", None)
    condition = condition.part if isinstance(condition, Count) else condition
    return isinstance(condition, Touch) or (isinstance(number, int | float) and not isinstance(number, bool))


def _side_by_side(f: Any) -> Any:
    """Two sentences of what is done, of which the second does the like to another thing."""
    first, then = f["e"], f["r"].steps[0]
    things = {name for effect in first.effects for name in effect.thing.names}
    others = {name for effect in then.effects for name in effect.thing.names}
    kinds = {type(effect) for effect in (*first.effects, *then.effects)}
    if first.wait or then.wait or not things or not others or things & others or len(kinds) > 1:
        return REJECT
    return row(first, f["r"])


def _of_event(f: Any) -> Any:
    return rule(Said(settled(f["c"])), f["d"])


def _pairs(g: Grammar) -> None:
    """Two that are asked for, each in a sentence of its own or in a list, and whether both, one or any is meant."""
    g.add("two_told", f"{{a:told}} {MARK} [also|then also|now] {{b:told}}", _two)
    g.add(
        "two_told",
        f"{{a:checked}} {MARK} [and|also|and also] {{b:item}} [as well|too|also|likewise|yet] [?]",
        _two,
        cost=0.05,
    )
    g.add(
        "two_told",
        "{a:told} (.|;|,|?|and|, and) [also|and] {b:ellipsis} [too|as well]",
        lambda f: _pair_of(like(f["a"], f["b"], both)),
        cost=0.1,
    )
    also = "[as well|too|also|likewise|yet] [?]"
    g.add("two_told", "{a:asked} [and|also|and also] {b:asked}", _two, cost=0.05)
    g.add("two_told", f"{{a:asked}} [and|also|and also] {{b:item}} {also}", _two, cost=0.1)
    for short in ("{b:ellipsis}", "{b:pair}"):
        g.add(
            "two_told",
            f"{{a:asked}} (and|also|and also) {short} {also}",
            lambda f: _pair_of(like(f["a"], f["b"], both)),
            cost=0.1,
        )
    lead = f"[<look_for>|<check_word>|there are|here are|these are|needed|needed are|wanted|required|it takes|take|this takes|we have|have|of|from|for] [the|these|just|your] (two|both|2|these two|the two|following|two different|these) [different|separate|following] [{HITS}] [here|first|for this|in all|to happen|to have happened|:|needed|required|are needed|are required|must happen|have to happen|are wanted|count|matter|must be there|that count|to watch|to wait for|to check|for it|for this one]"
    g.add("two_told", f"{lead} [,|:|-|.|LPAR] {{a:item}} [,|;|.] [and|plus|+|&|,|and also|or] {{b:item}} [RPAR]", _two)
    g.add("two_told", "{a:item} (.|;) [and|also] {b:item}", _two, cost=0.2)
    g.add("two_told", "{a:item} (,|and|, and|+|&|plus) {b:item}", _two, cost=0.3)
    for said, joined in (("both_said", both), ("one_said", one_only), ("either_said", either)):
        g.add(
            "rule",
            f"{{p:two_told}} [{MARK}] <{said}> {LEAD_ON} {{d:effects}}",
            lambda f, j=joined: _of_two(f, j),
            cost=0.2,
        )
        g.add("rule", f"{{p:two_told}} {MARK} {{d:effects}} <{said}>", lambda f, j=joined: _of_two(f, j), cost=0.25)
        # 'Wait for A, and B, both true'
    g.add(
        "rule",
        "<check_word> [the] (order|sequence) (.|;|:|,|!) {c:conds} ? [<then_said>] [,] {d:effects}",
        lambda f: _of_event(f) if isinstance(f["c"], InOrder) else REJECT,
    )


def _two(f: Any) -> Any:
    a, b = f["a"], f["b"]
    if any(isinstance(c, And | Or | Xor | InOrder | Earlier) for c in (a, b)):
        return REJECT
    return a, b


def _pair_of(condition: Any) -> Any:
    return condition.parts if isinstance(condition, And) and len(condition.parts) == 2 else REJECT


def _of_two(f: Any, joined: Any) -> Any:
    condition = joined(*map(settled, f["p"]))
    return REJECT if condition is REJECT else rule(Said(condition), f["d"])


def _held(g: Grammar) -> None:
    """What is kept as it is until something happens, which then lets it go."""
    g.add("kept", KEEPS, lambda f: f["x"])
    for_now = "[for now|until then|for the moment|till then|for the time being|at first|first|yet]"
    g.add("rule", f"{{h:kept}} {for_now} (.|;|,|!|-|:) [but|and|then|and then] {{r:rule}}", _let_go, cost=0.1)
    once = "[for (the|a) (first|very first) time]"
    then = "(.|;|,|-|and|, and|:) [<both_said> [,]] [and|but] [then|only then|after that|and then|now|at that moment|after both [,]] [it is time to]"
    for name in ("conds", "events"):
        g.add(
            "rule",
            f"{{h:kept}} [,] [right|up] {UNTIL} {{c:{name}}} {once} {then} {{d:effects}}",
            _freed_then,
            cost=0.05,
        )
    g.add(
        "rule",
        "{h:kept} [for|just for|only for] {t:time} [,|.|;|-] [and] [then|only then|after that|after which] [it is time to] {d:effects}",
        lambda f: _freed_then({**f, "c": None}),
        cost=0.05,
    )
    off = "(hold {x:thing} off|(hold|keep|leave|let) {x:thing} [be|stay|remain] (closed|shut|still|where it is|as it is|in place|back|unopened|untouched|alone))"
    g.add(
        "rule",
        f"[please] {off} [,] {UNTIL} {{c:conds}} {then} {{d:effects}}",
        _left_then,
    )
    leave = "(touch|move|do anything to|do anything with|change|bother|disturb|do anything about|use)"
    g.add("left", f"[please] do not {leave} {{x:thing}} (yet|just yet|for now|before|for the moment)", lambda f: f["x"])
    shut = "(alone|as it is|where it is|in peace|untouched|closed|shut|unopened|put)"
    stays = (
        f"{{x:thing}} [must|should|shall|has to|is to|will] (stays|stay|remains|remain|is kept|be kept|keeps) {shut}"
    )
    g.add("left", f"((leave|keep|have) {{x:thing}} {shut}|{stays}) {for_now}", lambda f: f["x"])
    wait = "[just|simply|still] (waits|has to wait|must wait|is to wait|should wait|shall wait|will wait|is waiting|waits there|needs to wait)"
    before = "[,] (before|and then|and only then|. then|. only then|; then|, then|. after that)"
    g.add("rule", f"{{x:thing}} {wait} (for|until|till) {{c:events}} {before} {{d:effects}}", _left_then)
    g.add("rule", f"{{h:kept}} [,] waiting (for|until|till) {{c:events}} {then} {{d:effects}}", _freed_then)
    # What is not done until something happens is done then.
    g.add(
        "rule", "[please|just|so|we|you] [will|shall|must|should] do not {e:effect} (until|till) {c:events}", _only_then
    )
    g.add("rule", "{u:undone} (until|till) {c:events}", _only_then)
    not_yet = "(yet|just yet|right away|straight away|at once|for now|at first|too soon|too early)"
    g.add("rule", f"[please|just] do not {{e:effect}} {not_yet} (.|;|,|!|-) [but|only] <do_this> [only|but] {{w:when}}", lambda f: rule(f["w"], Doing((f["e"],))), cost=0.1)  # fmt: skip
    g.add("left", "hands off {x:thing} [for now|at first|yet|for the moment]", lambda f: f["x"])
    g.add("rule", "{x:left} (.|;|!|,|-) [but] {r:rule}", _left_first)
    g.add(
        "rule",
        f"[please|we|you|i] [will|shall|must|should] [do|does|let] not {{e:effect}} (before|until|till|unless) {{c:conds}} {then} {{d:effects}}",
        _first_not,
        cost=0.1,
    )


def _freed_then(f: Any) -> Any:
    doing = meant(f["d"], f["h"])
    first = doing.steps[0].effects[0]
    if not isinstance(first, Release) or first.thing.names != f["h"].names:
        return REJECT
    return rule(Said(f["c"]) if f["c"] is not None else Said(None, at=f["t"]), doing)


def _let_go(f: Any) -> Any:
    steps = meant(Doing(f["r"].steps), f["h"]).steps
    first = steps[0].effects[0]
    if not isinstance(first, Release) or first.thing.names != f["h"].names or f["r"].when.mode != "once":
        return REJECT
    return f["r"].model_copy(update={"steps": steps})


def _left_then(f: Any) -> Any:
    doing = meant(f["d"], f["x"])
    return rule(Said(f["c"]), doing) if doing.steps[0].effects[0].thing.names == f["x"].names else REJECT


def _left_first(f: Any) -> Any:
    steps = meant(Doing(f["r"].steps), f["x"]).steps
    if f["r"].when.mode != "once" or f["r"].when.condition is None:
        return REJECT
    things = {name for step in steps for effect in step.effects for name in effect.thing.names}
    return f["r"].model_copy(update={"steps": steps}) if things == set(f["x"].names) else REJECT


def _only_then(f: Any) -> Any:
    from .effects import _step

    return rule(Said(settled(f["c"])), Doing((f["e"] if "e" in f else _step(f["u"]),)))


def _first_not(f: Any) -> Any:
    not_yet, then = f["e"].effects, f["d"].steps[0].effects
    if len(not_yet) != 1 or len(then) != 1 or f["e"].wait or len(f["d"].steps) != 1:
        return REJECT
    if not same_effect(not_yet[0], then[0]):
        return REJECT
    return rule(Said(settled(f["c"])), Doing((replace_effect(f["d"].steps[0], not_yet[0].thing),)))


def _checks_after(g: Grammar) -> None:
    """What has to be so besides, told after the rule: ``But check first: Box must have hit Floor earlier``."""
    check = "[but|and|only|just] (check|make sure|see|be sure|see to it|look|ask|only if|it is needed|needed is|it must be|note|verify|mind) [first|before|beforehand|before that] [,|:|that|whether|if]"
    for order in ("{d:effects} [,] {w:when}", "{w:when} <sep> {d:effects}"):
        g.add("rule", f"{order} (.|;) {check} {{c:conds}}", _also_so, cost=0.1)
        g.add("rule", f"{order} (.|;) {check} {{c:conds}} <earlier>", lambda f: _also_so({**f, "c": _before(f["c"])}))
        g.add(
            "rule",
            f"{order} (.|;|,|-) [but|and] (exactly|only|just|precisely) one of (them|these|those|the two|both) [,] [mind|mind you|please|counts|may be|must be] [:|,|and|but|-] [<not_both>]",
            lambda f: _one_of_two(rule(f["w"], f["d"])),
        )
        g.add(
            "rule",
            f"{order} (.|;|,|-) [but|and] [if it is|if it was|for|with|in case of|if there are|if we have|if|when it is] both [of them] [happen|are so|have happened|happened|did] [,|:] [then] (forget it|nothing|nothing happens|not|it does not|do nothing|do not|it is off|leave it|no|do not do it)",
            lambda f: _one_of_two(rule(f["w"], f["d"])),
        )


def _before(condition: Condition) -> Condition:
    happens = condition.is_event and not isinstance(condition, Earlier)
    return Earlier(part=condition) if happens else condition


def _labelled(g: Grammar) -> None:
    """``Trigger: Ball hits Plate. Action: open Door`` and ``When does Door open? When Ball hits Plate``."""
    cause = "[the|its|our] (trigger|condition|cue|event|cause|signal|sign|precondition|requirement|starting signal|reason|if|when) [for (it|this|that)] (:|is|=|is that|: when|: once|: if|is when|: that)"
    action = "[the|its|our] (action|effect|result|reaction|response|consequence|outcome|do|then|what happens|what happens then|what it does|what is done) (:|is|=|is that|is :)"
    g.add("rule", f"{cause} {{c:events}} (.|;|,|-) [{action}] {{d:effects}}", _of_event, cost=0.2)
    g.add("rule", f"{{c:bare_events}} (.|;|,|-) {action} {{d:effects}}", _of_event, cost=0.3)
    g.add("rule", f"[{action}] {{d:effects}} (.|;|,|-) {cause} {{c:events}}", _of_event, cost=0.2)
    ask = "[and|so|now] (when|at what moment|at which moment|what time) (does|do|should|shall|will|can|must|is|are|may) [we|you|i|it time to]"
    g.add("rule", f"{ask} {{d:effects}} (?|:) [well ,|only|exactly|just|precisely] {{w:when}}", lambda f: rule(f["w"], f["d"]), cost=0.2)  # fmt: skip


def _also_so(f: Any) -> Any:
    limited = guarded(f["w"], f["c"])
    return REJECT if limited is REJECT or f["w"].condition is None else rule(limited, f["d"])


def _one_of_two(found: Any) -> Any:
    """``A or B`` of which only one may be."""
    if not isinstance(found, Rule):
        return REJECT
    condition: Condition | None = found.when.condition
    if isinstance(condition, Xor):
        return found
    if not isinstance(condition, Or) or len(condition.parts) != 2:
        return REJECT
    only = one_only(*condition.parts)
    return found.model_copy(update={"when": found.when.model_copy(update={"condition": only})})
