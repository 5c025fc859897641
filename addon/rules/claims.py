"""Claims: clauses between marks that say something of a whole rule, such as ``order matters`` and ``one time only``.

Unlike a remark, a claim is kept: a reading that it does not hold of is none.
"""

from __future__ import annotations

from collections.abc import Callable

from .conditions.logic import And, Count, InOrder, Not, Or, Xor
from .conditions.time import Clock
from .conditions.touch import Touch
from .effects.hold import Release
from .grammar import REJECT, Grammar
from .model import Condition, Rule, all_refs

Claim = Callable[[Rule], Rule | None]
"""The rule as it is with the claim; None if the claim does not hold of it."""

HAPPENING = "(touch|touches|contact|contacts|hit|hits|time|times|bump|bumps|collision|collisions|one|ones|event|events|knock|knocks|impact|impacts|occasion|occasions|touching|meeting|meetings|repeats|repetitions)"
DONE_ONCE = "(once|{n:one_time}|one time|a single time|1 time|that one time|this one time|the one time|that once|this once|the first time)"
THIS = "(this|it|that|so|the whole thing|this rule|all this)"
ONCE = f"""
    (only|just) {DONE_ONCE} [only]
    [just|only|exactly] (once|{{n:one_time}}) [only|alone|and not again|and no more]
    [just|only|exactly] [one|a|1] single (time|occasion|touch|hit) [only|alone]
    [just|only] (on|for) (one|a single|1) (occasion|time) [only]
    [just] (once only|one time only|a single time only|one time|single time|single time only|one-time only|one-off|one time thing|one time deal|one-time thing|one-time deal|one-time event)
    (never again|not again|no second time|not a second time|no repeat|no repeats|no repetition|no repetitions|not more than once|no more than once|not more often|never twice|not twice|once is enough|once and no more|once and never again)
    [do|doing] {THIS} [only|just] {DONE_ONCE} [only]\n(only|just) do {THIS} {DONE_ONCE}
    {THIS} (is|is only|should only|shall only|must only|is meant|is just|should|must|can|can only|may only|will only) [to] [be done|happen|be|work|take place|be carried out] [only|just] {DONE_ONCE} [only]
    {THIS} [only|just] (happens|counts|works|takes place|is done|is carried out) [only|just] {DONE_ONCE} [only]
    do not (do|repeat) {THIS} [again|twice|a second time]
    [any|all|every|the|every other] (later|further|following|subsequent|second|second or third|additional|more|repeated) [such] {HAPPENING} (do not|does not|should not|shall not|will not|must not|need not) (matter|count|do anything|change anything|have any effect|concern us|trigger anything|interest us|interest me)
    [any|all|every|the] (later|further|following|subsequent|additional|repeated) [such] {HAPPENING} (is|are|can be|may be|should be|shall be|must be|have to be) [to be] (ignored|disregarded|left out|of no interest|irrelevant|without effect)
    [just] (ignore|disregard|forget|forget about|do not mind|leave out|skip|never mind) [any|all|every|the] (later|further|following|subsequent|additional|repeated) [such] {HAPPENING} [of (them|these|this kind)|after that]
    (later|further|following|subsequent|additional|repeated) [such] {HAPPENING} (mean|means|change|changes|do|does|have|has) (nothing|no effect)
    nothing more [after that|later|then]
    do not repeat {THIS}
"""
FIRST_COUNTS = f"""
    (only|just) the first {HAPPENING} (counts|matters|is of interest|is meant|is relevant)
    the first {HAPPENING} (only|is what counts|is all that counts|is all that matters|is the one that counts)
    (only|just) (count|counting) the first {HAPPENING}
    [only|just] [for|at|on|the] [very] (first|1st) (time|touch|contact|hit) [only]
"""
ORDER = "(order|sequence|succession)"
IN_ORDER = f"""
    [only|just|strictly|exactly|precisely] [in] (this|that|this exact|that exact|exactly this|exactly that|precisely this|precisely that|the given|the said|just this|just that|this very) {ORDER} [only|please]
    [the] {ORDER} (matters|is important|counts|is fixed|is essential|is crucial|is key|does matter|is everything|has to be right|must be right|must be kept|has to be kept|is to be kept) [here|in this|for this [one]|a lot|very much]
    (check|look at|see to|take care of|mind|keep|keep to|watch|respect|note|observe|pay attention to|stick to|follow|remember|be careful with) [the|this|that] {ORDER}
    [it has to be|it must be|must be] in (this|that) {ORDER}
    not (the other way round|the other way around|vice versa|the other way|in reverse|in reverse order|in the opposite order|the reverse)
    [the|and the] other way (about|round|around) [now|this time|here]
    (in order|one after the other|one after another|one before the other|in sequence|in succession)
    without the first [:] (no|nothing|nothing happens|no effect)
"""
ANY_ORDER = f"""
    [in|no matter in] (any|either|whatever|whichever|no matter which|no matter what|no particular|no special|arbitrary|no given) {ORDER} [is fine|will do|is ok|is okay|is good|works|you like]
    [the] {ORDER} (does not|need not|should not|is not to|will not|do not) (matter|count|be kept|make a difference|play a role|play any role|be important)
    [the] {ORDER} is (not important|irrelevant|not relevant|not fixed|unimportant|free|all the same|of no importance|up to them|not so important)
    [it does not matter|no matter|i do not care|i do not mind|never mind] (which|what) [one|of them|of the two] (is|comes|happens|occurs|was|goes) first
    [it does not matter|no matter|i do not care|i do not mind|never mind] [in] (which|what) {ORDER}
"""
BOTH = """
    both [of them|of these|things|events|conditions] [are] (needed|required|necessary|count|matter|have to happen|must happen|must have happened|are a must|must be so|have to be so|are wanted|it must be|have to be met|must be met)
    (i|we|you) (need|want|require|must have) (both|them both|both of them|the two of them)
    (need|needs|needed|requires|wait for) both [of them|of these|things]
    both [of them|,] [and|,] not (just|only|either|merely) one [of them|of the two]
    (just|only|either) one [of them|of the two|alone] (is not|will not be|would not be) (enough|sufficient)
    one [of them|of the two|alone] (will not|does not|would not) (do|suffice)
    one [of them|of the two|alone] is not (enough|sufficient)
    not (just|only|merely) one [of them|of the two]
"""
THE_TWO = "[really] both [of them|of these]"
ENOUGH = "(is|is already|would be|will be) (enough|sufficient|fine|ok|okay|all it takes|all we need|all i need|all that is needed|good enough|all right|alright)"
EITHER = f"""
    (one|just one|only one|one alone|either|either one|any|any one|each one) [of them|of these|of the two|of both|of the things|of those] {ENOUGH} [here]
    (one|just one|only one|one alone|either|either one|any|any one|whichever one|whichever) [of them|of these|of the two|of both|of those] (will do|would do|suffices|counts|works|does it|will suffice|does|can do it|is what it takes) [here|for this|for me]
    do not (wait|hold out) for both [of them]
    (no need|do not need|you do not need|we do not need|there is no need|not necessary) [to wait] [for] both [of them]
    (whichever|whatever|what) [of them|of the two|one] (comes|is|happens|occurs|comes about|does so|is true|is met|is done) (first|earlier|sooner|earliest|soonest)
    whichever (first|is the first|of the two)
    (whichever|whatever|what) (is|comes|happens) first (counts|wins|decides|matters|will do|is fine)
    (whichever|whatever) [one|of them] it is
    [it is] (either one|either of them|either of the two|any of them|any one of them|either|one or the other|the one or the other)
    [it does not matter|no matter|i do not care|i do not mind|does not matter|do not care|all the same] which [one] [of them|of the two] [it is|happens|does it]
    not both [are] (needed|required|necessary)
    or [even|maybe|perhaps|also|then|hey] both [of them|together|at once] [is fine|are fine|is ok|is okay|as well|too]
    even both [of them|together] [is fine|are fine|is ok|is okay]
"""
NOT_BEFORE = """
    not (yet|just yet|now|right now|right away)
    not (before|earlier|sooner|a moment before|a moment sooner|a moment earlier|before that|before then|earlier than that|any earlier|any sooner|a second earlier|a second sooner|a step earlier|until then)
    no (sooner|earlier)
    never (before|earlier) [that|than that]
    (only|just|exactly|precisely) then
"""
NOT_TWO = """
    [just|only|exactly|precisely] (one|{n:one_number}) of (them|the two|these|those|two|{m:two_number}|these two) [only|alone|please]
    (only|just|exactly|precisely) (one|{n:one_number}) of (them|the two|these|those|two|{m:two_number}|these two)
    [but|and] (not|never|no) [the] (both|two) [of them|of these|together|at once|please]
    not both
    [but|and] [please] do not (do|open|launch|release|drop|turn|move|switch|light|fire|free|start|lift|raise|push|close|shoot|throw|swing|rotate|shift) [it|this|that|them|so] [on|off|up|down|open] (for|with|if|when|in case of|after|on|if it is) both [of them] [happen|have happened|are so|it is]
    (one or the other|either one or the other|the one or the other) [but|and] not both
"""
NO_DELAY = """
    (at|in|on) the (same|very same|exact same|very) (moment|instant|time|second|step)
    (same|very same) (moment|instant|time|step)
    [with] (no|without|without any|without a) (delay|wait|waiting|pause|hesitation|lag|further delay)
    (there and then|then and there|not a moment later|not a second later|the same instant)
"""
ALL_ALONG = """
    (all along|all the while|the whole time|all that time|all this time|the entire time|the whole while|non-stop|nonstop|continuously|without a break|without pause|for as long as it lasts|as long as it lasts|as long as this lasts|the whole way|for the whole time)
"""
EXACT = "no (more|less|longer|shorter|more and no less|more nor less)\nnot (more|less|longer|shorter)\nneither more nor less"
HAPPENED = """
    [right|just] (when|once|as soon as|the moment|the instant|if|after) (it|this|that|they|both) (does|do|did|happens|has happened|has|have|occurs|happened)
    [right|just] (at|in) (that|this|the same|the very same) [very|exact] (moment|instant|point) [only]
    [the|that|this] same (moment|instant|time|second|step)
"""
TOUCHED = """
    (it|they|these|both) (touches|touch|touched|hit|hits|meet)  [it|each other|one another]
    (touches|touch|hits|hit|touched|on touching|on contact) [it|each other|one another|that]
    [right|just] (when|once|as soon as|the moment|the instant|the second|if) (it|they|both|the two) (touches|touch|touched|meet|hit|hits|have touched) [it|each other|one another]
"""
MOVES = "(fall|move|swing|drop|roll|go|fly|tumble|slide|hang loose|do its thing|leave|get away|fall down|come down)"
FREED = f"""
    [so|so that] [it|they|he|she] (can|may|will|is free to|are free to|should|is able to|could|is allowed to) [now|then|just|simply] {MOVES} [down] [freely|free|now|away|as it likes|as it wants|by itself|on its own] [then|from then on|from now on|after that]
    (watch|see|let) (it|them|him|her) {MOVES} [down] [freely|now]
    (leave|let) (it|them|the rest|everything) [be] (to|up to) (gravity|physics|nature|newton)
    [so|so that] nothing (holds|is holding|keeps) (it|them) [back|up|any more|any longer|anymore]
    (it|they|he|she) (may|can|is free to|are free to|is allowed to|should|shall|will|must) {MOVES} [freely|as it likes] (from then on|from now on|from there on|from there|from that moment|from that moment on|after that|then|now|again|afterwards|onwards)
    [so|so that] (it|they) (is|are) free [now|then|to go|to move|to fall]
"""
TIMED = "[as] (quick|fast|swift|rapid) as (anything|lightning|a flash|you can|it can|it gets|can be)\n[nice and|and|but|so] [make it|it should be|that is|do it|do that] [pretty|very|really|quite|rather|so|nice and|nice] (quick|fast|slow|swift|rapid|quickly|slowly|fast|swiftly|rapidly|short|brief|snappy|brisk)\n(quick|fast|swift) as (anything|lightning|can be|you like|a flash|a wink)\n[and] it takes (its|his|her) time [too|doing so|about it]"
TOTAL = "[that is|so|which makes|that makes] {n:number} [times|of them|touches|hits] (in total|altogether|in all|all in all|overall) [[,] that is]"


TOUCHING = "(touching|in contact|touching it|touching that|still touching|in touch) [it|each other|one another]"
OTHER_WAY = "[now|and now|then|this time] [the] (other way (about|round|around)|reverse order|reverse)"
AT_ONCE = """
    [right|just|and] [at|in] [very|exact] same (moment|instant|time)
    [with] no (wait|waiting|pause|lag) [at all]
"""
NOT_ONCE = "[no ,] not (even|ever) (once|a single time|one time|one single time|briefly|a bit)"
NOTHING = "(no action is taken|nothing is done|nothing happens|nothing shall happen|nothing is to happen|is happening nothing|do nothing|please do nothing|happens nothing|nothing at all|nothing should happen|nothing must happen|no action|we do nothing|it does nothing|nothing is triggered)"
EXCEPTED = f"(in which case|in that case|then|and then|if so|so then|in such a case) [,] {NOTHING} [at all|then]"


def add_claims(g: Grammar) -> None:
    """All phrases of this module, as ``claim``."""
    lead = "[and|but|so|so please|please|mind you|and please|but please|oh and|remember|well|though|that is|yes|i mean|well , i mean]"
    g.add("claim_lead", lead)
    for texts, claim in (
        (ONCE, _is_once), (FIRST_COUNTS, _is_first), (IN_ORDER, _in_order), (ANY_ORDER, _in_any_order), (BOTH, _of_both), (THE_TWO, _of_two),
        (EITHER, _of_either), (NOT_BEFORE, _waits), (EXACT, _is_exact),
        (HAPPENED, _happens), (NOT_TWO, _not_two), (NO_DELAY, _is_at_once), (TOUCHED, _is_touch), (TIMED, _is_timed), (FREED, _frees),
        (OTHER_WAY, _is_row), (AT_ONCE, _at_once), (TOUCHING, _touching), (ALL_ALONG, _lasts), (NOT_ONCE, _denies), (EXCEPTED, _excepts),
    ):  # fmt: skip
        for text in filter(None, map(str.strip, texts.splitlines())):
            g.add("claim", f"<claim_lead> {text} [please|here|ok|okay|though]", lambda f, c=claim: c)
    g.add(
        "one_time",
        "{q:quantity}",
        lambda f: f["q"].value if f["q"].dimension == "count" and f["q"].value == 1 else REJECT,
    )
    for name, wanted in (("one_number", 1), ("two_number", 2)):
        g.add(
            name,
            "{q:quantity}",
            lambda f, n=wanted: n if f["q"].dimension == "number" and f["q"].value == n else REJECT,
        )
    g.add("number", "{q:quantity}", lambda f: f["q"].value if f["q"].dimension == "number" else REJECT)
    g.add("each_time", "{q:quantity}", lambda f: f["q"].value if f["q"].dimension == "time" else REJECT)
    g.add(
        "claim",
        "<claim_lead> [in|over|within|for|takes|taking] {s:each_time} (each way|either way|both ways|per way|there and back each|in either direction|in each direction|for each way|one way and the other)",
        lambda f: _each_way(f["s"]),
    )
    g.add("claim", TOTAL, lambda f: _so_many(f["n"]))


def _is_once(rule: Rule) -> Rule | None:
    return rule if rule.when.mode == "once" else None


def _is_row(rule: Rule) -> Rule | None:
    return rule if isinstance(rule.when.condition, InOrder) else None


def _at_once(rule: Rule) -> Rule | None:
    return rule if not rule.when.delay and rule.when.condition is not None and rule.when.mode != "while" else None


def _denies(rule: Rule) -> Rule | None:
    """Of something that has not been."""
    condition = rule.when.condition
    parts = (*(condition.parts if isinstance(condition, And) else (condition,)), rule.when.guard)
    return rule if any(isinstance(part, Not) for part in parts) else None


def _excepts(rule: Rule) -> Rule | None:
    """``…, in which case nothing happens``, at the end of a rule with an exception."""
    return _denies(rule)


AT_THE_END = frozenset([_excepts])
"""Claims that belong to the words before them, so that nothing may follow."""


def _is_first(rule: Rule) -> Rule | None:
    counts = isinstance(rule.when.condition, Count)
    return None if counts else _is_once(rule)


def _in_order(rule: Rule) -> Rule | None:
    """Of what happens in an order; ``A and B, in that order`` is that B happens after A, if nothing else can be meant."""
    condition = rule.when.condition
    if isinstance(condition, InOrder):
        return rule
    if not isinstance(condition, And) or len(condition.parts) != 2 or len(rule.effects) != 1 or not condition.is_event:
        return None
    first, then = condition.parts
    return rule.model_copy(update={"when": rule.when.model_copy(update={"condition": InOrder(first=first, then=then)})})


def _in_any_order(rule: Rule) -> Rule | None:
    return rule if isinstance(rule.when.condition, And) else None


def _of_both(rule: Rule) -> Rule | None:
    """Of two that are waited for, or that something is done to."""
    things = {name for effect in rule.effects for name in effect.thing.names}
    either = isinstance(rule.when.condition, Or | Xor)
    return rule if isinstance(rule.when.condition, And | InOrder) or (len(things) == 2 and not either) else None


def _of_two(rule: Rule) -> Rule | None:
    """Of two things that are waited for, or of two that something is done to."""
    acted = {name for effect in rule.effects for name in effect.thing.names}
    return rule if _of_both(rule) or (len(acted) == 2 and not isinstance(rule.when.condition, Or)) else None


def _of_either(rule: Rule) -> Rule | None:
    condition = rule.when.condition
    of_any = condition is not None and any(ref.which == "any" for ref in all_refs(condition))
    return rule if of_any or isinstance(condition, Or) else None


def _waits(rule: Rule) -> Rule | None:
    return rule if rule.when.condition is not None and rule.when.mode != "while" else None


def _happens(rule: Rule) -> Rule | None:
    return (
        rule if rule.when.condition is not None and rule.when.condition.is_event and rule.when.mode == "once" else None
    )


def _is_touch(rule: Rule) -> Rule | None:
    return rule if isinstance(rule.when.condition, Touch) else None


def _not_two(rule: Rule) -> Rule | None:
    """Of one of two; ``A or B, not both`` is that just one of them happens."""
    condition = rule.when.condition
    if isinstance(condition, Xor):
        return rule
    if not isinstance(condition, Or) or len(condition.parts) != 2:
        return None
    only = Xor(first=condition.parts[0], second=condition.parts[1])
    return rule.model_copy(update={"when": rule.when.model_copy(update={"condition": only})})


def _is_at_once(rule: Rule) -> Rule | None:
    """Of what waits for something and is done without a delay."""
    waits = rule.when.delay or any(step.wait or step.pause for step in rule.steps)
    return None if waits or rule.when.condition is None else rule


def _touching(rule: Rule) -> Rule | None:
    waited = (rule.when.condition, rule.when.guard)
    return rule if rule.when.mode != "each" and any(map(_has_touch, waited)) else None


def _has_touch(condition: Condition | None) -> bool:
    return condition is not None and (isinstance(condition, Touch) or any(map(_has_touch, condition.inner())))


def _lasts(rule: Rule) -> Rule | None:
    return rule if rule.when.mode == "while" else None


def _is_timed(rule: Rule) -> Rule | None:
    """Of what takes a time that is said as well, which is how quick it is."""
    return rule if all({"over", "speed"} & effect.model_fields_set for effect in rule.effects) else None


def _frees(rule: Rule) -> Rule | None:
    return rule if any(isinstance(effect, Release) for effect in rule.effects) else None


def _is_exact(rule: Rule) -> Rule | None:
    """Of a time or a number that is waited for."""
    when = rule.when
    return rule if when.delay or isinstance(when.condition, Clock | Count) else None


def _so_many(number: float) -> Claim:
    return lambda rule: rule if isinstance(c := rule.when.condition, Count) and c.number == number else None


def _each_way(seconds: float) -> Claim:
    """Of two or more motions that take a time, none of which is said."""

    def each_way(rule: Rule) -> Rule | None:
        moving = [e for e in rule.effects if "over" in type(e).model_fields]
        if seconds <= 0 or len(moving) < 2 or any({"over", "speed"} & e.model_fields_set for e in moving):
            return None
        steps = []
        for step in rule.steps:
            effects = (e.model_copy(update={"over": seconds}) if e in moving else e for e in step.effects)
            steps.append(step.model_copy(update={"effects": tuple(effects)}))
        return rule.model_copy(update={"steps": tuple(steps)})

    return each_way


def adds(claim: Claim) -> bool:
    """Whether a claim adds to a rule, so that it comes before those that ask for what is said."""
    return claim.__name__ == "each_way"
