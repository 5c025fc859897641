"""Rules told as a consequence: what follows from something that happens, what it results in, and who gets going then."""

from __future__ import annotations

from typing import Any

from ..effects.launch import OfBody, launch
from ..grammar import REJECT, Grammar
from ..model import Effect, Step
from .effects import Doing, row
from .said import Said, of_fact
from .whole import rule

HOW = "[directly|at once|straight|then|also|thereby|thus|always|promptly|in turn|as a result]"
AS_RESULT = "(as a|as|in|as an|as the|as its) (consequence|result|effect|outcome|reaction|response|answer) (of|to)|thanks to|by virtue of|because of|due to|owing to|following"
FOLLOWS = f"""
    {HOW} (follows|follow|ensues|ensue|results|result|comes|come|arises|stems) {HOW} [from|on|upon|after|out of|with]
    (is|are|shall be|should be|must be|is to be|will be) {HOW} (consequence|result|effect|outcome|response|answer|reaction|reward) (of|to)
    (is|are|shall be|should be|must be|is to be|will be) {HOW} (due to|owing to|tied to|linked to|coupled to|connected to|subject to|in response to|conditional on|conditional upon|dependent on|contingent on)
    (takes place|happens|occurs|comes about|shall happen|shall take place|is to happen|is to take place|must happen|should happen) {HOW} (on|upon|at|with|by|through|because of|due to|following|as a result of|as a consequence of|in response to)
    (is|are|shall be|should be|must be|is to be|will be) {HOW} (occasioned|brought about|brought on|caused|triggered|effected|set off|prompted|initiated|provoked|produced|induced|started|carried out|performed|executed|made|done) (by|through|with|upon|on|{AS_RESULT})
    is what (follows|comes after|ensues from|results from|comes of|happens on|happens after|happens upon)
    (answers|answer|depends on|depend on|hangs on|awaits)
"""
RESULTS = f"""
    {HOW} (results in|result in|leads to|lead to|brings about|bring about|causes|cause|entails|entail|triggers|trigger|sets off|set off|occasions|occasion|prompts|prompt|initiates|initiate|provokes|provoke|produces|produce|brings with it|starts|effects)
    (calls for|call for|asks for|gets|makes|lets|allows|sees to it that|is what makes|is what gets|is what lets)
    is the (reason|moment|cue|time|point|instant|signal|sign|trigger|cause) (why|for|when|of|that|to|where|at which)
    [,] (with the result|with the effect|with the consequence|so|such|which means|which has the effect) that
    [,] which (is what|makes|lets|gets|causes|triggers|is why|means that|leads to|results in|is how)
    (has|have|shall have|should have|will have) {HOW} (as|for) [its] (consequence|result|effect|outcome) [that|:]
    (is|are|gets|shall be|should be|must be|is to be|will be|has to be) {HOW} (followed|answered|succeeded) {HOW} (by|with)
    (shall|should|must|will|has to|is to|is meant to) {HOW} (result in|lead to|bring about|cause|entail|trigger|set off|occasion|prompt|initiate|provoke|produce)
"""
THEREUPON = """
    (,|.|;) [and] (after which|upon which|on which|whereupon|whereafter|following which|with which|at which|following that|thereupon)
    (,|.|;|-) (and so|so then|therefore|like this|like that|thus|this way|in this way|and therefore|and thus|and hence|go on|off you go|so now|and thereby|and as a result|right then|and with that|and right away|same moment|the same moment|and the same moment|and straight away|and voila) [,|:]
    (:|;|->) (like this|like that|this way|in this way|so|therefore|thus|as a result|and so|at that|in that case|in this case) [,]
    and (so|therefore|thus|hence|thereby|as a result|right away|straight away|with that) [,]
"""
THINGS = "(things|balls|marbles|spheres|bodies|objects|of them|cubes|boxes|pieces)"
SETS_OFF = "(send|sent|launch|launched|throw|thrown|fire|fired|shoot|shot|push|pushed|move|moving|kick|kicked|set|get going|start|started|go|get moving|set going|give a push|set moving|let fly)"
TWO = f"(both|the two|the pair|two|both of them|the two of them|the pair of them|they both|the both of them|both {THINGS}|two {THINGS}|the two {THINGS}|these two|they|them both|the pair of {THINGS})"
ANNOUNCED = f"""
    (off|away) (go|goes|they go|we go|it goes) [[,] {TWO}]
    {TWO} (go|go off|set off|fly off|get going|take off|are off|are away|are launched|are sent off|get a push|get a kick|get a velocity|get their velocity|start|start moving|move|move off)
    (get|send|set|start|launch|throw|fire|shoot|kick|give|have) [off|away] {TWO} [off|going|moving|flying|rolling|away|a push|a kick|their velocity|on its way|on their way|to fly|to go|to move]
    (there is|there are|we have|we have got|you have|we get|here are) {TWO} (to {SETS_OFF}|that {SETS_OFF}|being {SETS_OFF}|{SETS_OFF}) [off|away|out|going|moving]
    (two things|both things) (happen|are done|follow)
    (we kick things off|we start things off|we get things going|things get going|we set things going|we get going|it all kicks off|things kick off)
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    for name, texts in (
        ("follows", FOLLOWS), ("results_in", RESULTS), ("thereupon", THEREUPON), ("announced", ANNOUNCED),
    ):  # fmt: skip
        g.add(name, texts)
    g.add("sep", "<thereupon>", cost=0.02)
    g.add("rule", "{d:effects} [,] <follows> {c:events}\n{e:done_to} [,] <follows> {c:events}", _of_event, cost=0.15)
    g.add("rule", "{d:effects} [,] <follows> {w:when}", lambda f: rule(f["w"], f["d"]), cost=0.2)
    g.add("trigger", f"({AS_RESULT}|through) {{c:events}}", lambda f: Said(f["c"]), cost=0.1)
    suppose = "(imagine|picture|suppose|assume|say|consider|take|think of|what if|see|all (it takes|you need|we need|i need|it needs|this takes|that is needed|that it takes) is|(it all|everything|all this|all|this|it) (starts|begins|hinges|depends|kicks off|comes down|is set off|is triggered) (with|on|by|from|to))"
    for what in ("{c:facting_event}", "{c:bare_event}"):
        g.add("trigger", f"{suppose} {what}", lambda f: Said(f["c"]), cost=0.15)
    scarcely = "(no sooner|hardly|scarcely|only just|just) {q:question} [,] (than|when|but|and)"
    g.add("whole_when", scarcely, lambda f: Said(f["q"]), cost=0.1)
    thus = "(thus|thereby|so|therefore|with that|by that|in doing so|by this|with this)"
    for cause in ("{h:bare_event}", "{c:facting_event}"):
        g.add("rule", f"{cause} [,] [{thus}|then|also] {{e:does_to}}", _of_event, cost=0.3)
    g.add("facting_event", "{f:facting}", lambda f: of_fact(f["f"]) if not f["f"].denied else REJECT)
    g.add("rule", f"{{c:bare_events}} (,|and|, and) [which|that] {thus} {{e:does_to}}", _of_event, cost=0.3)
    g.add("rule", "{c:bare_events} , which [then] {e:does_to}", _of_event, cost=0.3)
    g.add("rule", f"{{c:bare_events}} , [{thus}] {{e:doing_to}}", _of_event, cost=0.3)
    shown = "(there is|that is|there goes|there we have|we have|we have got|you have|here is|that means|that makes)"
    g.add("effect", f"{shown} {{e:done_to}}", lambda f: _doing(f["e"]).steps[0], cost=0.2)
    g.add("effect", f"{shown} {{e:effect}}", lambda f: f["e"], cost=0.3)
    gone = "(there|off|away|out) (goes|go) {x:thing} [off|away|flying|rolling|shooting] {m:mods}"
    g.add("clause", gone, lambda f: launch(f["x"], f["m"], unsaid=False))
    m_s = "[,|in] [metres per second|meters per second|m/s]"
    goes = f"[,] [also|too] [is|'s|are|it is] [also] [with|at|:|gets|goes|goes at|going|doing|goes with|by|has|having|going at] [velocity|velocity of|speed] {{%s:vel}} {m_s} [each|too|as well|also|likewise]"
    g.add(
        "launched_pair",
        f"{{a:single}} {goes % 'v'} [,|;|.] (,|and|plus|;|, and|. and|.) [so is|so goes|also] {{b:single}} {goes % 'w'} {m_s}",
        _launched,
    )
    g.add(
        "launched_pair",
        f"{{a:single}} {goes % 'v'} [,|;|.] (and|plus|, and) so is {{b:single}} {goes % 'w'} {m_s}",
        _launched,
    )
    for what in ("{d:effects}", "{e:done_to}"):
        g.add("rule", f"{{c:events}} [,] <results_in> [that] {what}", _of_event, cost=0.2)
        g.add("rule", f"{{h:bare_event}} [,] <results_in> [that] {what}", _of_event, cost=0.2)
    for name in ("bare_conds", "bare_events"):
        g.add("rule", f"{{c:{name}}} <thereupon> {{d:effects}}", _of_event, cost=0.3)
    told = "[,|;|.|:|->|-] [and|now|then|that is when] <announced> (:|,|-|->|.)"
    for when in ("{w:when}", "{c:bare_conds}", "{c:bare_events}"):
        g.add(
            "rule",
            f"{when} {told} {{d:launched_pair}}",
            lambda f: _of_two(f.get("w") or Said(f["c"]), f["d"]),
            cost=0.1,
        )
    g.add("rule", "<announced> [,] {w:when} (:|.|-|;) {d:launched_pair}", lambda f: _of_two(f["w"], f["d"]), cost=0.1)
    g.add("rule", f"{{w:when}} {told} {{d:effects}}", lambda f: _of_two(f["w"], f["d"]), cost=0.1)
    g.add("rule", f"{{w:when}} {told} {{e:effect}} (.|;) {{r:effects}}", _sentences_of_two, cost=0.1)
    for name in ("bare_conds", "bare_events"):
        g.add("rule", f"{{c:{name}}} {told} {{d:effects}}", lambda f: _of_two(Said(f["c"]), f["d"]), cost=0.3)
    g.add("rule", "<announced> [,] {w:when} (:|.|-|;) {d:effects}", lambda f: _of_two(f["w"], f["d"]), cost=0.1)
    g.add("rule", "<announced> [,] {w:when} (:|.|-|;) {e:effect} (.|;) {r:effects}", _sentences_of_two, cost=0.1)
    more = "(at same time|with it|along with it|together with it|in same moment|at same moment|simultaneously|alongside|besides|in addition|with that|at that same time|next to it|together with that)"
    g.add("effects", f"{{e:effect}} [,] {more}", lambda f: Doing((f["e"],)), cost=0.05)


def _of_event(f: Any) -> Any:
    done = f["d"] if "d" in f else _doing(f["e"])
    return rule(Said(f["c"] if "c" in f else f["h"]), done)


def _doing(effect: Effect) -> Doing:
    from .effects import _step

    return Doing((_step(effect),))


def _launched(f: Any) -> Any:
    """``off they go: Ball at 3 m/s, Box at 2 m/s``."""
    both = tuple(launch(f[x], (("vel", f[v]),), unsaid=False) for x, v in (("a", "v"), ("b", "w")))
    return REJECT if REJECT in both or f["a"] == f["b"] else Doing((Step(effects=both),))


def _of_two(said: Said, doing: Doing) -> Any:
    """What was announced of two bodies: that and nothing else is done."""
    effects = doing.steps[0].effects
    things = [name for effect in effects for name in effect.thing.names]
    if len(doing.steps) != 1 or len(things) != 2 or not all(isinstance(effect, OfBody) for effect in effects):
        return REJECT
    return rule(said, doing)


def _sentences_of_two(f: Any) -> Any:
    together = row(f["e"], f["r"]) if not f["r"].steps[0].wait else REJECT
    return _of_two(f["w"], together) if isinstance(together, Doing) else REJECT
