"""Goals in space about touches, their order and number, and about what a script makes of them."""

from __future__ import annotations

from .facts import Facts
from .model import Goal
from .phrases import Operand, after, either, event, every, hit, hits, no, number, only_after, within

RED, GREEN, BOX, POST = "Red Ball", "Green Ball", "Blue Box", "Post"
WALLS = ("Wall Left", "Wall Right", "Wall Back", "Wall Front")
BUCKET_SIDES = ("Bucket Left", "Bucket Right", "Bucket Front", "Bucket Back")
BLOCKS = ("Low Block", "Middle Block", "Top Block")
ON: Operand = ("PropertyChanged", {"object_id": "Lamp", "property": "on", "new": True})
OFF: Operand = ("PropertyChanged", {"object_id": "Lamp", "property": "on", "new": False})


def _count_shown(f: Facts) -> int:
    """The number on the counter at the end."""
    return len(f.changes("Counter", "count"))


SPACE_TOUCHES = (
    Goal(
        "push_on",
        "relay",
        "lane",
        "The red ball has to bump into the green one, which then goes and bumps into the blue box.",
        (lambda f: f.touched(RED, GREEN), lambda f: f.last(GREEN, BOX) > f.first(RED, GREEN)),
        after(hits(GREEN, BOX), hits(RED, GREEN)),
    ),
    Goal(
        "box_without_green",
        "never",
        "lane",
        "Could you send the red ball to the blue box without it ever touching the green ball?",
        (lambda f: f.touched(RED, BOX), lambda f: not f.touched(RED, GREEN)),
        every(hit(RED, BOX), no(hit(RED, GREEN))),
    ),
    Goal(
        "off_the_walls",
        "never",
        "lane",
        "Neither ball may run into any of the four walls.",
        (lambda f: not (f.partners(RED) | f.partners(GREEN)) & set(WALLS),),
        no(either(*(hit(ball, wall) for ball in (RED, GREEN) for wall in WALLS))),
    ),
    Goal(
        "single_kiss",
        "count",
        "lane",
        "red ball touches green ball once and once only",
        (lambda f: f.count(RED, GREEN) == 1,),
        number("COUNT", "CollisionStart", 1, a_id=RED, b_id=GREEN),
    ),
    Goal(
        "post_or_box",
        "choice",
        "lane",
        "The green ball should run into either the post or the blue box, though not into both.",
        (lambda f: len(f.partners(GREEN) & {POST, BOX}) == 1,),
        every(either(hit(GREEN, POST), hit(GREEN, BOX)), no(every(hit(GREEN, POST), hit(GREEN, BOX)))),
    ),
    Goal(
        "prompt_green",
        "within",
        "lane",
        "No later than one second after being struck by the red ball, the green ball must strike the blue box.",
        (lambda f: any(f.soon(t.start, f.first(RED, GREEN), 1.0) for t in f.touches(GREEN, BOX)),),
        within(1.0, hits(GREEN, BOX), hits(RED, GREEN)),
        (lambda f: any(f.soon(t.start, u.start, 1.0) for t in f.touches(GREEN, BOX) for u in f.touches(RED, GREEN)),),
    ),
    Goal(
        "fence_first",
        "order",
        "toss",
        "I want the ball to hit the fence before it comes to the floor.",
        (lambda f: f.touched("Ball", "Fence"), lambda f: f.first("Ball", "Fence") < f.first("Ball", "Floor")),
        every(hit("Ball", "Fence"), only_after(hits("Ball", "Floor"), hits("Ball", "Fence"))),
    ),
    Goal(
        "rim_shot",
        "touch",
        "toss",
        "Hit a side of the bucket, but never its bottom.",
        (lambda f: bool(f.partners("Ball") & set(BUCKET_SIDES)), lambda f: not f.touched("Ball", "Bucket")),
        every(either(*(hit("Ball", side) for side in BUCKET_SIDES)), no(hit("Ball", "Bucket"))),
    ),
    Goal(
        "over_the_fence",
        "never",
        "toss",
        "Throw the ball so that it gets to the bucket (its bottom or one of its sides) with the fence left untouched.",
        (
            lambda f: bool(f.partners("Ball") & {"Bucket", *BUCKET_SIDES}),
            lambda f: not f.touched("Ball", "Fence"),
        ),
        every(either(*(hit("Ball", part) for part in ("Bucket", *BUCKET_SIDES))), no(hit("Ball", "Fence"))),
    ),
    Goal(
        "lamp_lit",
        "property",
        "row",
        "Make the lamp go on.",
        (lambda f: bool(f.changes("Lamp", "on", True)),),
        event("PropertyChanged", **ON[1]),
    ),
    Goal(
        "lamp_soon",
        "within",
        "row",
        "The lamp must be lit within 1.5 seconds of the ball first hitting Domino 1.",
        (lambda f: any(f.soon(t, f.first("Ball", "Domino 1"), 1.5) for t in f.changes("Lamp", "on", True)),),
        within(1.5, ON, hits("Ball", "Domino 1")),
        (
            lambda f: any(
                f.soon(t, u.start, 1.5) for t in f.changes("Lamp", "on", True) for u in f.touches("Ball", "Domino 1")
            ),
        ),
    ),
    Goal(
        "through_both",
        "order",
        "gates",
        "Roll the ball through gate A and after that through gate B.",
        (
            lambda f: f.touched("Ball", "Gate A"),
            lambda f: f.touched("Ball", "Gate B"),
            lambda f: f.first("Ball", "Gate A") < f.first("Ball", "Gate B"),
        ),
        after(hits("Ball", "Gate B"), hits("Ball", "Gate A")),
    ),
    Goal(
        "only_gate_a",
        "never",
        "gates",
        "gate A yes, gate B no",
        (lambda f: f.touched("Ball", "Gate A"), lambda f: not f.touched("Ball", "Gate B")),
        every(hit("Ball", "Gate A"), no(hit("Ball", "Gate B"))),
    ),
    Goal(
        "back_through_a",
        "order",
        "gates",
        "The ball is supposed to be thrown back by the bumper and then to pass gate A a second time.",
        (
            lambda f: f.touched("Ball", "Bumper"),
            lambda f: f.touched("Ball", "Gate A"),
            lambda f: f.last("Ball", "Gate A") > f.first("Ball", "Bumper"),
        ),
        after(hits("Ball", "Gate A"), hits("Ball", "Bumper")),
    ),
    Goal(
        "counted_twice",
        "property",
        "gates",
        "The counter has to show 2 or more at some time.",
        (lambda f: _count_shown(f) >= 2,),
        event("PropertyChanged", object_id="Counter", property="count", new=2),
    ),
    Goal(
        "on_and_off",
        "property",
        "gates",
        "First the lamp should be switched on, and later on it should be switched off again.",
        (
            lambda f: bool(f.changes("Lamp", "on", True)),
            lambda f: (
                max(f.changes("Lamp", "on", False), default=-1.0) > min(f.changes("Lamp", "on", True), default=9.0)
            ),
        ),
        after(OFF, ON),
    ),
    Goal(
        "no_alarm",
        "property",
        "gates",
        "Get the ball to the bumper with the alarm staying off all the way.",
        (lambda f: f.touched("Ball", "Bumper"), lambda f: not f.changes("Alarm", "on")),
        every(hit("Ball", "Bumper"), no(event("PropertyChanged", object_id="Alarm", property="on", new=True))),
    ),
    Goal(
        "two_of_three",
        "choice",
        "gates",
        "At least two out of gate A, gate B and the bumper should be reached by the ball.",
        (lambda f: len(f.partners("Ball") & {"Gate A", "Gate B", "Bumper"}) >= 2,),
        either(
            every(hit("Ball", "Gate A"), hit("Ball", "Gate B")),
            every(hit("Ball", "Gate A"), hit("Ball", "Bumper")),
            every(hit("Ball", "Gate B"), hit("Ball", "Bumper")),
        ),
    ),
    Goal(
        "past_the_tower",
        "never",
        "tower",
        "Shoot the cannonball at the screen; it must not touch any of the three blocks on its way.",
        (
            lambda f: f.touched("Cannonball", "Screen"),
            lambda f: not f.partners("Cannonball") & set(BLOCKS),
        ),
        every(hit("Cannonball", "Screen"), no(either(*(hit("Cannonball", block) for block in BLOCKS)))),
    ),
    Goal(
        "bob_swings_free",
        "never",
        "swing",
        "The bob shall swing without hitting the green block.",
        (lambda f: not f.touched("Bob", "Green Block"),),
        no(hit("Bob", "Green Block")),
    ),
    Goal(
        "block_between",
        "relay",
        "swing",
        "The bob hits the green block, and it's the block that hits the blue ball later - the bob itself doesn't.",
        (
            lambda f: f.touched("Bob", "Green Block"),
            lambda f: f.first("Green Block", "Blue Ball") > f.first("Bob", "Green Block"),
            lambda f: f.touched("Green Block", "Blue Ball"),
            lambda f: not f.touched("Bob", "Blue Ball"),
        ),
        every(
            after(hits("Green Block", "Blue Ball"), hits("Bob", "Green Block")),
            no(hit("Bob", "Blue Ball")),
        ),
    ),
)
