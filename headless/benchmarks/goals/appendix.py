"""The ten goals of Appendix G of *Discovering High Level Patterns*, by meaning, each for a scene where it can be met.

"Green" and "blue" are the objects with these colours, "red" is the ball that the user places.
"""

from __future__ import annotations

from .facts import Facts
from .model import Goal
from .phrases import after, every, hit, hits, no, number, only_after, same_count, touching

R, G, B = "red ball", "green ball", "blue bar"
SIDES = ("left wall", "right wall", "top wall")


def _close_around_half(f: Facts) -> bool:
    """Very close at about half of the run: some way before and after too for strict readers."""
    close = [f.close(R, B, at) for at in (0.47, 0.5, 0.53)]
    return all(close) if f.reading.rough > 1.0 else any(close) if f.reading.rough < 1.0 else close[1]


def _meets_sides(f: Facts) -> bool:
    return any(f.partners(side) for side in SIDES)


APPENDIX = (
    Goal(
        "a",
        "appendix",
        "hill",
        "Get the green and blue objects to be touching at the end of the simulation. Make the green object touch the "
        "blue object, while the red ball never touches the green object.",
        (lambda f: f.touching(G, B), lambda f: not f.touched(R, G)),
        every(touching(G, B), no(hit(R, G))),
    ),
    Goal(
        "b",
        "appendix",
        "track",
        "Make the green object touch the blue object, but make sure the red ball does not touch the green object "
        "within the first 20% of the simulation.",
        (lambda f: f.touched(G, B), lambda f: not f.touched(R, G, until=0.2)),
        every(hit(G, B), no(hit(R, G, until=0.2))),
    ),
    Goal(
        "c",
        "appendix",
        "hill",
        "Make the red ball touch the green object after the green object has already touched the left wall, while "
        "preventing the green object from touching the right wall.",
        (
            lambda f: f.touched(G, "left wall"),
            lambda f: f.last(R, G) > f.first(G, "left wall"),
            lambda f: not f.touched(G, "right wall"),
        ),
        every(after(hits(R, G), hits(G, "left wall")), no(hit(G, "right wall"))),
        (lambda f: f.last(R, G) > f.first(G, "left wall") and f.first(R, G) < f.first(G, "left wall"),),
    ),
    Goal(
        "d",
        "appendix",
        "chute",
        "Get the green object to touch both the blue object and the red ball (in any order), while ensuring the red "
        "ball never touches the blue object.",
        (lambda f: f.touched(G, B), lambda f: f.touched(G, R), lambda f: not f.touched(R, B)),
        every(hit(G, B), hit(G, R), no(hit(R, B))),
    ),
    Goal(
        "e",
        "appendix",
        "chute",
        "Make the green object and blue object touch exactly once, and require that the red ball touches neither of "
        "them until after that single touch has occurred.",
        (
            lambda f: f.count(G, B) == 1,
            lambda f: f.first(R, G) > f.first(G, B),
            lambda f: f.first(R, B) > f.first(G, B),
        ),
        every(
            number("COUNT", "CollisionStart", 1, a_id=G, b_id=B),
            only_after(hits(R, G), hits(G, B)),
            only_after(hits(R, B), hits(G, B)),
        ),
    ),
    Goal(
        "f",
        "appendix",
        "nook",
        "Create a 'near-miss' challenge: around time 0.5 the red ball must be very close to the blue object, but the "
        "red ball must never actually touch the blue object at any point.",
        (_close_around_half, lambda f: not f.touched(R, B)),
        every(f'NEARBY("{R}", "{B}", 0.5, threshold_strength=0.04)', no(hit(R, B))),
    ),
    Goal(
        "g",
        "appendix",
        "track",
        "The red ball must touch the green object and the blue object the same number of times (at least once each).",
        (lambda f: f.touched(R, G), lambda f: f.touched(R, B), lambda f: f.count(R, G) == f.count(R, B)),
        every(hit(R, G), hit(R, B), same_count(hits(R, G), hits(R, B))),
    ),
    Goal(
        "h",
        "appendix",
        "track",
        "Make the green object touch the blue object only after the red ball has contacted the ground and stopped "
        "moving.",
        (
            lambda f: f.touched(G, B),
            lambda f: f.first(R, "ground") < f.first(G, B),
            lambda f: f.stops(R) < f.first(G, B),
        ),
        every(
            hit(G, B), only_after(hits(G, B), hits(R, "ground")), only_after(hits(G, B), ("CameToRest", {"object": R}))
        ),
    ),
    Goal(
        "i",
        "appendix",
        "brink",
        "Force the red ball to knock the green object into the blue object exactly once, with no other contacts "
        "involving red.",
        (
            lambda f: f.count(G, B) == 1,
            lambda f: f.first(R, G) < f.first(G, B),
            lambda f: f.partners(R) == {G},
        ),
        every(
            number("COUNT", "CollisionStart", 1, a_id=G, b_id=B),
            number("COUNT", "CollisionStart", 1, a_id=R),
            only_after(hits(G, B), hits(R, G)),
        ),
        (lambda f: f.count(G, B) == 1 and f.first(R, G) < f.first(G, B) and f.count(R) == 1,),
    ),
    Goal(
        "j",
        "appendix",
        "chute",
        "Make the green object touch the blue object while preventing any object from contacting the scene boundaries "
        "(left, right, or top walls) at any time during the simulation.",
        (lambda f: f.touched(G, B), lambda f: not _meets_sides(f)),
        every(hit(G, B), *(no(f'EVENT("CollisionStart", {{"a_id": "{side}"}})') for side in SIDES)),
    ),
)
