"""What is said of velocities, holding, joints, rotation and gravity, and what is refused by name."""

import pytest

from addon.rules import read, released
from addon.rules.effects.gravity import Gravity, ScaleGravity
from addon.rules.effects.hold import Hold, Release
from addon.rules.effects.joint import Motor
from addon.rules.effects.launch import Jump, Launch, LaunchTowards, ScaleVelocity, Speed
from addon.rules.effects.spin import Spin, StopSpin
from addon.rules.room import room
from addon.rules.vocabulary import Vocabulary
from addon.scene_graph import Motor as GraphMotor
from tests.rules.effects.reading import code, effect, effects, refused, rules


@pytest.mark.parametrize(
    ("words", "velocity"),
    [
        ("launch Box with velocity (1, 0, 3)", (1, 0, 3)),
        ("launch Box at (1, 0, 3) m/s", (1, 0, 3)),
        ("give Box a velocity of (1, 0, 3) metres per second", (1, 0, 3)),
        ("set the velocity of Box to (1, 0, 3)", (1, 0, 3)),
        ("Box.velocity = (1, 0, 3)", (1, 0, 3)),
        ("throw Box to the left at 36 km/h", (-10, 0, 0)),
        ("Box is kicked straight up at 3 m/s", (0, 0, 3)),
        ("Box shoots off along -y with 2 m/s", (0, -2, 0)),
        ("fling Box with 7 m/s to the right plus 4 m/s upwards", (7, 0, 4)),
        ("shoot Box off with vx = 2.3, vz = 3.6", (2.3, 0, 3.6)),
        ("give Box a shove of 2 m/s to the right", (2, 0, 0)),
        ("make Box take off upwards at 50 cm/s", (0, 0, 0.5)),
        ("Box jumps at 3 m/s", (0, 0, 3)),
    ],
)
def test_a_launch_in_many_words(words, velocity):
    found = effect(words)
    assert isinstance(found, Launch)
    assert found.velocity == pytest.approx(velocity)


def test_velocities_of_other_kinds():
    assert isinstance(effect("kick Box towards Door at 5 m/s"), LaunchTowards)
    assert effect("throw Box away from Door at 5 m/s").away
    assert effect("make Box jump 50 cm high") == Jump(thing=effect("hold Box").thing, height=0.5)
    assert effect("set the speed of Box to 3 m/s") == Speed(thing=effect("hold Box").thing, speed=3)
    assert isinstance(effect("reverse Box's velocity"), ScaleVelocity)
    assert code("launch Box upwards at 3 m/s") == 'objects["Box"].velocity = (0, 0, 3)'


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("launch Box", "how fast and which way Box is launched"),
        ("launch Box at 3 m/s", "which way Box is launched"),
        ("throw Box upwards", "how fast Box is launched"),
        ("launch Door upwards at 3 m/s", "Door is not moved by physics"),
        ("launch Lamp upwards at 3 m/s", "Lamp has no rigid body"),
        ("launch Hinge upwards at 3 m/s", "Hinge is a joint"),
        ("launch Crate 1 upwards at 3 m/s", "Crate 1 is held; release it first"),
        ("kick Box towards Box at 3 m/s", "towards itself"),
        ("release Box", "Box is not held"),
        ("release Door", "Door is not moved by physics"),
        ("cut Ball", "Ball is no joint; the scene has Hinge"),
        ("run the motor of Hinge at 2 rad/s", "Hinge has no motor"),
        ("release any crate", "not clear which of"),
        ("release none of the crates", "not clear which of"),
        ("hold Box and release Box", "cannot be done at once"),
        ("launch Box upwards at 3 m/s and launch Box to the left at 1 m/s", "cannot be done at once"),
    ],
)
def test_what_a_thing_cannot_do_is_told_by_name(words, why):
    assert why in refused(f"When Ball touches Plate, {words}")


@pytest.mark.parametrize(
    "words",
    [
        "launch Box 3 m to the right",
        "throw Box to (1, 2, 3)",
        "launch Box upwards at 3",
        "launch Box upwards at 3 m",
        "do not launch Box upwards at 3 m/s",
        "don't release Crate 1",
        "release Crate 1 by 1 m",
        "set gravity to 1.6",
        "launch Box upwards at 3 m/s gracefully",
        "spin Box at 3 m/s",
        "hold Box over 2 s",
    ],
)
def test_units_negations_and_words_left_over_are_refused(words):
    assert refused(f"When Ball touches Plate, {words}")


def test_a_held_body_is_launched_once_it_is_released():
    first, then = effects("release Crate 1 and launch it to the right at 3 m/s")
    assert isinstance(first, Release)
    assert then.thing.names == ("Crate 1",)
    freed = released([read("After 1 s, release Crate 1", room())], Vocabulary(room()))
    assert isinstance(effect("launch Crate 1 upwards at 3 m/s", freed), Launch)
    held = released([read("After 1 s, hold Box", room())], Vocabulary(room()))
    assert isinstance(effect("release Box", held), Release)
    assert "is held" in refused("When Ball touches Plate, launch Box upwards at 3 m/s", held)


def test_things_are_released_in_turn():
    (rule,) = rules("After 1 s, release the crates one after the other, 0.4 s apart")
    assert rule.steps[0].pause == 0.4
    (rule,) = rules("After 1 s, let the crates fall one by one")
    assert rule.steps[0].pause == 0.5


def test_what_is_held_for_a_time_is_released_then():
    (rule,) = rules("When Ball touches Plate, freeze Box in mid-air for one second")
    assert [type(e) for e in rule.effects] == [Hold, Release]
    assert rule.steps[1].wait == 1


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("the hinge breaks", False),
        ("disable the constraint Hinge", False),
        ("cut Hinge", False),
        ("Hinge lets go", False),
        ("take Hinge away so that it no longer holds anything", False),
        ("Hinge is off", False),
        ("unhook Hinge", False),
        ("enable the joint Hinge", True),
        ("reconnect Hinge", True),
    ],
)
def test_a_joint_is_switched(words, on):
    assert effect(words).on is on
    assert code(words) == f'objects["Hinge"].rigid_body_constraint.enabled = {on}'


def test_a_motor_takes_the_speed_that_it_can_have():
    graph = room()
    motor = graph.constraints[0].model_copy(
        update={"type": "MOTOR", "angular_motor": GraphMotor(target_velocity=0, max_impulse=1)}
    )
    scene = Vocabulary(graph.model_copy(update={"constraints": (motor,)}))
    found = effect("run the motor of Hinge at 1 turn per second", scene)
    assert found == Motor(thing=found.thing, turning=360)
    assert effect("stop the motor of Hinge", scene).turning == 0
    assert "in degrees/s" in refused("When Ball touches Plate, run the motor of Hinge at 2 m/s", scene)


def test_a_spin_and_its_end():
    assert effect("Box spins clockwise at half a turn per second").rate == -180
    assert effect("spin Box about x at 90 degrees/s").axis == "x"
    assert isinstance(effect("Box stops spinning"), StopSpin)
    assert isinstance(effect("spin Box at 10 rpm").undone(), StopSpin)
    assert isinstance(effect("spin Box at 10 rpm"), Spin)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("turn gravity off", Gravity(vector=(0, 0, 0))),
        ("set gravity to zero", Gravity(vector=(0, 0, 0))),
        ("gravity is off", Gravity(vector=(0, 0, 0))),
        ("turn gravity back on", Gravity(vector=None)),
        ("set gravity to 1.62 m/s²", Gravity(vector=(0, 0, -1.62))),
        ("gravity becomes 3 m/s² upwards", Gravity(vector=(0, 0, 3))),
        ("set gravity to (1, 0, -2)", Gravity(vector=(1, 0, -2))),
        ("reverse gravity", ScaleGravity(factor=-1)),
        ("gravity is halved", ScaleGravity(factor=0.5)),
    ],
)
def test_gravity(words, found):
    assert effect(words) == found


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Ball turns shiny", "surfaces cannot be changed but for their colours"),
        ("paint Box", "colours that are not named cannot be taken"),
        ("make Box transparent", "surfaces cannot be changed but for their colours"),
        ("Lamp gets brighter", "light cannot be changed otherwise than to a share in % or to a power in W"),
        ("change the roughness of Box", "surfaces cannot be changed but for their colours"),
        ("spawn a copy of Ball", "objects cannot be added or removed"),
        ("delete Box", "objects cannot be added or removed"),
        ("play a sound", "sounds cannot be made"),
        ("the camera zooms in on Box", "the camera cannot be moved"),
        ("set the mass of Box to 3 kg", "masses and materials cannot be changed"),
        ("attach Box to Ball", "new joints cannot be made"),
        ("apply a torque to Box", "torques cannot be exerted"),
        ("stop the simulation", "the run itself cannot be changed"),
    ],
)
def test_what_rules_cannot_do_yet_is_refused_by_name(words, why):
    assert refused(f"When Ball touches Plate, {words}") == f"{why} by rules yet"


def test_what_cannot_be_done_yet_never_runs():
    from addon.rules.effects.later import NotYet

    with pytest.raises(ValueError, match="things cannot be broken"):
        NotYet(what="things cannot be broken").python('"Box"')


def test_a_subject_that_is_left_out_is_the_thing_last_acted_on():
    (rule,) = rules("Crate 1 is let loose at 1 s and flung with 7 m/s to the right")
    assert [type(e) for e in rule.effects] == [Release, Launch]
    assert {e.thing.name for e in rule.effects} == {"Crate 1"}
    (rule,) = rules("When Ball touches Plate, Box is held and after 2 s is released")
    assert [step.wait for step in rule.steps] == [0, 2]
    assert refused("Box is held when Ball touches Plate and jumps up 1 m")
    assert refused("Box spins at 90 degrees/s after 1 s and stops spinning after 3 s")


def test_nothing_waits_inside_a_while():
    assert "cannot wait" in refused("As long as Ball touches Plate, turn on Lamp and 2 s later turn it off")
