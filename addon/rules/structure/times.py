"""Delays, moments of the run and periods."""

from __future__ import annotations

from typing import Any

from ..conditions.time import Period
from ..grammar import REJECT, Grammar
from ..units import Quantity
from .said import Said

WAITS = """
    <wait_word> [a bit|a little|a moment|a while|a little while] [,] {t:time} [long|more] [first|before|before that]
    {t:time} (have|has|must have|must|shall|should|have to|has to) (passed|elapsed|gone by|gone|pass|go by|elapse) [since|since then|then|after that|first]
    + {t:time}
    {t:time} (later|afterwards|after that|after this|thereafter|after it|after that moment|from then|from then on|subsequently|after which|later on|past that|after then) [:]
    <wait_word> {t:time} [pass|go by|elapse|delay|of delay|pause|to pass] [more] [before|before you|before it|before they|, before]
    with (a|the) (delay|lag|pause|wait) of {t:time}
    (delay|lag|pause|wait|interval|waiting time) of {t:time} (is|shall be|should be|must be|has to be|is to be|will be) (observed|kept|made|respected|inserted|allowed|left|granted|taken|kept to)
    (delay|lag|pause|wait|interval) of {t:time} (follows|comes|passes|shall pass|shall follow|must follow|must pass)
    {t:plus_time}
    (delay|wait|pause|lag|break|waiting time|waiting period) of {t:time} [is|is to be|shall be|must be|should be|has to be|comes] [observed|made|kept|inserted|respected|allowed|there|left|taken|awaited|held|waited] [first] [[,|;] (after which|before|afterwards|and afterwards)]
    {t:time} (delay|pause|wait)
    (not immediately|not at once|not instantly) [,] but {t:time} (later|after|afterwards)
    but not before {t:time} (have|has) (passed|gone by)
    start a timer (of|for) {t:time} [;|,] when it (runs out|is over|ends|is up)
    (has|having|with) a delayed effect [:] after {t:time}
    (start|begin) (counting|timing|a clock|a stopwatch) [,|;|.] [and|then] after {t:time}
"""
WAIT_WORDS = """
    (we|you|i|it|everything) (wait|waits|pause|pauses|hold on|give it|let|have to wait|must wait|need to wait|should wait|are waiting) [for]
    (one|everyone|everybody) (waits|pauses|holds on|has to wait|should wait|must wait) [for|during]
    (we|you|i|one) (wait|waits|pause|pauses) (during|over|through)
    (wait|waiting|pause) (during|over|through)
    [we|you] (wait|pause|hold on|hang on) (a bit|a little|a moment|a while|a little while|briefly|for a bit|for a moment|for a while|some time) [,|:|LPAR|-] [that is|exactly|namely|just]
    (wait|waiting|pause|hold on|delay) [for|by|of]
    (let|allow|leave|count|count to|give it|take)
    <delayed>
    (give|allow|grant) (it|everything|things|them|all|run|simulation|matters) [another|about]
    (hang on|hang about|be patient|hold back|hold fire|wait around|stand by|sit tight) for
    [we|you|i] (will|shall|must|can|would) (wait|pause|hold on|hang on) [for]
    [we|you|i] (will|shall|must|can|would) (give|allow) (it|everything|things|them)
"""
DELAYED = """
    (delayed by|with a lag of|after waiting|after waiting for|following a delay of|after a delay of|after a wait of|after a pause of|after a waiting period of|after a waiting time of)
"""
AGO = """
    [with|after|at] {t:time} [of] (delay|lag|pause|wait|waiting) (after|following|from|since|upon)
    (after|in|when|once|as soon as|at) [exactly] {t:time} (from|since|counted from|past) [moment] [that|when|in which]
    (when|once|after|as soon as|if) [it is] [exactly] {t:time} [has|have|is|are] [passed|over|gone by|gone|elapsed|up|went by] (since|after|from) [moment] [that|when]
    [exactly|only|not until|but only|just|at|precisely] {t:time} [exactly|precisely] (after|following|past|from|since|on from|later than|subsequent to|behind|as of|starting from|counted from|reckoned from)
    <wait_word> {t:time} (from|after|following|since)
    (following|after) [a] (delay|pause|wait|break|waiting time|waiting period) of {t:time} (from|after|following|since) [[very] moment [that|when|at which]]
    (with|at|after) [a] (delay|lag|pause|wait|interval|wait time|waiting time) of {t:time} (after|following|from|behind|on|upon|when|once|since|counted from)
    (counting|counted|measured) {t:time} from
"""
STARTS = """
    (everything|simulation|run|all|it all|whole thing|animation|things) [has|is|are|have|was|were|gets|get] [been] (started|got started|gotten started|begun|launched|going|started up|starting|beginning)
    (start|beginning|begin) of (all|everything|run|simulation|it all|whole thing|animation)
    that (everything|simulation|run|it all|all) [has|is] (starts|begins|start|started|begun|begin)
    (start|beginning|outset|launch|begin|commencement|kick-off|onset|starting) [of] [run|simulation|animation|everything|it all|play|playback]
    (we|you|things) [have|has|had] (kick off|kicked off|start|started|begin|began|get going|got going|set off|get started|launch|go)
    (run|simulation|it|everything) (kicks off|gets going|got going|is started|is begun|commences|commenced|kicked off|gets started)
    (things|events) (start|begin|started|began|kick off)
    (simulation|run|animation|playback) (start|beginning)
    (everything|simulation|run|it|all|it all|world|animation|playback) (begins|starts|begin|start|has begun|has started|began|started|begun|is started|are started|is begun)
    (we|you|things|they|everything) (have|are|has) [been] (started|begun|kicked off|gone|going|off|running|under way|set off)
    (run|simulation|animation)
    (t = 0|frame 1|very start|very beginning|things get going|pressing play|we start|time zero|go)
"""
MOMENTS = """
    [precisely|exactly|exact|precise|just|sharp|at exact] {t:time} [exactly|precisely|exact] (after|from|into|since|past|following|as of) <start> [, (no|not) more [,|and] (no|not) less ,|, (no|not) more [,|and] (no|not) less]
    (after|when|once|if|as soon as) (simulation|run|everything|all|it all|whole thing|animation|we|it) [has|have|is|are|was] [now|already|been] (running|run|runs|going|on|gone on|goes on|going on|active|playing|plays|played|lasts|lasted|at it) [for|since] {t:time}
    after {t:time} (running|of running|run|of run time|run time|running time|simulated|of simulated time|simulation|playing)
    (when|once|as soon as|after|with|if) {t:time} [have|has|is|are|had] [been] (passed|gone|elapsed|gone by|went by|pass|passes|go by|goes by|over|up|done|behind us|through|out|reached) [<from_start>]
    {t:time} (shall|must|should|have to|has to|need to|will|may|can) (pass|go by|elapse|be over) [<from_start>] [first|before]
    first (let|wait|allow|leave) [for] {t:time} [pass|go by|elapse|to pass]
    [first|for|for first] {t:time} nothing [happens|is done|at all|else|shall happen|should happen]
    nothing [happens|is done|at all|shall happen|should happen] (for|during|in) [first] {t:time}
    (not|never) before {t:time} [have|has|are|is] [passed|gone by|elapsed|over]
    t {t:plus_time}
    (after|when|once) first {t:time} [of run|of simulation] [have|has|are|is] [passed|gone|gone by|elapsed|over|up]
    <start> {t:plus_time}
    <start> + {t:time}
    (start|begin|starting|beginning|starts|begins) (after|at|in) [exactly|only] {t:time}
    (when|once|as soon as|if) (we|you|run|simulation) (are|is|have reached|has reached|reach|reaches|hit|hits|get to|gets to|arrive at|arrives at|have got to|come to) [at] {t:time} [in|into it|into run|mark|point]
    <wait_word> {t:time} [pass|go by|elapse|to pass] [,] (at|in|from|after|of|on) [very] <start> [first] [, (no|not) more [,|and] (no|not) less [,]]
    {t:time} into (it|thing|whole thing|show|scene|run|simulation|animation|film|clip)
    at {t:time} (mark|point)
    [precisely|exactly|just|about|only|after|at|in] {t:time} [exactly|precisely] (after|from|into|since|past|following|as of) <start>
    (after|at|on|at the|at about|with) [time] [t] [=] [exactly] {t:time} [mark|have passed|has passed|have elapsed|has elapsed|have gone by|are over|of simulation|of run|of simulation time|sharp|on the clock]
    t = {t:time} [sharp|exactly|precisely]
    (at|on|from) [time] t = {t:time} [sharp|exactly|precisely]
    [at|on] clock [at|=|:] {t:time} [sharp]
    (at|on) time [point] of {t:time}
    [at|right at] {t:time} (in|into it|into run|into simulation|in the run) [sharp|exactly]
    (upon|on|after|at|with|following) (elapse|lapse|expiry|passage|passing|expiration|end|completion|running) of [a|period of|time of|further] {t:time} [of] [run|simulation|run time|simulation time|time] [<from_start>]
    (after|following) [a] (wait|waiting period|waiting time|delay|pause|period|time) of {t:time} [,] [<from_start>]
    {t:time} [exactly] [after|from|since] [<start>] (is|are|has|have) [now|already|been] (passed|gone|over|elapsed|up|gone by) [<from_start>]
    (when|once|as soon as|after|if) {t:time} (is|are) (passed|gone|elapsed|gone by) [<from_start>]
    (when|once|as soon as|after|if) (is|are|has|have) (passed|gone|elapsed|gone by) [exactly] {t:time} [<from_start>]
    (when|once|as soon as|after|if) <from_start> (is|are|has|have) (passed|gone|elapsed|gone by) [exactly] {t:time}
    (when|once|as soon as) (run|simulation|it all|everything) (is|gets|becomes) {t:time} old
    <wait_word> {t:time} [to] [run|first|to run|pass|go by|elapse] [<from_start>] [first]
    (when|once|as soon as|after|if) {t:time} (have|has) (passed|elapsed|gone by|gone|gone past|been reached|run) [since|from|after] [<start>]
    (when|once|as soon as) {t:time} (are|is) (over|up|through|done|past|gone|reached)
    <wait_word> {t:time} [pass|go by|elapse|to pass] [from|after] [<start>] [before|before you]
    (when|once|as soon as|if) [simulation] (clock|time|timer) (shows|reads|is|says|reaches|reached|hits|gets to|equals|has reached|is at) {t:time}
    (when|once|as soon as|after) (simulation|run|clock|whole thing|animation) (has been running|has run|runs|has gone on|has been going|is running) [for] {t:time}
    (let|allow) (simulation|run|animation) [to] (run|go|play) [for] {t:time}
    {t:time} in
    first [one|of them] [goes|starts|falls|comes|begins|going|starting|to go] (at|after) {t:time}
    first [one|of them] [goes|starts|falls|comes|begins|going|starting|to go] (at|after) {t:time}
    (counting from|counted from) <start> , {t:time}
    exactly {t:time} after everything begins
    <wait_word> [just|exactly] {t:time} (at|in|from) [very] <start> [first]
    exact {t:time} (after|from|into|since) <start>
"""
FROM_START = "[,] [counted|reckoned|measured|counting|starting] (after|from|since|past|as of) <start>"
GONE = "(passed|gone|elapsed|gone by|over|up|behind us|out|done|reached|past|run|ticked by|run out|through|completed)"
RUN_TIME = "[of (run|simulation|simulated time|run time|simulation time|time|running time|running|simulating|clock|playback|animation|all|waiting|it)|on (clock|timer)]"
NOW_AND_THEN = f"""
    {{t:time}} {RUN_TIME} [(have|has|is|are|having|being) [now|already|just|been]] {GONE} [<from_start>]
    {{t:time}} {RUN_TIME} (passes|goes by|elapses|ticks by|pass|go by|goes|elapse|ticks away|runs out|passing|elapsing|going by) [<from_start>]
    (when|once|as soon as|after|if|as|with|on|at) {{t:time}} {RUN_TIME} [(have|has|is|are|having|being) [now|already|just|been]] ({GONE}|passes|goes by|elapses|pass|go by|elapse|passing|elapsing) [<from_start>]
    (it|there) (goes|passes|went|go|pass|takes|lasts|has passed|have passed|has gone) {{t:time}} {RUN_TIME} [by] [<from_start>]
    [it|there] (must|has to|have to|should|shall|needs to|will) (pass|go|go by|elapse|be gone) [first] {{t:time}} {RUN_TIME} [<from_start>] [first]
    (since|from|after) <start> [it|there] (goes|passes|went|is|are|has|have|go|pass) {{t:time}} {RUN_TIME} [{GONE}]
    (when|once|as soon as|if|as|after) [on|at] clock (is|shows|reads|says|reaches|reached|hits|gets to|equals|has reached|is at|stands at|strikes|comes to|is showing|is reading|is reaching|is on|ticks over to|goes to) {{t:time}}
    clock (shows|reads|says|reaches|reached|hits|gets to|has reached|is at|stands at|strikes|comes to|is showing|ticks over to|gets round to) {{t:time}}
    (at|on|with|upon|from) [a] clock (reading|time|value|count|mark|display) of {{t:time}}
    (with|at|on) {{t:time}} (on|by) clock\n{{t:time}} (on|by) clock
    [exactly|just] {{t:time}} (later than|past|after|from when|from where|after when|after moment) <start>
    (completion|expiry|lapse|end|passing) of {{t:time}} {RUN_TIME}
    (in|after) [a] (course|space) of {{t:time}} (of run|of simulation|<from_start>)
    (count|count down|count off|count out|tick off|wait out|time|measure) {{t:time}} {RUN_TIME} [<from_start>]
    {{t:time}} in [and away|and]
    (let|have|allow) [there] {{t:time}} {RUN_TIME} [to] (pass|go by|elapse|run|go|tick by) [first]
"""
PERIODS = """
    (every|each|once every|once per|once each|per|again every|again each|once a|on every|at every|each and every|once in|after every|with every) {t:time} [interval|intervals|again|period]
    (at|in|with|by) [regular] (intervals|interval|steps|periods|period|a period|a rhythm|rhythm|an interval|a cycle) of {t:time}
    (with|in|on) a {t:time} (timer|loop|cycle|rhythm|period|interval)
    <repeat_word> [,] [that is|namely] [,] {p:period}
    <repeat_word> [,] with {t:time} (between repeats|in between|between|between them)
    (each time|every time|whenever) [another|further] {t:time} (have|has) (passed|gone by|elapsed) [again]
    (each time|every time|whenever) [another|further] {t:time} (pass|passes|go by|goes by|elapse|elapses)
    run a repeating timer of {t:time} [,] and on every tick
    whenever a timer of {t:time} runs out
"""
REPEATS = """
    (again and again|repeatedly|periodically|regularly|over and over|over and over again|in a loop|time and again|continually|forever|constantly|always)
    (keep doing this|do this|repeat this|repeat|do it again|do it|do so|it repeats|this repeats|and so on|it happens|this happens|do that again|repeating)
"""


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.add("delayed", DELAYED)
    g.add("wait_word", WAIT_WORDS)
    g.add("clock_time", "[time] [t] [=] {t:time} [mark|sharp|exactly|on clock]", lambda f: f["t"])
    g.add("clock_time", "(second [number]|t =) {n:number}", lambda f: f["n"] if f["n"] >= 0 else REJECT)
    g.add("repeat_word", REPEATS)
    g.add("start", STARTS)
    g.add("from_start", FROM_START)
    g.add(
        "trigger",
        "(if|when|should|in case|provided|provided that|only if) {c:conds} [,] (at|by) {t:clock_time}\n(if|when|should|in case|provided|provided that|only if) {c:conds} [,] [at] {t:time} (after|from|into|since) <start>",
        lambda f: Said(f["c"], at=f["t"]) if not f["c"].is_event else REJECT,
    )
    g.add("plus_time", "{q:quantity}", lambda f: _added(f["q"]))
    g.add("late_clear", WAITS, lambda f: f["t"])
    g.add("late_after", "{t:time} after", lambda f: f["t"])
    g.add("late", "{d:late_clear}\n{d:late_after}", lambda f: f["d"])
    # Of '2 s after Door opens' the opening is waited for.
    g.add("wait_first", "{d:late_clear}\n{d:late_after} (,|:)\n{d:after}", lambda f: f["d"])
    # 'Raise it, wait 2 s' does not say that it is raised 2 s later.
    behind = [line for line in WAITS.strip().splitlines() if "<wait_word>" not in line]
    g.add("late_behind", [*behind, "<delayed> {t:time}", "{t:time} after"], lambda f: f["t"])
    for word in ("after", "in"):
        g.add(f"{word}_time", f"{word} [another|a further] {{t:time}} [more] [:]", lambda f: f["t"])
    g.add("after", "{d:after_time}\n{d:in_time}", lambda f: f["d"])
    g.add("wait", "{d:late}\n{d:after}", lambda f: f["d"])
    g.add("ago", AGO, lambda f: f["t"])
    g.add(
        "trigger",
        "(after|when|once|following|with) first second [of run|of simulation] [is|has] (over|passed|gone|elapsed|up|gone by|past)\nafter first second [of run|of simulation]",
        lambda f: Said(None, at=1.0),
    )
    g.add("trigger", "(exact|precise) at {t:time}\nsecond mark {t:time}", lambda f: Said(None, at=f["t"]))
    g.add(
        "trigger",
        "from second [number] {n:number} (on|onwards|onward)\n[at|on|@] [time] t = {n:number}",
        lambda f: Said(None, at=f["n"]) if f["n"] >= 0 else REJECT,
    )
    g.add("trigger", "(at|on) second [number] {n:number}", lambda f: Said(None, at=f["n"]) if f["n"] >= 0 else REJECT)
    g.add("trigger", NOW_AND_THEN, lambda f: Said(None, at=f["t"]) if f["t"] >= 0 else REJECT, cost=0.05)
    g.add("trigger", MOMENTS, lambda f: Said(None, at=f["t"]) if f["t"] >= 0 else REJECT)
    g.add(
        "trigger",
        "[right] (at|from|in|with|on) [very] <start>\n(when|as soon as|once|as) <start>",
        lambda f: Said(None, at=0.0),
    )
    g.add("period", "(every|each|per|once per|once every) second", lambda f: 1.0)
    g.add("period", "(every|each|per|once per|once every) minute", lambda f: 60.0)
    g.add("period", PERIODS, lambda f: f.get("t", f.get("p")))
    g.add("trigger", "{p:period}", lambda f: Said(Period(seconds=f["p"]), "each") if f["p"] > 0 else REJECT)


def _added(quantity: Quantity) -> Any:
    """``+500 ms`` is so much later."""
    return quantity.value if quantity.dimension == "time" and quantity.said.startswith("+") else REJECT
