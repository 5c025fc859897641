"""Ways to say that bodies are given a velocity, another speed or another direction."""

from __future__ import annotations

from typing import Any

from ..deeds import DUE, IMPARTED, RECEIVES, deed
from ..grammar import REJECT, Build, Fields, Grammar
from ..modifiers import Pairs, bag
from ..reference import Ref
from .launch import QUICK, Launch, LaunchTowards, ScaleVelocity, Speed, launch, times_way

THEY = Ref(names=(), said="they", pronoun=True)


def add(g: Grammar) -> None:
    """``give Ball a velocity of …``, ``set Ball's velocity to …``."""
    kick = f"({QUICK}|push|kick|shove|toss|boost|nudge)"
    owner = (
        f"([the|both] ({QUICK}|velocities|speeds) of {{x:thing}}|{{x:thing}} . (velocity|v)|{{x:thing}} ['s] {QUICK})"
    )
    for value in ("vel", "towards_speed"):
        v = f"{{v:{value}}} [each|apiece|both|for each|to each|each one|in each case|for both]"
        to_it = "to {x:thing} [each|both|all|,|also] (give|is given|are given|gets given|there is given|shall be given|should be given|must be given|has to be given|is to be given|will be given|apply|impart|assign) [each|both|all]"
        said_last = f"{{v:{value}}} [of] {kick}"
        g.add("clause", [
            f"{to_it} [a|the|an|one] [new|initial|sudden|{{s:same}}] {kick} [of|=|:|with|at|vector|,|of exactly|-] {v}", f"{to_it} {v}", f"{to_it} [a|an] {said_last}", f"[a|the] {QUICK} [of|=|:|vector] {v} (for|to) {{x:thing}}", f"{v} (for|to) {{x:thing}}", f"to {{x:thing}} [,] [a|the] [{QUICK} of|{QUICK}] {v} (is|are|shall be|should be|must be|is to be|has to be|will be) (given|imparted|assigned|applied)", f"for {{x:thing}} [,|:] [a|the] {QUICK} [of] {v}", f"[a] {kick} [of] {v} [,] {to_it.replace(' (give|', ' (')}",
            f"(give|lend|grant|impart) {{x:thing}} [each|both] [a|an|the] {said_last}", f"{{x:thing}} (gets|get|has|have|receives|receive|is given|are given|({DUE}) [each|both] (get|have|receive|be given)) [each|both] [a|an|the] {said_last}",
            f"(bring|accelerate|speed|take|push|get) {{x:thing}} [up] (to|on) [a|the] [{QUICK} of] {v}", f"assign {{x:thing}} [a|the] {QUICK} [of] {v}", f"{{x:thing}} (takes|take|obtains|obtain|gains|assumes) [on] [a|the] [new] {QUICK} [of|=|:|vector] {v}",
            f"(give|lend|grant|impart) {{x:thing}} [a|the|an] [new|initial|sudden|{{s:same}}] {kick} [of|=|:|with|at|vector|,|of exactly|-] {v}", f"(give|lend) {{x:thing}} {v}",
            f"(impart|assign|apply|give|transfer) [a|the] {QUICK} [of|=|:|vector] {v} to {{x:thing}}", f"(impart|apply) {v} to {{x:thing}}",
            f"(set|change|make|put|fix) {owner} (to|at|=|be|to be) {v}", f"{owner} (is set to|are set to|become|becomes|is|shall be|=|: =|is changed to|should be|must be|shall be set to|is to be|->|:) {v}", f"{owner} {v}", f"(keep|keep on) (setting|making) {owner} to {v}",
            f"[a|the] {QUICK} [of|=|:|vector] {v} [,] {IMPARTED} {{x:thing}} [each]", f"{{x:thing}} {RECEIVES} [each|both|all] [a|the] [new] [{kick}] [of|=|:|vector] {v} [each|apiece]",
            f"(give|lend|grant|impart) to {{x:thing}} [each|both|all] [one|a|the] [{kick}] [of] {v} [each|apiece]",
            f"{{x:thing}} (gets|receives|has|is given|shall get|shall have|takes on|acquires|must have|should have) [a|the] [new] {kick} [of|=|:|vector] {v}", f"{{x:thing}} (gets|is given) {v}",
        ], _given)  # fmt: skip
    _gifts(g, kick, owner)
    gets = "(needs|need|gets|get|deserves|receives|is given|takes|wants|must get|should get|must have|should have)"
    g.add("clause", [
        f"(give|lend|grant|impart) {{x:thing}} [sudden|good|strong|little|small] {{w:way_of}} {kick} (of|with|at|,|:) {{q:speed}}", f"{{x:thing}} {gets} [sudden|good|strong|little|small] {{w:way_of}} {kick} (of|with|at|,|:) {{q:speed}}",
        f"[a] {{w:way_of}} {kick} of {{q:speed}} (for|to) {{x:thing}}",
    ], lambda f: _given({**f, "v": times_way(f["w"], f["q"])}))  # fmt: skip
    g.add("clause", f"{{x:thing}} (needs|need|deserves|wants) {kick} [of|with|at] {{v:vel}}", _given)
    for words, way in (("upward|upwards|vertical", (0, 0, 1)), ("downward|downwards", (0, 0, -1)), ("leftward|leftwards", (-1, 0, 0)), ("rightward|rightwards", (1, 0, 0)), ("forward|forwards", (0, 1, 0)), ("backward|backwards", (0, -1, 0))):  # fmt: skip
        g.value("way_of", {f"({words})": way})
    g.add("vel", "{w:way} of {s:speed}", lambda f: times_way(f["w"], f["s"]))
    g.add("clause", f"[a] {kick} {{v:component}} [,] {IMPARTED} {{x:thing}}", _given)
    g.add("clause", f"(give|lend) (each|both) [of them] [a|the] [same] [{kick}] [of|,|:] {{v:vel}}", lambda f: _given({**f, "x": THEY}), cost=0.1)  # fmt: skip
    g.add("same", "(same|common|one and same|identical)", lambda f: True)
    shove = "(give|lend) {x:thing} [a|the] [good|little|small|hard|strong|quick] (push|kick|shove|toss|boost|nudge|velocity|speed)"
    g.add("clause", shove, lambda f: launch(f["x"], ()))
    g.add("clause", "{a:single} (,|/|+) {b:single} [:|->] (both|each|all) [at|with] {m:mods}", _pair_launched, cost=0.2)
    g.add("clause", "{a:single} (,|/|+) {b:single} [:|->] {m:mods}", lambda f: _pair_launched(f) if "each_one" in bag(f["m"]) else REJECT, cost=0.2)  # fmt: skip
    g.add("vel", "{v:component} [each|apiece|for each|both]", lambda f: f["v"])
    g.add("towards_speed", ["{s:speed} (towards|toward|in the direction of) {t:thing}", "(towards|toward|in the direction of) {t:thing} [at|of|with] {s:speed}"], lambda f: ("towards", f["t"], f["s"]))  # fmt: skip
    g.add("clause", [f"(set|change|put|raise|lower|reduce|increase|limit) {owner} to {{s:speed}}", f"{owner} (becomes|is set to|changes to|is) {{s:speed}}"], lambda f: Speed(thing=f["x"], speed=f["s"]))  # fmt: skip
    whose = f"({QUICK}|direction|motion|direction of motion) of {{x:thing}}"
    whose = f"({whose}|{{x:thing}} 's ({QUICK}|direction|motion)|{{x:its}} ({QUICK}|direction|motion))"
    g.add("its", "(its|their)", lambda f: Ref(names=(), said="it", pronoun=True))
    turned = [("(reverse|invert|flip|turn round|turn around)", "(reversed|inverted|flipped|turned round)", -1.0)]
    turned += [("double", "doubled", 2.0), ("triple", "tripled", 3.0), ("halve", "halved", 0.5)]
    for verb, participle, factor in turned:
        g.add("clause", [f"{verb} {whose}", f"{whose} (is|gets|shall be|should be) {participle}"], _scaled(factor))
    g.add("clause", "{x:thing} (reverses|inverts) (its|their) (direction|velocity|motion)", _scaled(-1.0))
    times = lambda f: ScaleVelocity(thing=f["x"], factor=f["n"])  # noqa: E731
    g.add("clause", [f"multiply {whose} by {{n:number}}", f"{whose} is multiplied by {{n:number}}"], times)
    still = lambda f: Speed(thing=f["x"], speed=0.0) if f["n"] == 0 else REJECT  # noqa: E731
    g.add("clause", [f"(set|reduce|bring|put) {owner} [down] to {{n:number}}", f"{owner} (becomes|is set to|is|drops to) {{n:number}}"], still)  # fmt: skip
    for verb in ("speed", "accelerate", "slow", "brake"):
        deed(g, _onward, verbs=(f"{verb} * up" if verb == "speed" else f"{verb} * down" if verb == "slow" else verb,), does=(f"{verb} up" if verb == "speed" else f"{verb} down" if verb == "slow" else verb,))  # fmt: skip
    g.add("mod", "to {v:speed}", lambda f: ("to_speed", f["v"]))


def _gifts(g: Grammar, kick: str, owner: str) -> None:
    """What somebody gets, as a velocity or as one that is the same as before: ``a good shove, (3, 0, 0) to be exact``."""
    exact = "[to be exact|to be precise|exactly|precisely|no more and no less|straight away]"
    g.add("mod", "(from now on|from then on|at once)", lambda f: ("each_one", False), cost=0.05)
    how = "[his|its|their|her|a] [new|initial|sudden|good|little|small|hard|strong|quick|nice|starting|brief|single|further]"
    link = "[of|=|:|with|at|vector|,|of exactly|-|on|to|by|being|that is|, that is|, namely|equal to|amounting to]"
    gone = "[going|each|apiece|both|for each|to each|each one|in each case|for both|from then on|from now on|(at|in) same (time|moment|instant)]"
    g.add(
        "gift",
        [f"{how} {kick} {link} {{v:vel}} {exact} {gone}", f"{{v:vel}} {exact} {gone}", f"{{v:vel}} [of] {kick}"],
        lambda f: (f["v"], False),
    )
    g.add(
        "gift",
        [
            f"[very|exactly|just] (same|identical|like) [{kick}] {link} {{v:vel}} {exact}",
            f"(another|one more|also) [{kick}] {link} {{v:vel}} {exact}",
        ],
        lambda f: (f["v"], True),
    )
    g.add("gift", [f"{how} {kick} (with|at|of) [a|the] {QUICK} [of|=] {{v:vel}} {exact}"], lambda f: (f["v"], False))
    g.add("gift", [f"[very|exactly|just] (same|identical) [{kick}]"], lambda f: (None, True))
    g.add(
        "granting",
        [
            f"{{x:thing}} [, it|, he|, she|also|alike|too|, too ,] {RECEIVES} [as well|too] {{v:gift}}",
            "(let|make|have|see) {x:thing} [to] (have|get|receive|go|go at|go with|fly at|be at|fly with) {v:gift}",
            f"(velocities|speeds|{{v:gift}}) [of {{v:vels}}] [,] {IMPARTED} {{x:thing}} [alike|too|as well]",
        ],
        _granted,
    )
    g.add("vels", "{v:vel}", lambda f: (f["v"], False))
    g.add("clause", "{c:granting}", lambda f: f["c"])
    g.add("clause", [
        "(give|lend|grant|impart|hand|deal|assign|giving|lending) [also|too] {x:thing} [also|too|each|both] {v:gift}", "(give|lend|grant|impart|assign|apply|giving) [also] {v:gift} to {x:thing}", "(give|lend|grant|impart|assign|giving) to {x:thing} [also|too|,] {v:gift}",
        "(imparting|giving|bestowal|conferral|application|granting) of {v:gift} (to|on|upon) {x:thing} <happens_to>", "to {x:thing} [also|too|,|likewise] {v:gift}", "{v:gift} (to|for) {x:thing}",
        f"{{x:thing}} [also|too|now|then] (does|do|is doing|are doing|is at|are at|is going|goes|is sent) [then|now|also] {{v:vels}} {gone}", f"{{x:thing}} [:|->] [very|exactly|just] {{s:same}} [{QUICK}] [=|:|of] {{v:vel}}", f"{{x:thing}} (becomes|becoming|gets) [a] {QUICK} {link} {{v:vels}}",
        f"{{x:thing}} (keeps|keep|holds|hold) (its|their|his|her) [{QUICK}] (at|of|on|to) {{v:vels}}", f"(hold|keep|maintain) {{x:thing}} (at|on|to) [a] [{QUICK}] [of] {{v:vels}}", "{x:thing} (keeps|keep) [on] (getting|receiving|having) {v:gift}", f"[{{x:thing}} is|{{x:thing}} gets] (kept|held|maintained) (at|on) [a] [{QUICK}] [of] {{v:vels}}",
        f"{{x:thing}} [must|has to|is to|shall|should|will|is] [be] (put|set|brought|accelerated|taken) [also|likewise] [up] (to|on|at) [a] [{QUICK}] [of] {{v:vels}}",
    ], _granted, cost=0.05)  # fmt: skip
    must = "(shall|must|should|will|is to|has to|are to|have to|may|can|is|are|gets)"
    g.add(
        "clause",
        f"({owner}|{{x:its}} {QUICK}) {must} [also|then|likewise|now|too] [be] [also|then|likewise|now] [set|put|changed|made|kept|held|fixed] [to|at|on|being|equal to] {{v:gift}}",
        _granted,
        cost=0.05,
    )
    g.add(
        "clause",
        [
            "(set|put|make|change|bring) {x:thing} 's [also|too] (to|at|=) {v:vels}",
            "[and] {x:thing} 's (to|at|is|is set to) ({v:vels}|{v:gift})",
            f"(that|the one) of {{x:thing}} [{must}] [also|then|likewise|now|too] [be] [set|put|changed|made] [to] ({{v:vels}}|{{v:gift}})",
        ],
        lambda f: _granted({**f, "v": (f["v"][0], True)}),
        cost=0.1,
    )


def _granted(f: Fields) -> Any:
    """What gets a velocity; one that is the same as before is known when that is."""
    velocity, same = (f["v"], True) if "s" in f else f["v"]
    several = len(f["x"].names) > 1 or f["x"].said == "they"
    if velocity is None and several:
        return REJECT
    return Launch(thing=f["x"], velocity=velocity, same=same and not (several and velocity is not None))


def _scaled(factor: float) -> Build:
    return lambda f: ScaleVelocity(thing=f["x"], factor=factor)


def _onward(thing: Ref, mods: Pairs) -> Any:
    said = bag(mods)
    return Speed(thing=thing, speed=said["to_speed"]) if set(said) == {"to_speed"} else REJECT


def _pair_launched(f: Fields) -> Any:
    from ..structure.things import listed

    things = listed("all")(f)
    return REJECT if things is REJECT else launch(things, f["m"], unsaid=False)


def _given(f: Fields) -> Any:
    if f.get("s") and len(f["x"].names) < 2 and f["x"].said != "they":
        return REJECT
    if f["v"][0] == "towards":
        return LaunchTowards(thing=f["x"], target=f["v"][1], speed=f["v"][2])
    return Launch(thing=f["x"], velocity=f["v"])
