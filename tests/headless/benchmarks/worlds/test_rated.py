"""The recorded marks of a large model: whole, of the prompt that there is, and as the guide tells them."""

from pathlib import Path

import pytest

from addon.models import version
from headless.benchmarks.worlds import rating
from headless.benchmarks.worlds.case import load_cases
from headless.benchmarks.worlds.rating import TASK, RatingFigures, figures_of

KEPT = Path(rating.__file__).with_name("ratings")
GUIDE = Path(__file__).parents[4] / "docs" / "worlds.md"


MAKERS = {"recorded": "| a large model, recorded |", "one_shot": "| a large model by one script, recorded |"}


@pytest.mark.parametrize("name", MAKERS)
def test_the_figures_are_those_of_the_marks(name):
    kept = RatingFigures.model_validate_json((KEPT / f"{name}.json").read_bytes())
    assert figures_of(kept.ratings, kept.judge, kept.seed, kept.unrated, kept.unmade) == kept
    assert kept.prompt == version(TASK)
    names = [one.name for one in kept.ratings]
    assert len(set(names)) == len(names) == 24 - len(kept.unmade)
    assert set(names) <= {case.name for case in load_cases()}
    assert all(one.marks.why for one in kept.ratings)
    rows = [line for line in GUIDE.read_text().splitlines() if line.startswith(MAKERS[name])]
    told = " | ".join(f"{s.mean:.1f} ({s.low:.1f}–{s.high:.1f})" for s in (kept.sgs, kept.richness, kept.hrs))
    assert any(told in row for row in rows)
