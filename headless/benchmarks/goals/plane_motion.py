"""Goals in planes about places and motion: where things end, rest, fall over, bounce, fly, slide, get stuck."""

from __future__ import annotations

from .facts import NEVER, Facts
from .model import Goal
from .phrases import after, either, event, every, hit, no, number, tips, touching

R, G, B, GRAY = "red ball", "green ball", "blue bar", "gray ball"
DOMINOES = ("first domino", "second domino", "third domino")
JAR = "blue jar"


def _place(name: str, x: float, y: float, pixels: float, t: float = 1.0) -> str:
    return f'NEARBY_AT("{name}", {x:g}, {y:g}, {t:g}, threshold_strength={pixels / 256:.4f})'


def _in_jar(f: Facts, name: str, x: float, reach: float, height: float) -> bool:
    """Whether the middle of a body is between a jar's sides and not above their ends."""
    return abs(f.x(name) - x) < reach and f.z(name) < height * f.reading.near


def _fallen(f: Facts) -> list[bool]:
    return [f.falls_over(name) < NEVER for name in DOMINOES]


def _all_still_at_the_end(f: Facts) -> bool:
    moving = [o.name for o in f.trace.scene.objects if o.body is not None and o.body.type == "ACTIVE"]
    return all(f.stops(name) < NEVER or f.still(name) for name in moving)


MOTION = (
    Goal(
        "in_the_pit",
        "place",
        "track",
        "The red ball should end up lying in the pit between the left block and the right block.",
        (lambda f: 35 < f.x(R) < 67 and f.z(R) < 36 * f.reading.near,),
        _place(R, 51, 12, 20),
    ),
    Goal(
        "green_into_jar",
        "place",
        "dominoes",
        "Make the green ball end up in the blue jar.",
        (lambda f: _in_jar(f, G, 205, 22, 40),),
        _place(G, 205, 16, 22),
    ),
    Goal(
        "red_into_jar",
        "place",
        "yard",
        "Drop red into the jar so that it's in there when the run is over, and green has to stay untouched.",
        (lambda f: _in_jar(f, R, 70, 21, 44), lambda f: not f.touched(R, G)),
        every(_place(R, 70, 14, 20), no(hit(R, G))),
    ),
    Goal(
        "green_home",
        "place",
        "ledge",
        "When everything is over the green ball should still be about where it was at the beginning, so no more than "
        "10 pixels from (96, 176).",
        (lambda f: f.at(G, (96, 176), 10),),
        _place(G, 96, 176, 10),
    ),
    Goal(
        "half_time_crate",
        "near",
        "yard",
        "Half-way through the simulation, red within 20 pixels of the crate.",
        (lambda f: f.near(R, "crate", 20, 0.5),),
        f'NEARBY("{R}", "crate", 0.5, threshold_strength={20 / 256:.4f})',
    ),
    Goal(
        "close_at_the_end",
        "near",
        "slope",
        "At the end I'd want the red ball close to the gray ball - let's say 15 pixels at most between the two.",
        (lambda f: f.near(R, GRAY, 15),),
        f'NEARBY("{R}", "{GRAY}", 1, threshold_strength={15 / 256:.4f})',
    ),
    Goal(
        "beside_the_bar",
        "near",
        "chute",
        "When the run ends, the green ball must be no farther than 25 pixels from the blue bar.",
        (lambda f: f.near(G, B, 25),),
        f'NEARBY("{G}", "{B}", 1, threshold_strength={25 / 256:.4f})',
    ),
    Goal(
        "away_from_jar",
        "near",
        "yard",
        "I don't want red anywhere within 40 pixels of the jar when the simulation is over.",
        (lambda f: not f.near(R, JAR, 40),),
        no(f'NEARBY("{R}", "{JAR}", 1, threshold_strength={40 / 256:.4f})'),
    ),
    Goal(
        "all_dominoes",
        "tipping",
        "dominoes",
        "Topple all three dominoes.",
        (lambda f: _fallen(f)[0], lambda f: _fallen(f)[1], lambda f: _fallen(f)[2]),
        every(*map(tips, DOMINOES)),
    ),
    Goal(
        "last_domino_only",
        "tipping",
        "dominoes",
        "Only the third domino is to fall over, and the first and the second are to be left standing.",
        (lambda f: _fallen(f)[2], lambda f: not _fallen(f)[1], lambda f: not _fallen(f)[0]),
        every(tips(DOMINOES[2]), no(tips(DOMINOES[0])), no(tips(DOMINOES[1]))),
    ),
    Goal(
        "first_or_last",
        "tipping",
        "dominoes",
        "Either the first or the third domino goes down, but please not both.",
        (lambda f: _fallen(f)[0] != _fallen(f)[2],),
        every(either(tips(DOMINOES[0]), tips(DOMINOES[2])), no(every(tips(DOMINOES[0]), tips(DOMINOES[2])))),
    ),
    Goal(
        "two_dominoes",
        "tipping",
        "dominoes",
        "Exactly two of the dominoes get knocked over.",
        (lambda f: sum(_fallen(f)) == 2,),
        every(
            either(*(every(*(tips(d) for d in DOMINOES if d != left)) for left in DOMINOES)),
            no(every(*map(tips, DOMINOES))),
        ),
    ),
    Goal(
        "unseen_hand",
        "tipping",
        "dominoes",
        "Bring the third domino down without the red ball so much as brushing against it.",
        (lambda f: _fallen(f)[2], lambda f: not f.touched(R, DOMINOES[2])),
        every(tips(DOMINOES[2]), no(hit(R, DOMINOES[2]))),
    ),
    Goal(
        "falls_in_turn",
        "order",
        "dominoes",
        "First the first domino must tip over and then, after that, the second one.",
        (
            lambda f: _fallen(f)[0],
            lambda f: _fallen(f)[1],
            lambda f: f.tips_from(DOMINOES[0]) < f.tips_from(DOMINOES[1]),
        ),
        after(("TipOver", {"object": DOMINOES[1]}), ("TipOver", {"object": DOMINOES[0]})),
        (
            lambda f: f.falls_over(DOMINOES[0]) < f.falls_over(DOMINOES[1]) < NEVER,
            lambda f: f.leans_from(DOMINOES[0]) < f.leans_from(DOMINOES[1]) and _fallen(f)[0] and _fallen(f)[1],
        ),
    ),
    Goal(
        "bar_stays_up",
        "tipping",
        "track",
        "Whatever happens, the blue bar must not be knocked over.",
        (lambda f: f.falls_over(B) == NEVER,),
        no(tips(B)),
    ),
    Goal(
        "stuck_between_posts",
        "wedged",
        "yard",
        "Get red stuck between the two posts.",
        (
            lambda f: f.touching(R, "left post") and f.touching(R, "right post"),
            lambda f: f.still(R, 0.9),
            lambda f: not f.touching(R, "ground") and f.z(R) < 60,
        ),
        event("Wedged", object=R, other="left post", opposite="right post"),
    ),
    Goal(
        "on_the_crate",
        "stack",
        "yard",
        "Put the red ball on top of the crate and have it stay there till the end.",
        (lambda f: f.carried(R, "crate"), lambda f: f.still(R, 0.9)),
        every(event("StackFormed", object=R, support="crate"), touching(R, "crate")),
    ),
    Goal(
        "all_at_rest",
        "rest",
        "yard",
        "In the end nothing should be moving any more.",
        (_all_still_at_the_end,),
        event("GlobalRest"),
    ),
    Goal(
        "rest_at_block",
        "rest",
        "track",
        "The red ball comes to a standstill and leans against the left block or the right block when the run ends.",
        (
            lambda f: f.touching(R, "left block") or f.touching(R, "right block"),
            lambda f: f.stops(R) < NEVER,
        ),
        every(either(touching(R, "left block"), touching(R, "right block")), event("CameToRest", object=R)),
    ),
    Goal(
        "red_stops",
        "rest",
        "track",
        "red ball stops somewhere before the run is over",
        (lambda f: f.stops(R) < NEVER,),
        event("CameToRest", object=R),
    ),
    Goal(
        "gray_undisturbed",
        "still",
        "slope",
        "Leave the gray ball in peace: it shouldn't be set in motion at all.",
        (lambda f: f.still(GRAY),),
        no(event("SpeedChange", object=GRAY)),
    ),
    Goal(
        "bounce_twice",
        "bounce",
        "slope",
        "The red ball should bounce on the ground two times or more.",
        (lambda f: len(f.bounces(R, "ground")) >= 2,),
        number("GT", "Bounce", 1, object=R, other="ground"),
    ),
    Goal(
        "off_the_box",
        "bounce",
        "slope",
        "Let red rebound from the green box.",
        (lambda f: bool(f.bounces(R, "green box")),),
        event("Bounce", object=R, other="green box"),
    ),
    Goal(
        "green_flies",
        "airborne",
        "seesaw",
        "At some point I want to see the green ball flying through the air, touching nothing.",
        (lambda f: bool(f.flights(G, 0.35)),),
        event("Airborne", object=G),
    ),
    Goal(
        "box_slides",
        "slide",
        "slope",
        "Make the green box slide along the slope.",
        (lambda f: f.slid("green box", "slope") > 12 * f.reading.rough,),
        event("SlidingContact", object="green box", other="slope"),
    ),
    Goal(
        "green_stays_up",
        "never",
        "seesaw",
        "The green ball must never touch the ground, that's all.",
        (lambda f: not f.touched(G, "ground"),),
        no(hit(G, "ground")),
    ),
)
