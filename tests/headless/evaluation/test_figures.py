import numpy as np

from headless.evaluation.figures import iou_plot, shares_plot
from headless.evaluation.statistics import Share


def share(mean, count):
    return Share(mean=mean, low=mean / 2, high=mean, count=count)


def test_plots_show_each_group_with_its_count():
    drawn = shares_plot({"ramp": share(0.5, 10), "hook": share(1.0, 3)}, "kind")
    assert "ramp (10)" in drawn
    assert "hook (3)" in drawn
    assert "<svg" in iou_plot([np.ones(4), np.array([1.0, 0.5])])
    assert "<svg" in iou_plot([])
    assert "<svg" in shares_plot({}, "kind")


def test_a_published_share_is_marked_where_there_is_one():
    drawn = shares_plot({"ramp": share(0.5, 10)}, "kind", 88.5)
    assert "dotted: 88.5 %, as published" in drawn
    assert "published" not in shares_plot({"ramp": share(0.5, 10)}, "kind")
