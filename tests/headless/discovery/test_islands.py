"""Islands of programs: draws, resets, what is kept."""

from random import Random

import pytest

from headless.discovery.islands import Islands, weights
from headless.discovery.programs import LOWEST, Fitness, Program
from headless.discovery.settings import Settings


def program(number, island, worth=0.5, source=""):
    fitness = Fitness(correlation=worth, novelty=0.0, length=0.0, repetition=0.0)
    return Program(number=number, island=island, source=source or f"# {number}\n", fitness=fitness)


def islands(*worths, **settings):
    made = Islands(Settings(islands=len(worths), **settings), Random(3))
    for island, worth in enumerate(worths):
        if worth is not None:
            made.add(program(island + 1, island, worth))
    return made


def test_each_island_begins_with_the_skeleton():
    made = islands(None, None)
    assert [[p.number for p in island.programs] for island in made.islands] == [[0], [0]]
    assert made.best.worth == LOWEST


def test_islands_of_higher_fitness_are_drawn_more_often():
    made = islands(0.9, 0.6, 0.3, island_temperature=0.3)
    drawn = [made.choose_island() for _ in range(3000)]
    counts = [drawn.count(i) for i in range(3)]
    assert counts[0] / counts[1] == pytest.approx(2.718, rel=0.2)
    assert counts[1] / counts[2] == pytest.approx(2.718, rel=0.3)


def test_odds():
    assert weights([1.0, 0.9, -2.0], 0.1) == pytest.approx([1.0, 0.36788, 0.0], abs=1e-5)


def test_shown_programs_are_different_and_the_best_comes_last():
    made = islands(0.1, shown=2)
    for number, worth in ((5, 0.8), (6, 0.75), (7, -0.9)):
        made.add(program(number, 0, worth))
    for _ in range(50):
        chosen = made.choose_programs(0)
        assert len({p.number for p in chosen}) == 2
        assert chosen[0].worth <= chosen[1].worth
    assert len(islands(None, shown=5).choose_programs(0)) == 1


def test_the_same_source_is_not_kept_twice():
    made = islands(0.1)
    made.add(program(8, 0, 0.9, source="# 1\n"))
    assert [p.number for p in made.islands[0].programs] == [0, 1]


def test_a_failure_is_kept_until_something_works():
    made = islands(0.1)
    made.add(Program(number=4, island=0, source="x", problem="line 1: no"))
    assert made.islands[0].failure.problem == "line 1: no"
    assert len(made.islands[0].programs) == 2
    made.add(program(5, 0))
    assert made.islands[0].failure is None


def test_a_reset_clones_the_worse_half_from_the_better():
    made = islands(0.9, 0.1, 0.5, 0.3, None)
    made.reset(20)
    assert [island.best.number for island in (made.islands[0], made.islands[2], made.islands[3])] == [1, 3, 4]
    for number in (1, 4):
        (founder,) = made.islands[number].programs
        assert founder.number in (1, 3, 4)
    assert [(r.after, r.island) for r in made.resets] == [(20, 1), (20, 4)]
    assert {r.taken_from for r in made.resets} <= {0, 2, 3}
    assert made.best.number == 1


def test_one_island_is_never_reset():
    made = islands(0.4)
    made.reset(3)
    assert made.resets == []
