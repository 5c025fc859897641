import re
from pathlib import Path

from addon.jobs.search.annealing import COLD, NARROW, Schedule
from addon.jobs.search.open_numbers import MOST
from addon.jobs.search.quantities import object_quantities, world_quantities
from addon.scene_graph import World

TEXT = (Path(__file__).parents[3] / "docs" / "search.md").read_text(encoding="utf-8")


def names():
    """What the table of open numbers lists."""
    for row in re.findall(r"^\| (`(?:Ball|world)\..*?) \|", TEXT, re.MULTILINE):
        first, *rest = re.findall(r"`([^`]+)`", row)
        yield first
        for other in rest:
            yield first.rpartition(".")[0] + other if other.startswith(".") else other


def test_the_document_lists_what_can_be_varied():
    objects = {f"Ball.{name}" for name in object_quantities(World())}
    assert set(names()) == objects | {f"world.{name}" for name in world_quantities(World())}


def test_the_document_tells_the_numbers_of_the_program():
    assert f"At most {MOST}" in TEXT
    own = Schedule()
    assert (own.look, own.wide, NARROW, own.patience) == (1 / 5, 1 / 4, 1 / 200, 10)
    assert f"from {own.hot} to {COLD}" in TEXT
