import pytest

from addon.patterns import Activation
from headless.benchmarks.patterns.corpus import Label, Revision, Rollout
from headless.benchmarks.patterns.judging import TOLERANCE, fits, judge, summed, tallied
from headless.benchmarks.patterns.recipes import Recipe

RECIPE = Recipe(name="a", kind="puzzle", of="00:000", action="solution")
PAIR = {"object": "ball", "other": "floor"}


def found(uid="Bounce", frame=100, end=None, **parameters):
    return Activation(uid=uid, frame=frame, time=frame / 60, description="", parameters=parameters or PAIR, end=end)


def label(uid="Bounce", first=100, last=None, truth="true", **named):
    return Label(uid=uid, first=first, last=first if last is None else last, named=named or PAIR, truth=truth)


def rollout(*labels, **more):
    return Rollout(recipe=RECIPE, labels=labels, **more)


@pytest.mark.parametrize("off", [-TOLERANCE, 0, TOLERANCE])
def test_a_detection_near_its_label_fits(off):
    assert fits(found(frame=100 + off), label())


@pytest.mark.parametrize(
    "other",
    [
        found(frame=100 + TOLERANCE + 1),
        found(frame=100 - TOLERANCE - 1),
        found(uid="BriefTap"),
        found(object="ball", other="wall"),
        found(object="floor", other="ball"),
        found(object="ball"),
    ],
)
def test_another_time_kind_or_body_does_not(other):
    assert not fits(other, label())


def test_bodies_of_a_symmetric_pair_have_no_order():
    assert fits(found("BriefTap", object="floor", other="ball"), label("BriefTap"))


def test_what_lasts_fits_by_half_of_the_shorter_one():
    support = {"object": "ball", "support": "floor"}
    lasting = label("Support", 100, 200, **support)
    assert fits(found("Support", 149, 400, **support), lasting)
    assert not fits(found("Support", 151, 400, **support), lasting)


def test_a_moment_may_be_anywhere_in_its_label():
    assert fits(found(frame=150), label(first=100, last=160))
    assert not fits(found(frame=150), label(first=100, last=160, truth="false"))


@pytest.mark.parametrize(("start", "end", "same"), [(100, 200, True), (100, 240, False), (150, 200, False)])
def test_what_is_false_is_false_at_its_own_time_only(start, end, same):
    support = {"object": "ball", "support": "floor"}
    assert fits(found("Support", start, end, **support), label("Support", 100, 200, "false", **support)) is same


def test_cells_and_words_count_where_they_are_named():
    cell = label("CellTransition", object="ball", target=(2, 3))
    assert fits(found("CellTransition", object="ball", source=[1, 3], target=[2, 3]), cell)
    assert not fits(found("CellTransition", object="ball", source=[1, 3], target=[2, 3, 0]), cell)


def test_the_nearest_label_decides():
    labels = (label(first=95, truth="false"), label(first=104))
    judged, missed = judge(rollout(*labels), [found(frame=96), found(frame=101)])
    assert [one.verdict for one in judged] == ["false", "true"]
    assert not missed


def test_what_has_no_label():
    detections = [found(), found("Airborne"), found("GlobalRest")]
    judged, missed = judge(rollout(label("Bounce", 500), partly=("Airborne",), whole=("GlobalRest",)), detections)
    assert [one.verdict for one in judged] == ["new", "unjudged", "false"]
    assert [one.first for one in missed] == [500]


def test_tallies_add_up():
    labels = (label(first=10), label(first=50), label(first=90, truth="false"), label(first=130, truth="unsure"))
    detections = [found(frame=frame) for frame in (10, 12, 90, 130, 400)]
    tally = tallied([(rollout(*labels), detections), (rollout(label(first=5)), [])])["Bounce"]
    assert tally.counts == {"true": 2, "false": 1, "unsure": 1, "new": 1, "found": 1, "missed": 2}
    assert tally.precision.count == 3
    assert tally.precision.mean == pytest.approx(2 / 3, abs=1e-3)
    assert tally.recall.mean == pytest.approx(1 / 3, abs=1e-3)


def test_kinds_add_up():
    detections = [found(), found("Airborne"), found(frame=300)]
    tallies = tallied([(rollout(label(), label("Airborne"), whole=("Bounce",)), detections)])
    assert summed(tallies.values()).counts == {"true": 2, "found": 2, "false": 1}


def test_labels_before_a_second_look():
    def looked_at(before, **more):
        return label(**more).model_copy(update={"revised": Revision(before=before, why="it was plain to see")})

    labels = (label(first=10), looked_at("absent", first=200), looked_at("true", first=300, truth="false"))
    both = [rollout(*labels, whole=("Bounce",)), rollout(*labels, whole=("Bounce",)).unrevised()]
    now, then = (tallied([(one, [found(frame=10), found(frame=200)])])["Bounce"].counts for one in both)
    assert now == {"true": 2, "found": 2}
    assert then == {"true": 1, "found": 1, "false": 1, "missed": 1}
