import pytest

from addon.patterns import Observation
from addon.patterns.claims import FALSE, TRUE, UNCLEAR, check, mentions
from addon.trace import Event
from tests.patterns.builder import Body, Touch, ball, build, floor, path


@pytest.fixture(scope="module")
def run():
    """The ball rolls from the left, meets the box at 1 s and stops; the box moves on, meets the post at 2 s and stops;
    the lamp goes on at 2 s."""
    trace = build(
        [
            floor(),
            ball("Green Ball", path((-3, 0, 0.5), (60, (2, 0, 0)), (120, (0, 0, 0)))),
            Body("Box", path((0, 0, 0.5), (60, (0, 0, 0)), (60, (2, 0, 0)), (60, (0, 0, 0)))),
            Body("Post", (3, 0, 0.5), type="PASSIVE"),
            Body("Lamp", (9, 9, 0.5), type="PASSIVE"),
            Body("Stone", (0, 9, 0.5), type="PASSIVE"),
        ],
        [
            Touch("Green Ball", "Floor", 0, 180, (0, 0, -1)),
            Touch("Box", "Floor", 0, 180, (0, 0, -1)),
            Touch("Green Ball", "Box", 60, 61, (1, 0, 0)),
            Touch("Box", "Post", 120, 180, (1, 0, 0)),
        ],
    )
    trace.events = [
        Event(
            uid="PropertyChanged", frame=120, time=2.0, parameters={"object_id": "Lamp", "property": "on", "new": True}
        )
    ]
    return Observation(trace)


def verdicts(text, run):
    return [claim.verdict for claim in check(text, run)]


SO = [
    "The green ball hits the box.",
    "The box is hit by the green ball.",
    "The ball rolls into the box and pushes it.",
    "The box slides along the floor against the post.",
    "The lamp goes on.",
    "The lamp lights up after the box hits the post.",
    "The green ball hits the box before the box reaches the post.",
    "At 1 s the green ball strikes the box. Then the box meets the post.",
    "The ball comes to rest.",
    "The ball never touches the lamp.",
    "The stone never moves.",
    "In the end nothing moves.",
    "The box touches the post, which stays still.",
    "The green ball stands on the floor.",
    "The ball gets closer to the post.",
]
NOT_SO = [
    "The box hits the green ball.",
    "The green ball hits the post.",
    "The green ball hits the stone.",
    "The box tips over.",
    "The lamp goes off.",
    "The lamp does not go on.",
    "The green ball never hits the box.",
    "The box reaches the post before the green ball hits the box.",
    "The box hits the post. Then the green ball hits the box.",
    "At 2.5 s the green ball hits the box.",
    "The stone moves.",
    "The ball stays still.",
    "The box misses the post.",
    "The ball falls off the floor.",
    "The floor stands on the ball.",
    "The box rises.",
]


@pytest.mark.parametrize("text", SO)
def test_what_is_so(text, run):
    found = verdicts(text, run)
    assert found
    assert set(found) == {TRUE}, check(text, run)


@pytest.mark.parametrize("text", NOT_SO)
def test_what_is_not_so(text, run):
    assert FALSE in verdicts(text, run), check(text, run)


@pytest.mark.parametrize(
    "text", ["It was a fine day.", "The run ends after 3 s.", "Something odd meets nobody.", "!!! ..."]
)
def test_what_claims_nothing_is_neither(text, run):
    assert set(verdicts(text, run)) <= {UNCLEAR}


def test_it_is_the_one_that_was_told_of_last(run):
    claims = check("The green ball hits the box. Then it comes to rest, and it never touches the lamp.", run)
    assert [c.bodies for c in claims] == [("Green Ball", "Box"), ("Green Ball",), ("Green Ball", "Lamp")]


def test_a_false_claim_tells_why(run):
    (claim,) = check("At 2.5 s the green ball hits the box.", run)
    assert claim.reason == "it happens at 1.00 s"


def test_what_bodies_may_be_called(run):
    said = mentions(run)
    assert {said["green ball"], said["ball"], said["green"]} == {"Green Ball"}
    assert said["ground"] == said["floor"] == "Floor"


@pytest.mark.parametrize(("success", "verdict"), [(True, TRUE), (False, FALSE)])
def test_whether_a_task_was_solved(run, success, verdict):
    from addon.scene_graph import Plane

    trace = build([floor(), ball("A", path((0, 0, 2), (60, (0, 0, -1))))], success=success)
    world = trace.scene.world.model_copy(update={"plane": Plane()})
    trace.meta.scene = trace.scene.model_copy(update={"world": world})
    observation = Observation(trace)
    assert verdicts("The task is solved.", observation) == [verdict]
    assert verdicts("The task is not solved.", observation) == [FALSE if verdict == TRUE else TRUE]
    assert verdicts("The puzzle is solved.", run) == [UNCLEAR]
