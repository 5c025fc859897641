"""Readings mended by assemblies: learnt, fitted, drawn again, and what cannot be used."""

from dataclasses import replace

import numpy as np
import pytest

from addon.perception.classes import CLASSES
from addon.perception.graph import graph_of
from addon.perception.reading import Found
from headless.benchmarks.physibench.generate import build, published_draws
from headless.learning.assemblies.canvas import Canvas
from headless.learning.assemblies.fit import Readings, best_fit
from headless.learning.assemblies.kit import load_kit, save_kit
from headless.learning.assemblies.learn import learn
from headless.learning.assemblies.poses import alike, quaternion_from, turn_of, vector_of, vector_of_turn
from headless.learning.assemblies.refine import refined
from headless.learning.assemblies.shown import first_pixels
from headless.learning.errors import LearningError
from headless.learning.frames.camera import camera_of
from headless.learning.frames.record import still_of
from headless.learning.perception.readers import SIDE, NetworkReader, RefinedReader

MACHINE = 49
"""A machine of the dev split with two stages."""


@pytest.fixture(scope="module")
def kit():
    return load_kit()


@pytest.fixture(scope="module")
def machine():
    return build(7, MACHINE, published_draws()[MACHINE])


@pytest.fixture(scope="module")
def still(machine):
    return still_of(machine)


def drawn(clip, camera):
    canvas = Canvas(camera, SIDE, 2)
    poses = np.concatenate([clip.position[0], clip.half, vector_of(clip.quaternion[0])], 1).astype(float)
    patches = [(n, canvas.cast(pose, bool(ball))) for n, (pose, ball) in enumerate(zip(poses, clip.shape, strict=True))]
    view = canvas.view(patches, *canvas.whole())
    return (canvas.pixels(view.colors(clip.shown[0].astype(float))) * 255).round().astype(np.uint8)


@pytest.fixture(scope="module")
def picture(still):
    return drawn(still, camera_of(still))


@pytest.fixture(scope="module")
def read(still):
    """As a network might read it: a little off, and one thing in four missing."""
    rng = np.random.default_rng(0)
    return [
        Found(
            CLASSES[kind], "ball" if ball else "box", color.astype(float), bool(lit), half.astype(float),
            place + rng.normal(0, 0.02, 3), turn.astype(float), None, 0.9, 0.9,
        )
        for n, (kind, ball, color, lit, half, place, turn) in enumerate(
            zip(
                still.kind, still.shape, still.shown[0], still.lit[0], still.half, still.position[0],
                still.quaternion[0], strict=True,
            )
        )
        if n < 5 or n % 4
    ]  # fmt: skip


def errors(found, still):
    """How far (m) the nearest reading of its class is from each object."""
    return [
        min(np.linalg.norm(one.position - place) for one in found if one.kind == CLASSES[kind])
        for kind, place in zip(still.kind, still.position[0], strict=True)
    ]


def test_what_was_read_is_put_right_and_what_is_missing_filled_in(kit, still, picture, read):
    found = refined(read, picture, camera_of(still), kit)
    assert len(read) < len(found) == len(still.kind)
    assert max(errors(found, still)) < 0.02 < max(errors(read, still))
    assert {one.confidence for one in found} == {0.9, 0.5}


def test_bodies_are_those_of_what_looks_alike(kit, machine, still, picture, read):
    graph = graph_of(refined(read, picture, camera_of(still), kit))
    true = sorted(one.body.mass for one in machine.graph.objects if one.body and one.body.type == "ACTIVE")
    assert sorted(one.body.mass for one in graph.objects if one.body and one.body.type == "ACTIVE") == true
    assert len(graph.constraints) == len(machine.graph.constraints)
    assert any("look alike" in note.text for note in graph.notes)


def test_a_thing_that_has_gone_is_left_where_it_was_read(kit, still, picture, read):
    ball = next(n for n, one in enumerate(still.kind) if CLASSES[one] == "ball")
    moved = replace(still, position=still.position.copy())
    moved.position[0, ball, 2] += 1.0
    shot = drawn(moved, camera_of(still))
    rest = [one for one in read if np.linalg.norm(one.position - still.position[0, ball]) > 0.2]
    flying = Found(
        "ball", "ball", still.shown[0, ball].astype(float), True, still.half[ball].astype(float),
        moved.position[0, ball].astype(float), np.array([1.0, 0, 0, 0]), None, 0.9, 0.9,
    )  # fmt: skip
    found = refined([*rest, flying], shot, camera_of(still), kit)
    assert max(errors(found, moved)) < 0.05
    assert sum(one.kind == "ball" for one in found) == sum(CLASSES[kind] == "ball" for kind in still.kind)


def test_nothing_is_made_of_no_readings_and_of_what_is_no_machine(kit, still, picture):
    assert refined([], picture, camera_of(still), kit) == []
    noise = np.random.default_rng(0).integers(0, 255, (SIDE, SIDE, 3)).astype(np.uint8)
    network = NetworkReader.of()
    plain = network.read(noise, camera_of(still))
    assert len(RefinedReader(network, kit).read(noise, camera_of(still))) == len(plain)


def test_learning_takes_each_bay_for_an_assembly(machine, still, tmp_path):
    kit = learn([(machine.graph, first_pixels(machine))])
    assert len(kit.frames) == 1
    assert sum(len(one.members) for one in (*kit.frames, *kit.parts)) == len(still.kind)
    save_kit(kit, tmp_path / "kit.npz")
    again = load_kit(tmp_path / "kit.npz")
    assert [one.members for one in again.parts] == [one.members for one in kit.parts]
    assert all((a.examples == b.examples).all() for a, b in zip(again.parts, kit.parts, strict=True))


def test_an_assembly_without_readings_costs_what_it_misses(kit):
    fit = best_fit(kit.parts[0], Readings.of([]), np.zeros(3))
    assert (fit.of == -1).all()
    assert fit.cost > 0


def test_rotations_as_vectors_are_those_of_quaternions():
    rng = np.random.default_rng(1)
    turns = rng.normal(size=(20, 4))
    turns /= np.linalg.norm(turns, axis=1, keepdims=True)
    turns *= np.where(turns[:, :1] < 0, -1, 1)
    assert np.allclose(quaternion_from(vector_of(turns)), turns)
    assert np.allclose(vector_of_turn(turn_of(turns)), vector_of(turns), atol=1e-6)
    half, vectors = alike(np.array([1.0, 2.0, 3.0]), np.eye(3))
    assert len(np.unique(half.round(6), axis=0)) == 6
    assert np.allclose(vectors[0], 0)


@pytest.mark.parametrize("content", [b"", b"nothing"])
def test_a_file_without_assemblies_is_refused(tmp_path, content):
    path = tmp_path / "kit.npz"
    path.write_bytes(content)
    with pytest.raises(LearningError, match="learn them: python -m headless learning assemblies"):
        load_kit(path)


def test_drawings_are_those_of_the_caster(still, picture):
    pytest.importorskip("torch")
    from headless.learning.frames.caster import draw

    cast = draw(still, camera_of(still), SIDE).color[0].numpy()
    assert (np.abs(cast.astype(int) - picture) <= 1).mean() > 0.999
