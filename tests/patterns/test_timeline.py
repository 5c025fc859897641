import re
from html.parser import HTMLParser

import pytest

from addon.patterns.timeline import Picture, read_pictures, timeline_page, timeline_text
from tests.patterns.examples import BALL, EXAMPLE, annotation

VOID = {"meta", "img", "br", "link"}


class Balance(HTMLParser):
    """Checks that tags of the page close in order, and collects what would be fetched from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.outside = [], []

    def handle_starttag(self, tag, attributes):
        if tag not in VOID:
            self.open.append(tag)
        self.outside += [v for k, v in attributes if k in ("src", "href") and not v.startswith(("data:", "#"))]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def rows(page):
    """Of each row of the events: the picture's frame, or None, and the times of its events."""
    part = page[page.index("<h2>What happened") : page.index("<h2>Patterns")]
    found = []
    for row in part.split('<div class="row')[1:]:
        picture = re.search(r'alt="frame (\d+)"', row)
        found.append((int(picture.group(1)) if picture else None, re.findall(r"<td>([^<]+)</td>", row)))
    return found


def test_the_text_timeline_tells_moments_in_columns():
    assert timeline_text(EXAMPLE).splitlines() == [
        "frame  time            what happened",
        "   12  0.20 s          Bounce of Ball",
        "   30  0.50 s          Bounce of Ball",
        "   40  0.67 to 1.00 s  Rest of all",
    ]


def test_outcomes_are_told_whatever_the_budget():
    done = (("RuleFired", 20, "Rule 1 acts.", {"rule": 1}), ("TaskComplete", 60, "The run ends.", {"success": True}))
    found = annotation(*((("bounce", k, k, BALL)) for k in range(0, 60, 7)), outcomes=done)
    told = timeline_text(found, 2)
    assert "Rule 1 acts" in told
    assert "the run ends" in told
    assert len(told.splitlines()) == 3
    assert "rule fired" in timeline_text(found, None)


def test_every_event_in_columns():
    assert timeline_text(EXAMPLE, None).splitlines() == [
        "frame  time            pattern            what happened",
        "   12  0.20 s          bounce / rebound   bounce of Ball",
        "   30  0.50 s          bounce / rebound   bounce of Ball",
        "   40  0.67 to 1.00 s  global rest state  rest of all",
    ]


def test_events_stand_beside_the_last_picture_before_them():
    page = timeline_page(EXAMPLE, [Picture(30, b"b"), Picture(0, b"a"), Picture(60, b"c")])
    assert rows(page) == [(0, ["0.20 s"]), (30, ["0.50 s", "0.67 to 1.00 s"]), (60, [])]


def test_without_pictures_all_events_stand_in_one_row():
    assert rows(timeline_page(EXAMPLE)) == [(None, ["0.20 s", "0.50 s", "0.67 to 1.00 s"])]


def test_events_before_the_first_picture_are_kept():
    assert rows(timeline_page(EXAMPLE, [Picture(20, b"a"), Picture(40, b"b")])) == [
        (20, ["0.20 s", "0.50 s"]),
        (40, ["0.67 to 1.00 s"]),
    ]


@pytest.mark.parametrize("pictures", [[], [Picture(0, b"a"), Picture(30, b"b")]])
def test_the_page_is_whole_self_contained_and_always_the_same(pictures):
    page = timeline_page(EXAMPLE, pictures)
    parser = Balance()
    parser.feed(page)
    assert parser.open == []
    assert parser.outside == []
    assert "url(" not in page
    assert page == timeline_page(EXAMPLE, pictures)


def test_names_cannot_break_the_page():
    page = timeline_page(annotation(("bounce", 1, 1, {"object": "<script>alert(1)</script>"}), title="<b>"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<b></h1>" not in page


def test_lanes_show_when_patterns_last():
    page = timeline_page(annotation(("rest", 15, 45, {}), ("bounce", 30, 30, BALL)))
    assert 'left:25.0%;width:50.0%" title="0.25 to 0.75 s' in page
    assert "Not found: red ricochet bounce." in page


def test_nothing_found_is_told():
    page = timeline_page(annotation())
    assert "No pattern was found" in page
    assert "No event" in page


def test_pictures_are_read_by_their_frame(tmp_path):
    assert read_pictures(tmp_path / "none") == []
    for name in ("frame_000030.png", "frame_000000.png", "other.png"):
        (tmp_path / name).write_bytes(name.encode())
    assert read_pictures(tmp_path) == [Picture(0, b"frame_000000.png"), Picture(30, b"frame_000030.png")]
