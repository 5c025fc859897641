import pytest

from addon.frames import on_timeline


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ("'frame 3' was hit at 1.0 s (frame 63)", "'frame 3' was hit at 1.0 s (frame 164)"),
        ("A and B touched from frame 2 to frame 9", "A and B touched from frame 103 to frame 110"),
        (
            "frame 3 did not touch B; it came within 1 m at frame 9",
            "frame 3 did not touch B; it came within 1 m at frame 110",
        ),
        ("it came nearest at frame 5: 1 m", "it came nearest at frame 106: 1 m"),
        ("at frames 6 (0.10 s), 60 (1.00 s) and 2 more", "at frames 107 (0.10 s), 161 (1.00 s) and 2 more"),
        ("never", "never"),
    ],
)
def test_frames_are_those_of_a_timeline(told, there):
    assert on_timeline(told, 101) == there
    assert on_timeline(there, -101) == told


def test_frames_in_names_of_objects_stay():
    told = "never: Ball (frame 3) and Ball (frame 31) did not touch; their centres came within 0.31 m at frame 3"
    there = "never: Ball (frame 3) and Ball (frame 31) did not touch; their centres came within 0.31 m at frame 104"
    names = ("Ball (frame 3)", "Ball (frame 31)", "frame 3", "3")
    assert on_timeline(told, 101, names) == there
    assert on_timeline("'frame 3' was hit at 1.0 s (frame 3)", 101, names) == "'frame 3' was hit at 1.0 s (frame 104)"
