"""Goals in space about places and motion."""

from __future__ import annotations

from .facts import NEVER
from .model import Goal
from .phrases import after, event, every, hit, no, number, only_after, tips, touching
from .scenes import scenes

DOMINOES = ("Domino 1", "Domino 2", "Domino 3")
FALLS = [("TipOver", {"object": name}) for name in DOMINOES]


def _strength(scene: str, metres: float) -> str:
    """A distance as a share of a scene's size."""
    from addon.scene_graph import scene_size

    found = scenes()[scene]
    return f"threshold_strength={metres / scene_size(found.build(found.middle)):.4f}"


SPACE_MOTION = (
    Goal(
        "green_beside_box",
        "near",
        "lane",
        "When the time is up, the green ball should be within half a metre of the blue box.",
        (lambda f: f.near("Green Ball", "Blue Box", 0.5),),
        f'NEARBY("Green Ball", "Blue Box", 1, {_strength("lane", 0.5)})',
    ),
    Goal(
        "box_stays_put",
        "still",
        "lane",
        "Have red hit green, but the blue box mustn't be moved from its place.",
        (lambda f: f.touched("Red Ball", "Green Ball"), lambda f: f.still("Blue Box")),
        every(hit("Red Ball", "Green Ball"), no(event("SpeedChange", object="Blue Box"))),
    ),
    Goal(
        "off_the_bumper",
        "bounce",
        "gates",
        "ball has to bounce back from the bumper",
        (lambda f: bool(f.bounces("Ball", "Bumper")),),
        event("Bounce", object="Ball", other="Bumper"),
    ),
    Goal(
        "shoved_box",
        "slide",
        "lane",
        "Get the blue box to slide across the floor.",
        (lambda f: f.moved("Blue Box") > 0.3 * f.reading.rough,),
        event("SlidingContact", object="Blue Box", other="Floor"),
    ),
    Goal(
        "in_the_bucket",
        "place",
        "toss",
        "Toss the ball into the bucket. It counts if it's inside when the simulation ends.",
        (lambda f: f.at("Ball", (3.0, 0.0, 0.22), 0.34), lambda f: f.touching("Ball", "Bucket")),
        every(f'NEARBY_AT("Ball", 3, 0, 0.22, 1, {_strength("toss", 0.35)})', touching("Ball", "Bucket")),
    ),
    Goal(
        "hops",
        "bounce",
        "toss",
        "The ball should bounce off the floor at least twice.",
        (lambda f: len(f.bounces("Ball", "Floor")) >= 2,),
        number("GT", "Bounce", 1, object="Ball", other="Floor"),
    ),
    Goal(
        "crate_set_moving",
        "hits",
        "toss",
        "Set the crate in motion by hitting it with the ball.",
        (lambda f: f.touched("Ball", "Crate"), lambda f: not f.still("Crate")),
        event("HitsStationary", object="Ball", other="Crate"),
    ),
    Goal(
        "leave_the_third",
        "tipping",
        "row",
        "Knock down Domino 1 but leave Domino 3 standing.",
        (lambda f: f.falls_over("Domino 1") < NEVER, lambda f: f.falls_over("Domino 3") == NEVER),
        every(tips("Domino 1"), no(tips("Domino 3"))),
    ),
    Goal(
        "whole_row",
        "tipping",
        "row",
        "All three dominoes should be toppled, and by the ball only the first of them may be touched.",
        (
            lambda f: all(f.falls_over(name) < NEVER for name in DOMINOES),
            lambda f: f.partners("Ball") & set(DOMINOES) == {"Domino 1"},
        ),
        every(*map(tips, DOMINOES), hit("Ball", "Domino 1"), no(hit("Ball", "Domino 2")), no(hit("Ball", "Domino 3"))),
    ),
    Goal(
        "in_turn",
        "order",
        "row",
        "The dominoes tip over one after the other: number 1, then number 2, then number 3.",
        (
            lambda f: all(f.falls_over(name) < NEVER for name in DOMINOES),
            lambda f: f.tips_from("Domino 1") < f.tips_from("Domino 2") < f.tips_from("Domino 3"),
        ),
        every(after(FALLS[1], FALLS[0]), after(FALLS[2], FALLS[1])),
        (
            lambda f: f.falls_over("Domino 1") < f.falls_over("Domino 2") < f.falls_over("Domino 3") < NEVER,
            lambda f: (
                f.leans_from("Domino 1") < f.leans_from("Domino 2") < f.leans_from("Domino 3")
                and all(f.falls_over(name) < NEVER for name in DOMINOES)
            ),
        ),
    ),
    Goal(
        "dark_lamp",
        "property",
        "row",
        "Domino 1 falls, and in spite of that the lamp stays dark.",
        (lambda f: f.falls_over("Domino 1") < NEVER, lambda f: not f.changes("Lamp", "on")),
        every(tips("Domino 1"), no(event("PropertyChanged", object_id="Lamp", property="on", new=True))),
    ),
    Goal(
        "top_off",
        "support",
        "tower",
        "The top block shall lose its hold on the middle block and drop.",
        (lambda f: not f.carried("Top Block", "Middle Block"), lambda f: f.z("Top Block") < 0.6 / f.reading.near),
        event("LoseSupport", object="Top Block", support="Middle Block"),
    ),
    Goal(
        "top_rests",
        "rest",
        "tower",
        "Have the top block brought down onto the floor, where it comes to rest.",
        (lambda f: f.touched("Top Block", "Floor"), lambda f: f.stops("Top Block") < NEVER),
        every(hit("Top Block", "Floor"), event("CameToRest", object="Top Block")),
    ),
    Goal(
        "tower_stands",
        "stack",
        "tower",
        "Fire away, but at the end the tower should still stand, every block on the one below it.",
        (lambda f: f.carried("Top Block", "Middle Block"), lambda f: f.carried("Middle Block", "Low Block")),
        every(touching("Top Block", "Middle Block"), touching("Middle Block", "Low Block")),
    ),
    Goal(
        "both_on_floor",
        "touch",
        "tower",
        "bring the two upper blocks (middle and top) down to the floor, low block not touched by the cannonball",
        (
            lambda f: f.touched("Top Block", "Floor"),
            lambda f: f.touched("Middle Block", "Floor"),
            lambda f: not f.touched("Cannonball", "Low Block"),
        ),
        every(hit("Top Block", "Floor"), hit("Middle Block", "Floor"), no(hit("Cannonball", "Low Block"))),
    ),
    Goal(
        "full_force",
        "hard",
        "tower",
        "Let the cannonball crash into the middle block with full force.",
        (lambda f: f.hit("Cannonball", "Middle Block", 3.0),),
        event("HighEnergyImpact", object="Cannonball", other="Middle Block"),
    ),
    Goal(
        "block_topples",
        "tipping",
        "swing",
        "The green block gets knocked over by the bob.",
        (lambda f: f.falls_over("Green Block") < NEVER, lambda f: f.touched("Bob", "Green Block")),
        event("TipOver", object="Green Block", by="Bob"),
    ),
    Goal(
        "shoved_upright",
        "tipping",
        "swing",
        "Give the green block a shove with the bob, only gently enough for it not to topple.",
        (lambda f: f.touched("Bob", "Green Block"), lambda f: f.falls_over("Green Block") == NEVER),
        every(hit("Bob", "Green Block"), no(tips("Green Block"))),
    ),
    Goal(
        "blue_waits",
        "only if",
        "swing",
        "The green block should come down on the blue ball: it may touch the ball only once it is tipping over, and it "
        "should touch it then.",
        (
            lambda f: f.touched("Green Block", "Blue Ball"),
            lambda f: f.tips_from("Green Block") < f.first("Green Block", "Blue Ball"),
        ),
        every(
            hit("Green Block", "Blue Ball"),
            only_after(
                ("CollisionStart", {"a_id": "Green Block", "b_id": "Blue Ball"}), ("TipOver", {"object": "Green Block"})
            ),
        ),
    ),
)
