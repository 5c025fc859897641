"""The instrument of Table I: what is known of made scenes has to be read, and what cannot be used is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the group 'learn' is not installed")

from addon.geometry.poses import rotation_matrix  # noqa: E402
from addon.perception.classes import CLASSES  # noqa: E402
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, World  # noqa: E402
from headless.benchmarks.physibench.machine import Machine  # noqa: E402
from headless.cli import main as cli  # noqa: E402
from headless.learning import rollouts  # noqa: E402
from headless.learning.errors import LearningError  # noqa: E402
from headless.learning.frames import Clip, camera_of, save_clips  # noqa: E402
from headless.learning.frames.caster import draw  # noqa: E402
from headless.learning.frames.clips import BALL, BOX  # noqa: E402
from headless.learning.table import lines, load_table, logic, table  # noqa: E402
from headless.learning.table.balls import distance, drop, look  # noqa: E402
from headless.learning.table.follow import follow  # noqa: E402
from headless.learning.table.known import known_of, part  # noqa: E402
from headless.learning.table.layers import Layers  # noqa: E402
from headless.learning.table.measure import measure, overlap, summary  # noqa: E402
from headless.learning.table.rows import clips_row, finely, rollouts_rows, still_row, true_row  # noqa: E402

RED, BLUE, GREY = (0.8, 0.05, 0.05), (0.05, 0.15, 0.8), (0.4, 0.4, 0.4)
FRAMES = 21
QUIET = {"report": lambda line: None}


def scene(name="m", wall=0.0, radius=0.25, color=RED, there=1.0, frames=FRAMES) -> Clip:
    """A floor, a wall in front as high as told, a ball that rolls to the right from frame 4 on, and a blue crate."""
    x = np.minimum(np.maximum(np.arange(frames) - 4, 0) * 0.1, there)
    position = np.zeros((frames, 4, 3), np.float32)
    position[:, 0, 2] = -0.1
    position[:, 1] = (0.5, -0.45, wall / 2 - 0.01)
    position[:, 2] = np.stack([x - 0.5, np.zeros(frames), np.full(frames, radius)], -1)
    position[:, 3] = (-1, 0.7, 0.2)
    turn = np.zeros((frames, 4, 4), np.float32)
    turn[..., 0] = 1
    half = [[2, 1.5, 0.1], [0.6, 0.05, max(wall / 2, 0.005)], [radius] * 3, [0.2, 0.2, 0.2]]
    return Clip(
        name, "test", 7, ("Floor", "Wall", "Ball", "Crate"), np.array([BOX, BOX, BALL, BOX], np.uint8),
        np.array(half, np.float32), np.array([GREY, (0.95,) * 3, color, BLUE], np.float32),
        np.array([CLASSES.index(one) for one in ("floor", "wall", "ball", "crate")]),
        np.array([False, False, True, True]), position, turn, np.ones((frames, 4), bool),
    )  # fmt: skip


def sight(known_by: Clip, shown: Clip, frame: int):
    known = known_of(known_by, 4.0)
    (ball,) = known.balls
    _, pictures, _ = finely(shown, known.camera, (frame,))
    return look(known, ball, pictures[0])


def test_a_ball_keeps_its_volume_wherever_it_rolls():
    clip = scene()
    for frame in (0, 6, 10, 20):
        assert sight(clip, clip, frame).volume == pytest.approx(1, abs=0.05)


def test_a_tenth_more_radius_is_a_third_more_volume():
    clip = scene()
    grown = scene(radius=0.275)
    assert sight(clip, grown, 0).volume == pytest.approx(1.331, abs=0.06)
    assert sight(clip, grown, 20).volume == pytest.approx(1.331, abs=0.09)


def test_what_hides_a_ball_is_no_drift():
    low, high = (sight(scene(), scene(wall=wall), 20) for wall in (0.0, 0.8))
    assert low.volume == pytest.approx(1, abs=0.05)
    clip = scene(wall=0.8)
    assert high is None or high.area < low.area
    behind = sight(clip, clip, 20)
    assert behind is None or behind.volume is None


def test_another_colour_is_another_thing():
    assert sight(scene(), scene(color=(0.05, 0.6, 0.1)), 10) is None


def test_blur_keeps_the_volume():
    from scipy.ndimage import gaussian_filter

    clip = scene()
    known = known_of(clip, 4.0)
    _, pictures, _ = finely(clip, known.camera, (10,))
    blurred = look(known, known.balls[0], known.plate + gaussian_filter(pictures[0] - known.plate, (0.7, 0.7, 0)))
    assert blurred.volume == pytest.approx(1, abs=0.1)


def test_balls_of_one_colour_are_not_followed():
    clip = scene()
    color = clip.color.copy()
    color[3] = RED
    assert known_of(replace(clip, color=color), 4.0).balls == ()


def test_a_ball_lies_on_what_is_under_it():
    clip = scene()
    known = known_of(clip, 4.0)
    (ball,) = known.balls
    assert drop(np.array([[0, 0, 1.0], [0, 0, 0.3], [9, 0, 1]]), known.fixed) == pytest.approx([1, 0.3, np.inf])
    assert distance(known, ball, ball.middle) == pytest.approx(ball.depth, rel=0.01)


def test_rows_are_measured_and_told(tmp_path):
    clips = [scene("a"), scene("b", radius=0.2)]
    others = [replace(one, half=one.half * np.array([1, 1, 1.1, 1], np.float32)[:, None]) for one in clips]
    still, grown = measure(clips, [true_row(), clips_row("grown", others)], **QUIET)
    true, told = summary(still), summary(grown)
    assert (true["machines"], true["balls"], true["seen"]) == (2, 2, 1)
    assert true["drift"] < 5 < 25 < told["drift"] < 45
    assert true["iou_mean"] > 0.85 > told["iou_mean"]
    with pytest.raises(LearningError, match="no ball"):
        measure(clips, [clips_row("others", [])], **QUIET)
    with pytest.raises(LearningError, match="hold another a"):
        measure(clips, [clips_row("ours", [replace(clips[0], objects=("Floor", "Wall", "Egg", "Crate"))])], **QUIET)
    assert overlap(None, np.ones((4, 4))) == 0


def predicted(clip: Clip, pictures: np.ndarray, network="video") -> rollouts.Rollouts:
    return rollouts.Rollouts((clip.name,), tuple(range(len(pictures))), 4, pictures[None], None, {"network": network})


def test_noise_scores_at_chance_and_copies_as_the_truth(tmp_path):
    clip = scene("a", radius=0.3)
    save_clips([clip], tmp_path / "clips.npz")
    true = draw(clip, camera_of(clip), 64).color.numpy()
    noise = np.random.default_rng(0).integers(0, 256, true.shape, dtype=np.uint8)
    noise[:4] = true[:4]
    for name, pictures in (("video", true), ("slots", noise)):
        rollouts.save_rollouts(predicted(clip, pictures, name), tmp_path / f"{name}.npz")
    words = ["learning", "table", "--data", tmp_path / "clips.npz", "--out", tmp_path / "table.json"]
    more = [word for name in ("video", "slots") for word in ("--rollouts", tmp_path / f"{name}.npz")]
    assert cli([str(word) for word in [*words, *more]]) == 0
    told = {one["row"]: one for one in load_table(tmp_path / "table.json")["rows"]}
    true = told["true frames"]
    assert told["video model"]["drift"] == pytest.approx(true["drift"], abs=0.5)
    assert told["video model"]["iou_mean"] == pytest.approx(true["iou_mean"], abs=0.02)
    assert told["slots"]["iou_mean"] < 0.1
    assert told["slots"]["measured"] < 0.5
    numbers = [str(tmp_path / "table.json")] * 2
    assert cli(["learning", "figure2", *numbers, "--out", str(tmp_path / "figure.webp")]) == 0
    assert (tmp_path / "figure.webp").stat().st_size > 1000
    assert any("as published" in line for line in lines(load_table(tmp_path / "table.json")))


def test_slots_are_measured_by_their_masks_too():
    clip = scene("a", radius=0.3)
    drawn = draw(clip, camera_of(clip), 64)
    masks = (drawn.instance == 2).to(torch.uint8).numpy()[None]
    steps = {"savi": 3, "slotformer": 0}
    made = replace(predicted(clip, drawn.color.numpy(), "slots"), masks=masks)
    by_colour, by_mask = rollouts_rows(replace(made, about={"network": "slots", "steps": steps}))
    assert by_colour.name == "slots, 3 + 0 steps"
    assert by_mask.name == "slots, 3 + 0 steps, by their masks"
    (true,) = measure([clip], [by_mask], **QUIET)
    assert summary(true)["drift"] < 10
    assert summary(true)["iou_mean"] > 0.8
    (none,) = measure([clip], rollouts_rows(replace(made, masks=0 * masks))[1:], **QUIET)
    assert summary(none)["seen"] == 0
    assert summary(none)["drift"] is None


def test_refusals(tmp_path, capsys):
    clip = scene("a")
    save_clips([clip], tmp_path / "clips.npz")
    pictures = np.zeros((6, 64, 64, 3), np.uint8)
    rollouts.save_rollouts(predicted(scene("z"), pictures), tmp_path / "z.npz")
    rollouts.save_rollouts(predicted(clip, pictures), tmp_path / "a.npz")
    save_clips([scene("z")], tmp_path / "z_clips.npz")
    with pytest.raises(LearningError, match="is in all rows"):
        table(tmp_path / "clips.npz", rollouts=[tmp_path / "z.npz"], **QUIET)
    with pytest.raises(LearningError, match="begins with another picture"):
        table(tmp_path / "clips.npz", rollouts=[tmp_path / "a.npz"], **QUIET)
    with pytest.raises(LearningError, match="the same machines"):
        table(tmp_path / "clips.npz", rollouts=[tmp_path / "a.npz"] * 2, **QUIET)
    with pytest.raises(LearningError, match="is in all rows"):
        table(tmp_path / "clips.npz", ours=tmp_path / "z_clips.npz", **QUIET)
    for text in ("no json", json.dumps({"rows": 3}), json.dumps({"rows": [{"row": "x", "iou": 3}]})):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(LearningError, match="holds no table"):
            load_table(tmp_path / "bad.json")
    assert cli(["learning", "table", "--data", str(tmp_path / "none")]) == 2
    assert "there are no clips at" in capsys.readouterr().err


def videos(clip: Clip) -> np.ndarray:
    return finely(clip, camera_of(clip), tuple(range(len(clip))))[1]


def followed(clip: Clip):
    return follow(part(clip, np.ones(len(clip.kind), bool)), camera_of(clip), videos(clip))


def test_what_moves_is_followed_and_the_rest_stays():
    clip = scene()
    position, quaternion, lit = followed(clip)
    assert np.abs(position - clip.position).max() < 0.03
    assert (position[:, [0, 1, 3]] == clip.position[:1, [0, 1, 3]]).all()
    assert np.abs(quaternion - clip.quaternion).max() < 0.01
    assert lit.all()


def test_what_comes_out_again_is_found():
    clip = scene(wall=1.2, there=3.0, frames=34)
    position, _, _ = followed(clip)
    assert np.abs(position[-1] - clip.position[-1]).max() < 0.05
    assert np.abs(position[:, 2] - clip.position[:, 2]).max() < 0.35


def test_dominoes_topple_and_lamps_turn_on():
    clip = scene(wall=0.4)
    clip.kind[1:] = [CLASSES.index("lamp"), CLASSES.index("ball"), CLASSES.index("domino")]
    clip.lit[:10, 1] = False
    clip.half[3] = (0.08, 0.3, 0.4)
    lean = np.linspace(0, 1.2, 8)[np.clip(np.arange(FRAMES) - 5, 0, 7)]
    edge = np.array([0.08, 0, -0.4])
    clip.quaternion[:, 3] = np.stack([np.cos(lean / 2), 0 * lean, np.sin(lean / 2), 0 * lean], 1)
    clip.position[:, 3] = np.array([-1, 0.7, 0.4]) + edge - rotation_matrix(clip.quaternion[:, 3]) @ edge
    position, quaternion, lit = followed(clip)
    assert (lit == clip.lit).all()
    assert np.abs(position[:, 3] - clip.position[:, 3]).max() < 0.05
    assert np.abs(quaternion[:, 3] - clip.quaternion[:, 3]).max() < 0.06


def test_layers_draw_as_the_caster_does():
    clip = scene()
    layers = Layers(part(clip, np.ones(4, bool)), camera_of(clip))
    true = videos(clip)
    assert np.abs(layers.picture - true[0]).max() < 0.01
    layers.put(2, clip.position[20, 2].astype(float), clip.quaternion[20, 2].astype(float))
    assert np.abs(layers.picture - true[20]).max() < 0.01
    assert not layers.hidden(2)
    layers.put(2, np.array([0, 0, -5.0]), clip.quaternion[0, 2].astype(float))
    assert layers.hidden(2)


def a_machine(clip: Clip) -> Machine:
    def thing(n: int, kind: str, moving: bool) -> SceneObject:
        size = tuple(2 * float(h) for h in clip.half[n])
        body = RigidBody(type="ACTIVE" if moving else "PASSIVE", shape="SPHERE" if kind == "sphere" else "BOX")
        return SceneObject(
            name=clip.objects[n], location=tuple(clip.position[0, n].tolist()), body=body,
            geometry=Primitive(kind=kind, dimensions=size), properties={"on": False} if n == 3 else {},
        )  # fmt: skip

    objects = [thing(n, ("cube", "cube", "sphere", "cube")[n], n == 2) for n in range(4)]
    asserted = (
        'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Crate"})',
        'EVENT("PropertyChanged", {"object_id": "Crate", "property": "on", "new": true})',
    )
    graph = SceneGraph(name="m", world=World(fps=60), objects=tuple(objects))
    return Machine(name="m", graph=graph, assertions=asserted, steps=16)


def test_what_is_followed_is_judged():
    clip = scene()
    clip.lit[:, 3] = False
    machine = a_machine(clip)

    def verdicts(position, lit):
        return logic.judged(logic.shown(machine, clip), logic.trace_of(machine, clip, position, clip.quaternion, lit))

    still = np.repeat(clip.position[:1], FRAMES, 0)
    meets, turned = still.copy(), clip.lit.copy()
    meets[9:, 2] = clip.position[0, 3] + [0.45, 0, 0.05]
    turned[9:, 3] = True
    assert verdicts(still, clip.lit) == [False, False]
    assert verdicts(meets, clip.lit) == [True, False]
    assert verdicts(still, turned) == [False, True]


def test_what_pictures_do_not_show_is_not_judged():
    clip = scene()
    machine = a_machine(clip)
    assert len(logic.shown(machine, clip)) == 2
    counted = 'COUNT("PropertyChanged", 1, {"object_id": "Crate", "property": "count", "new": 2})'
    assert logic.shown(machine.model_copy(update={"assertions": (counted, f"NOT({counted})")}), clip) == []
    clip.position[:, 3, 0] = 30
    assert len(logic.shown(machine, clip)) == 1


def test_rows_are_read(monkeypatch):
    clip = scene()
    monkeypatch.setattr(logic, "machine_of", lambda clip: a_machine(clip))

    true, still, poses = logic.logic([clip], [true_row(), still_row()], **QUIET)
    assert true == still == poses == {"read": 1, "logic": 0.0, "assertions": 0.0}
    monkeypatch.undo()
    with pytest.raises(LearningError, match="no published machine"):
        logic.machine_of(clip)
