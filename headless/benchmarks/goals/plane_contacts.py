"""Goals in planes about touches: that, that never, in which order, how often, when."""

from __future__ import annotations

from itertools import combinations

from .model import Goal
from .phrases import after, either, event, every, hit, hits, no, number, only_after, tips, within

R, G, B, GRAY = "red ball", "green ball", "blue bar", "gray ball"
BLUE = "blue ball"
SIDES = ("left wall", "right wall", "top wall")

TOUCHES = (
    Goal(
        "keep_off_blue",
        "never",
        "track",
        "red ball: hands off the blue bar, the whole time",
        (lambda f: not f.touched(R, B),),
        no(hit(R, B)),
    ),
    Goal(
        "green_kept_away",
        "never",
        "chute",
        "Could you please keep the green ball from ever getting to the blue bar?",
        (lambda f: not f.touched(G, B),),
        no(hit(G, B)),
    ),
    Goal(
        "touch_nothing_at_the_sides",
        "never",
        "slope",
        "The red ball should stay clear of the left wall, the right wall and the top wall, without a single touch.",
        (lambda f: not f.partners(R) & set(SIDES),),
        no(either(*(hit(R, side) for side in SIDES))),
    ),
    Goal(
        "gray_not_green",
        "never",
        "ledge",
        "Knock the gray ball with the red one without ever touching the green ball with it.",
        (lambda f: f.touched(R, GRAY), lambda f: not f.touched(R, G)),
        every(hit(R, GRAY), no(hit(R, G))),
    ),
    Goal(
        "not_too_late",
        "time",
        "chute",
        "Please let the green ball reach the blue bar before 60 % of the run are over.",
        (lambda f: f.first(G, B) <= 0.6 * f.end * f.reading.near,),
        hit(G, B, until=0.6),
    ),
    Goal(
        "not_too_early",
        "time",
        "chute",
        "I want green to hit blue, only not during the first half of the simulation - let it take its time.",
        (lambda f: f.touched(G, B), lambda f: f.first(G, B) > 0.5 * f.end * f.reading.near),
        every(hit(G, B), no(hit(G, B, until=0.5))),
    ),
    Goal(
        "quick_gray",
        "time",
        "slope",
        "Gray ball hit by red within the first fifth of the run.",
        (lambda f: f.first(R, GRAY) <= 0.2 * f.end * f.reading.near,),
        hit(R, GRAY, until=0.2),
    ),
    Goal(
        "plank_then_off",
        "time",
        "seesaw",
        "At most one second after the red ball lands on the plank, the green ball must come off the plank.",
        (lambda f: any(f.soon(t.end, f.first(R, "plank"), 1.0) for t in f.touches_ever(G, "plank") if t.end < f.end),),
        within(1.0, ("CollisionEnd", {"a_id": G, "b_id": "plank"}), hits(R, "plank")),
        (
            lambda f: any(
                f.soon(t.end, landing.start, 1.0)
                for t in f.touches_ever(G, "plank")
                for landing in f.touches(R, "plank")
                if t.end < f.end
            ),
        ),
    ),
    Goal(
        "red_before_blue",
        "order",
        "track",
        "I'd like the green ball to bump into the red one before it gets to the blue bar, and it should get there.",
        (
            lambda f: f.touched(G, B),
            lambda f: f.touched(G, R),
            lambda f: f.first(G, R) < f.first(G, B),
        ),
        every(hit(G, B), hit(G, R), only_after(hits(G, B), hits(G, R))),
    ),
    Goal(
        "slope_then_gray",
        "order",
        "slope",
        "The red ball comes down on the slope first and afterwards runs into the gray ball.",
        (
            lambda f: f.touched(R, "slope"),
            lambda f: f.touched(R, GRAY),
            lambda f: f.first(R, "slope") < f.first(R, GRAY),
        ),
        every(hit(R, "slope"), only_after(hits(R, GRAY), hits(R, "slope")), hit(R, GRAY)),
    ),
    Goal(
        "chain_of_three",
        "relay",
        "ledge",
        "Start a chain reaction: the red ball strikes the green one, the green one strikes the gray one, and then the "
        "gray one strikes the blue ball, in exactly this order.",
        (
            lambda f: f.touched(R, G),
            lambda f: f.touched(GRAY, BLUE),
            lambda f: f.first(R, G) < f.first(G, GRAY) < f.first(GRAY, BLUE),
        ),
        every(
            hit(R, G),
            hit(G, GRAY),
            hit(GRAY, BLUE),
            only_after(hits(G, GRAY), hits(R, G)),
            only_after(hits(GRAY, BLUE), hits(G, GRAY)),
        ),
    ),
    Goal(
        "billiards",
        "relay",
        "slope",
        "Play billiards: red is to hit gray and gray is to hit the blue bar afterwards, while red itself leaves the "
        "blue bar alone.",
        (
            lambda f: f.touched(R, GRAY),
            lambda f: f.touched(GRAY, B),
            lambda f: f.first(R, GRAY) < f.first(GRAY, B),
            lambda f: not f.touched(R, B),
        ),
        every(after(hits(GRAY, B), hits(R, GRAY)), no(hit(R, B))),
    ),
    Goal(
        "one_landing",
        "count",
        "seesaw",
        "The plank is to be touched by the red ball exactly once.",
        (lambda f: f.count(R, "plank") == 1,),
        number("COUNT", "CollisionStart", 1, a_id=R, b_id="plank"),
    ),
    Goal(
        "twice_on_blue",
        "count",
        "track",
        "green must hit blue at least two times",
        (lambda f: f.count(G, B) >= 2,),
        number("GT", "CollisionStart", 1, a_id=G, b_id=B),
    ),
    Goal(
        "few_touches",
        "count",
        "slope",
        "It's fine if red knocks against the blue bar, as long as that happens no more than once.",
        (lambda f: f.count(R, B) <= 1,),
        number("LT", "CollisionStart", 2, a_id=R, b_id=B),
    ),
    Goal(
        "jar_or_ground",
        "choice",
        "dominoes",
        "Either the ground or the jar has to be touched by the green ball in the end, I don't mind which.",
        (lambda f: f.touched(G, "ground") or f.touched(G, "blue jar"),),
        either(hit(G, "ground"), hit(G, "blue jar")),
    ),
    Goal(
        "one_of_two_posts",
        "choice",
        "yard",
        "Hit one of the two posts with the red ball, but not both of them.",
        (lambda f: len(f.partners(R) & {"left post", "right post"}) == 1,),
        every(either(hit(R, "left post"), hit(R, "right post")), no(every(hit(R, "left post"), hit(R, "right post")))),
    ),
    Goal(
        "two_of_three_hits",
        "choice",
        "ledge",
        "At least two of these things should happen: the red ball hits the green one; the gray ball hits the blue one; "
        "the blue ball drops to the ground.",
        (lambda f: f.touched(R, G) + f.touched(GRAY, BLUE) + f.touched(BLUE, "ground") >= 2,),
        either(*(every(*two) for two in combinations((hit(R, G), hit(GRAY, BLUE), hit(BLUE, "ground")), 2))),
    ),
    Goal(
        "only_red_falls",
        "choice",
        "ledge",
        "Nothing apart from the red ball may fall down to the ground.",
        (lambda f: not f.partners("ground") - {R},),
        no(either(*(hit(name, "ground") for name in (G, GRAY, BLUE)))),
    ),
    Goal(
        "blue_falls_off",
        "touch",
        "ledge",
        "get the blue ball down from the pedestal onto the ground",
        (lambda f: f.touched(BLUE, "ground"),),
        hit(BLUE, "ground"),
    ),
    Goal(
        "onto_blue_shelf",
        "touch",
        "seesaw",
        "Get the green ball to land on the blue shelf up there, or at least to touch it.",
        (lambda f: f.touched(G, B),),
        hit(G, B),
    ),
    Goal(
        "second_only_if_first",
        "only if",
        "dominoes",
        "The second domino may topple only if the first one topples as well.",
        (lambda f: f.falls_over("second domino") > f.end or f.falls_over("first domino") <= f.end,),
        either(no(tips("second domino")), tips("first domino")),
    ),
    Goal(
        "only_through_gray",
        "only if",
        "ledge",
        "If the blue ball goes down to the ground, then only because gray has bumped into it before; nothing needs to "
        "happen at all.",
        (lambda f: not f.touched(BLUE, "ground") or f.first(GRAY, BLUE) < f.first(BLUE, "ground"),),
        only_after(hits(BLUE, "ground"), hits(GRAY, BLUE)),
    ),
    Goal(
        "hard_on_crate",
        "hard",
        "yard",
        "Slam the red ball hard into the crate. A gentle nudge doesn't count!",
        (lambda f: f.hit(R, "crate", 55.0),),
        event("HighEnergyImpact", object=R, other="crate"),
    ),
)
