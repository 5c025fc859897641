"""How long something takes, told after it in a clause of its own: ``and it needs 0.8 s``, ``0.8 s being allowed for it``."""

from __future__ import annotations

from .grammar import Grammar

COMPLETED = "(completed|finished|done|carried out|made|complete|spread|executed|accomplished|achieved|over|over with|over and done with|done with|effected|performed|concluded|terminated|brought to an end|ready|there|at an end|up there|through with)"
MOVE = "([whole|full|entire] (move|movement|motion|turn|turning|rotation|lift|lifting|stroke|slide|swing|travel|glide|shift|thing|journey|ride|trip|push|process|operation|rise|action|displacement|transition|job|way (up|down|there|over|out|across|back)|way|ascent|descent|climb|raising|lowering|opening|closing|travel|drive|run|manoeuvre|maneuver))"
IT = f"(it|this|that|which|he|she|they|{MOVE}|(this|that) {MOVE})"
SO = f"[for (it|this|that|them|this purpose|{MOVE})|on (it|this|that|them|{MOVE})|to do (it|so|that|this)|to (get|go) there|about it|over (it|that|this)|in total|altogether|in all|to complete|to finish|time|long|doing (so|it|this|that)|in doing so]"
DUE = "(should|shall|must|must to|is to|has to|have to|will|ought to|is supposed to|needs to|can|may|must to|would|is going to)"


def add_takings(grammar: Grammar) -> None:
    """How long something takes, said in a clause of its own, as ``taking``."""
    takes = "(takes|lasts|needs|requires|takes (him|her|it|them)|costs (him|her|it|them)|takes (its|his|their) time [too|also] [,|:|-|;]|is taking|is lasting|is needing|goes there in|is done in|is done within|is over in|is over within|is completed in|is completed within|happens in|happens within|has|is allowed|gets)"
    take = "(take|takes|taking|last|need|require|have|take (him|her|it|them)|be (completed|done|finished|over|made|carried out|complete) (in|within|over)|be taking|happen (in|within|over)|get|go on for)"
    only = "[only|just|exactly|a full|full|a whole|about it|for it|for this|for that|a total of|all of|up|no more than]"
    grammar.add("taking", [
        f"{IT} {takes} {only} {{t:time}} {SO}", f"{IT} {DUE} {take} {only} {{t:time}} {SO}", f"{IT} (is|has) got {{t:time}} {SO}", f"{IT} (taking|lasting|needing|requiring) {{t:time}} {SO}",
        f"{MOVE} [being|is|to be] [being] {COMPLETED} (in|within|over|during) {{t:time}}", f"to be {COMPLETED} (within|in|over|during|after) {{t:time}}", f"{IT} [{DUE}] (is|has been|be|being|have been|gets|get) [all|already|fully] {COMPLETED} (within|in|over|during) {only} {{t:time}}", f"{IT} (needs|has|is|ought|wants) [got] to (be|get) [all|already|fully] {COMPLETED} (within|in|over|during) {only} {{t:time}}", f"(we|you|i) want {IT} [to be] {COMPLETED} (within|in|over|during) {only} {{t:time}}", "[its|with|the] (completion|end|accomplishment|execution|conclusion) [being|is|to be] (required|due|needed|reached|demanded|expected|effected|wanted|to occur|occurring|achieved|had) (within|in|after|over|during) {t:time}",
        "[with] (time|duration|period|time span) [allotted|allowed|needed|taken|given|available] [for (it|this|that)|to it] (being|is|:|=|of|shall be) {t:time}", "[with] {t:time} [being] (allotted|allowed|given|reserved|set aside|available|granted) [for (it|this|that)|to it|for doing so]", "{t:time} being (taken|needed|required|allowed|given|allotted) [for (it|this|that|this purpose)] [by it]", f"{{t:time}} (is|are) (how long|what|the time|the time that|as long as) (it|this|that|{MOVE}) (takes|lasts|needs|is to take|should take|has)", f"(this|that|it) is [a] {{t:time}} {MOVE}", f"for {IT} [is|are] {{t:time}} [is|are] (needed|allowed|given|taken)", f"{IT} {DUE} (be|arrive|get) [up|down|over] [there|in place|at its place|at its goal] {{t:time}} later", "[so that|so|and] it (arrives|is there|is up there|has arrived|gets there|reaches its goal|is in place) ({t:time} later|(after|in|within) {t:time})",
        "(for|in) (it|this|that|doing so|doing this) {i:it_void} (needs|takes|is needing|is taking|has) {t:time}", f"(allow|give|grant|leave) [it|him|her|them|itself] {{t:time}} {SO}", f"(take|spend|use|taking|spending|using|needing|lasting|takes|lasts|needs) {{t:time}} {SO}",
        f"{{t:time}} for [the|this|that|its|whole] {MOVE}", "{t:time} in (duration|length|all|total)", "(duration|time|length|period) [=|:|of|is] {t:time}", "(during|in|within|over) [a|the] (time|space|course|duration|period|time span|span|span of time|time frame|interval|period of time|time window|lapse) of {t:time}", "(allow|give|grant|leave|take) (yourself|ourselves|itself|himself) {t:time}", "(let us|we) (have|let|make|say) [that] [that|this|it] (take|takes|last|lasts) {t:time}",
        f"(have|let|make) {IT} [to] (take|last|need|be|have|use) {only} {{t:time}} {SO}", f"{{t:time}} {SO} (is|are|shall be|should be|being|will be|must be|has to be) [being] (allowed|given|allotted|granted|taken|needed|required|used|spent|available|set aside|provided|planned|foreseen|reserved|meant) {SO} [by (it|this|that)]", f"{{t:time}} {SO} (is|are) taken [up] by (it|this|that|{MOVE})",
        "for which {t:time} (is|are|shall be|should be|will be|may be) (allowed|given|allotted|granted|taken|needed|required|used|spent|available|set aside|provided|planned|foreseen|reserved|allowed for)", "for which (it|he|she|they|that) (has|have|takes|take|needs|need|gets|get|is given|is allowed|uses|shall take|should take|should need|can take|may take) {t:time}",
        "{t:time} (is|are) (all|everything|what|all that) [that] (it|he|she|they) (gets|get|has|have|needs|need|takes|is given|is allowed|may take|can have)", f"{{t:time}} (is|are|should be|shall be|will be|must be) (enough|plenty|sufficient|its time|the time) {SO}", "{t:time} (should|shall|will|must) (do|suffice) [it]",
        f"(do|doing|make|making|be|being|get|finish|finishing|complete|completing|have|having|perform|performing|carry out) [it|this|that|so|them|all this|job|{MOVE}] [done|finished|over|complete|completed|over with|there|ready] (in|within|over|during) {only} {{t:time}}",
        f"{IT} [then] (is|are|should be|shall be|must be|has to be|will be|is to be) (there|at its place|up there|down there|over there|in place|at the end|at its end|at its goal|ready) (in|within|after) {{t:time}}",
        "(its|their|his|her) [whole] (duration|time|length) [being|is|:|=|of|shall be|should be|must be] {t:time}", "(duration|time|length|period) (for|of) (it|this|that|the move|the turn) (is|being|shall be|should be|:) {t:time}", "(time|duration|period) (should be|shall be|must be|is to be|being|will be) {t:time}",
        "(time|duration|period) [for (it|this|that)] (needed|taken|allowed|given) (:|=|is|being) {t:time}",
        f"[and] (you|we) (have|get|need) {only} {{t:time}} {SO}", f"(have|let|make) {IT} be (done|finished|over|complete|completed) (in|within|over) {{t:time}}", "(travel|movement|motion|moving|turning|total|travelling|run) time [of|:|=|is|being] {t:time}", "time of (movement|motion|travel|turning|rotation) [is|:|=|being] {t:time}",
        "(period|time|span|duration) of {t:time} (being|is|shall be|should be|to be) (allowed|granted|given|allotted|taken|used|needed|set aside)", f"(needs|need|takes|take|has|uses|gets) for (it|this|that|{MOVE}) {{t:time}}", "(being|be|is) (there|at its place|done|finished|ready) (in|within|after) {t:time}",
    ], lambda f: f["t"])  # fmt: skip
    grammar.add("it_void", "[it|he|she]")


__all__ = ["IT", "MOVE", "add_takings"]
