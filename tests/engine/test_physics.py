"""The engine against closed forms."""

import math

import numpy as np
import pytest

from addon.engine.build import build_scene
from addon.scene_graph import Constraint

G = 9.81
SPACE = {"gravity": (0.0, 0.0, 0.0)}


def test_free_fall(solid, load, steps):
    engine = load(solid("Ball", (0, 0, 100), "sphere"), substeps=40)
    fallen = 100 - steps(engine, 120).position[0, 2]
    assert fallen == pytest.approx(G * 2.0**2 / 2, rel=1e-3)


@pytest.fixture
def collide(solid, load, steps):
    """Speeds after a sphere of 1 kg at 2 m/s hit one of 3 kg at rest, ``overlap`` m deep when Bullet sees it."""

    def run(restitution, overlap):
        left = solid("Left", (overlap - 2, 0, 0), "sphere", mass=1.0, restitution=restitution, velocity=(2, 0, 0))
        right = solid("Right", (2, 0, 0), "sphere", mass=3.0, restitution=1.0)  # Bullet multiplies the two
        state = steps(load(left, right, **SPACE), 150)
        assert np.max(np.abs(state.velocity[:, 1:])) < 1e-3
        return state.velocity[:, 0]

    return run


@pytest.mark.parametrize("restitution", [0.0, 0.5, 1.0])
def test_head_on_collision_of_spheres(collide, restitution):
    """Inelastic, partly elastic and elastic."""
    shared = 1.0 * 2.0 / 4.0
    expected = [shared - restitution * 3 / 4 * 2.0, shared + restitution * 1 / 4 * 2.0]
    assert collide(restitution, overlap=1e-4) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("restitution", [0.0, 1.0])
def test_a_deep_contact_adds_at_most_a_fifth_of_the_speed(collide, restitution):
    """Bullet pushes spheres that it finds overlapping apart by 0.2 of the overlap a substep; momentum is kept."""
    speeds = collide(restitution, overlap=0.9 * 2 / 600)
    assert np.array([1.0, 3.0]) @ speeds == pytest.approx(2.0, abs=2e-3)
    assert restitution < (speeds[1] - speeds[0]) / 2.0 < restitution + 0.21


def test_momentum_is_conserved_without_gravity(solid, load, steps):
    bodies = [
        solid("A", (-3, 0.2, 0.1), mass=1.0, restitution=0.5, velocity=(3, 0, 0), angular_velocity=(1, 2, 3)),
        solid("B", (0, 0, 0), mass=2.5, restitution=0.5),
        solid("C", (3, -0.3, 0), "sphere", mass=0.7, restitution=0.5, velocity=(-2, 0.2, 0)),
    ]
    engine = load(*bodies, **SPACE)
    mass = np.array([b.body.mass for b in bodies])
    before = mass @ engine.state().velocity
    after = mass @ steps(engine, 240).velocity
    assert after == pytest.approx(before, abs=2e-3)
    assert np.linalg.norm(engine.state().velocity[1]) > 0.1, "nothing was hit"


def tilted(angle):
    return (math.cos(angle / 2), 0.0, math.sin(angle / 2), 0.0)


@pytest.mark.parametrize(("friction", "sticks"), [(0.2, False), (0.9, True)])
def test_box_on_an_incline(solid, load, steps, friction, sticks):
    """Slides with g (sin a - mu cos a) along the incline, or sticks; Bullet multiplies the two frictions."""
    angle = math.radians(25)
    normal, down = np.array([math.sin(angle), 0, math.cos(angle)]), np.array([math.cos(angle), 0, -math.sin(angle)])
    ramp = solid("Ramp", (0, 0, 0), size=(40.0, 4.0, 1.0), type="PASSIVE", friction=1.0, rotation=tilted(angle))
    start = normal * 0.75 - down * 8
    box = solid("Box", tuple(start), size=(0.5, 0.5, 0.5), friction=friction, rotation=tilted(angle))
    engine = load(ramp, box)
    early, late = steps(engine, 30).velocity[1] @ down, steps(engine, 60).velocity[1] @ down
    expected = 0.0 if sticks else G * (math.sin(angle) - friction * math.cos(angle))
    assert late - early == pytest.approx(expected * 1.0, rel=0.03, abs=0.01)


def test_ball_rolls_down_an_incline(solid, load, steps):
    """A solid sphere rolls without slipping: 5/7 g sin a, spin = speed / radius."""
    angle = math.radians(15)
    normal, down = np.array([math.sin(angle), 0, math.cos(angle)]), np.array([math.cos(angle), 0, -math.sin(angle)])
    ramp = solid("Ramp", (0, 0, 0), size=(40.0, 4.0, 1.0), type="PASSIVE", friction=1.0, rotation=tilted(angle))
    ball = solid("Ball", tuple(normal * 0.75 - down * 8), "sphere", (0.5, 0.5, 0.5), friction=1.0)
    engine = load(ramp, ball)
    early = steps(engine, 30).velocity[1] @ down
    state = steps(engine, 60)
    late = state.velocity[1] @ down
    assert late - early == pytest.approx(5 / 7 * G * math.sin(angle), rel=0.03)
    assert state.angular_velocity[1, 1] * 0.25 == pytest.approx(late, rel=0.03)


def test_pendulum_period_on_a_hinge(solid, load, steps):
    """A box swings about a hinge as a physical pendulum: T = 2 pi sqrt(I / (m g l)), small amplitude."""
    length, side, angle = 2.0, 0.4, 0.1
    pivot = solid("Pivot", (0, 0, 5), size=(0.1, 0.1, 0.1), type="PASSIVE")
    at = (length * math.sin(angle), 0, 5 - length * math.cos(angle))
    bob = solid("Bob", at, size=(side, side, side), rotation=tilted(-angle))
    hinge = Constraint(
        name="Hinge",
        type="HINGE",
        object1="Pivot",
        object2="Bob",
        location=(0, 0, 5),
        rotation=(math.sqrt(0.5), math.sqrt(0.5), 0, 0),  # the hinge turns about its local z, here the world's y
    )
    engine = load(pivot, bob, constraints=(hinge,), fps=120.0)
    x = []
    for _ in range(900):
        engine.step()
        x.append(engine.state().position[1, 0])
    x = np.array(x)
    crossings = [i + x[i] / (x[i] - x[i + 1]) for i in range(len(x) - 1) if x[i] > 0 >= x[i + 1]]
    period = np.mean(np.diff(crossings)) / 120
    inertia = length**2 + side**2 / 6
    assert period == pytest.approx(2 * math.pi * math.sqrt(inertia / (G * length)), rel=5e-3)
    assert np.max(np.abs(engine.state().position[1] - [0, 0, 5]) ** 2) <= (length * 1.01) ** 2


def test_projectile_range(solid, load, write):
    """Launched in mid-run at 45 degrees from a rest; back at launch height after v_z 2 / g."""
    platform = solid("Platform", (0, 0, -0.5), type="PASSIVE")
    engine = load(platform, solid("Ball", (0, 0, 0.25), "sphere", (0.5, 0.5, 0.5)), fps=120.0)
    for _ in range(20):
        engine.step()
    start = engine.state().position[1]
    write(engine, "Ball", "velocity", (5.0, 0.0, 5.0))
    engine.step()
    release = engine.state().position[1]
    fallen = G * (1 + 1 / 10) / 2 / 120**2
    assert release - start == pytest.approx(np.array([5.0, 0, 5.0]) / 120 - [0, 0, fallen], abs=1e-5)
    path = [start, release]
    while path[-1][2] > start[2] - 1e-9:
        engine.step()
        path.append(engine.state().position[1])
    a, b = path[-2], path[-1]
    landed = a + (b - a) * (a[2] - start[2]) / (a[2] - b[2])
    assert landed[0] - start[0] == pytest.approx(2 * 5.0 * 5.0 / G, rel=3e-3)
    assert abs(landed[1]) < 1e-3


def test_initial_velocities_hold_at_frame_zero(solid, load, steps):
    """A launched body starts where the graph has it, moving; a body beside it starts at rest and touching it."""
    v, w = (2.0, 0.5, 3.0), (1.0, -2.0, 3.0)
    mover = solid("Mover", (1, 2, 3), velocity=v, angular_velocity=w, rotation=tilted(0.3))
    rest = solid("Rest", (1, 2, 0), rotation=tilted(-0.2))
    engine = load(mover, rest, **SPACE)
    state = engine.state()
    assert state.frame == 1
    assert state.position == pytest.approx(np.array([(1, 2, 3), (1, 2, 0)]), abs=1e-6)
    assert state.quaternion == pytest.approx(np.array([tilted(0.3), tilted(-0.2)]), abs=1e-6)
    assert state.velocity == pytest.approx(np.array([v, (0, 0, 0)]))
    assert state.angular_velocity == pytest.approx(np.array([w, (0, 0, 0)]))
    first = steps(engine, 1)
    assert first.velocity == pytest.approx(np.array([v, (0, 0, 0)]), abs=1e-3)
    assert first.angular_velocity == pytest.approx(np.array([w, (0, 0, 0)]), abs=1e-3)
    later = steps(engine, 29)
    assert later.position[0] == pytest.approx(np.array((1, 2, 3)) + 0.5 * np.array(v), abs=2e-3)
    assert later.position[1] == pytest.approx((1, 2, 0), abs=1e-6)


@pytest.mark.parametrize("substeps", [1, 2, 10])
def test_initial_velocity_with_gravity_is_a_parabola(solid, load, steps, substeps):
    engine = load(solid("Ball", (0, 0, 10), "sphere", velocity=(3, 0, 4)), substeps=substeps)
    n, dt = 30, 1 / 60
    state = steps(engine, n)
    symplectic = n * dt * (n * dt + dt / substeps) / 2  # Bullet's integrator: velocity first, then position
    assert state.position[0] == pytest.approx([3 * n * dt, 0, 10 + 4 * n * dt - G * symplectic], abs=2e-3)


@pytest.mark.parametrize("substeps", [1, 10])
@pytest.mark.parametrize("before", [0, 1, 7])
def test_a_hand_off_works_at_any_step(solid, load, steps, write, substeps, before):
    engine = load(solid("Box", (0, 0, 5)), solid("Rest", (0, 0, 2)), substeps=substeps, **SPACE)
    steps(engine, before)
    write(engine, "Box", "velocity", (1.0, 0.0, 2.0))
    write(engine, "Box", "angular_velocity", (0.0, 0.0, 3.0))
    for count in (1, 1, 28):
        state = steps(engine, count)
        assert state.velocity[0] == pytest.approx([1, 0, 2], abs=1e-3)
        assert state.angular_velocity[0] == pytest.approx([0, 0, 3], abs=1e-3)
    assert state.position == pytest.approx(np.array([[0.5, 0, 6], [0, 0, 2]]), abs=2e-3)


def test_without_hand_offs_a_run_is_blenders_own(solid, load):
    """Bit for bit what playing the scene gives."""
    floor = solid("Floor", (0, 0, -0.5), size=(9, 9, 1), type="PASSIVE")
    heap = [solid(f"B{i}", (0.3 * (i % 3), 0.2 * i, 0.5 + 1.1 * i), "cube") for i in range(4)]
    engine = load(floor, *heap)
    ours = [engine.state().position]
    for _ in range(90):
        engine.step()
        ours.append(engine.state().position)
    scene = build_scene(engine.graph)
    scene.rigidbody_world.point_cache.frame_end = 200
    for frame, expected in enumerate(ours, start=1):
        scene.frame_set(frame)
        played = [list(scene.objects[name].matrix_world.translation) for name in engine.graph.names]
        assert played == expected.tolist()


def test_spin_is_kept_after_a_hand_off(solid, load, steps, write):
    """A sphere's spin in free flight does not change."""
    engine = load(solid("Ball", (0, 0, 50), "sphere"))
    steps(engine, 5)
    write(engine, "Ball", "angular_velocity", (0.5, -4.0, 2.0))
    for count in (1, 1, 40):
        assert steps(engine, count).angular_velocity[0] == pytest.approx([0.5, -4.0, 2.0], abs=1e-3)


def test_gravity_switched(solid, load, steps, write):
    engine = load(solid("Ball", (0, 0, 5), "sphere"))
    falling = steps(engine, 10).velocity[0, 2]
    write(engine, "", "gravity", (0.0, 0.0, 0.0), target="scene")
    coasting = steps(engine, 10).velocity[0, 2]
    assert falling < -1
    assert coasting == pytest.approx(falling, abs=1e-4)
    assert steps(engine, 10).velocity[0, 2] == pytest.approx(coasting, abs=1e-5)
    write(engine, "", "gravity", (0.0, 3.0, 0.0), target="scene")
    assert steps(engine, 60).velocity[0, 1] == pytest.approx(3.0, rel=0.02)


def test_a_disabled_constraint_drops_its_load(solid, load, steps, write):
    hook, weight = solid("Hook", (0, 0, 5), size=(0.2, 0.2, 0.2), type="PASSIVE"), solid("Load", (0, 0, 4))
    rope = Constraint(name="Rope", type="POINT", object1="Hook", object2="Load", location=(0, 0, 5))
    engine = load(hook, weight, constraints=(rope,))
    assert steps(engine, 60).position[1, 2] == pytest.approx(4.0, abs=1e-3)
    write(engine, "Rope", "enabled", False, target="constraint")
    assert steps(engine, 30).position[1, 2] == pytest.approx(4 - G * 0.5**2 / 2, abs=0.03)


def test_a_motor_turns_its_wheel(solid, load, steps, write):
    base = solid("Base", (0, 0, 0), size=(0.2, 0.2, 0.2), type="PASSIVE")
    wheel = solid("Wheel", (0, 0, 0), "cylinder")
    both = {"object1": "Base", "object2": "Wheel"}
    motor = {"target_velocity": 1.0, "max_impulse": 100.0}
    hinge = Constraint(name="Axle", type="HINGE", **both)
    drive = Constraint(name="Drive", type="MOTOR", angular_motor=motor, rotation=tilted(-math.pi / 2), **both)
    engine = load(base, wheel, constraints=(hinge, drive), **SPACE)
    slow = np.linalg.norm(steps(engine, 60).angular_velocity[1])
    write(engine, "Drive", "motor_ang_target_velocity", 3.0, target="constraint")
    fast = np.linalg.norm(steps(engine, 60).angular_velocity[1])
    assert slow == pytest.approx(1.0, rel=0.05)
    assert fast == pytest.approx(3.0, rel=0.05)
