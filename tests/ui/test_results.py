from addon.ui.results import begun_at

SUMMARY = {
    "start": 1,
    "moments": [{"frame": 5, "text": "a", "objects": []}],
    "rules": [
        {"text": "r", "fired": 1, "told": "at frame 64 (1.05 s)", "times": "64 (1.05 s)", "at": 64},
        {"text": "s", "fired": 0, "told": "never: A and B came within 1.00 m at frame 9"},
    ],
    "assertions": [{"text": "t", "held": True, "reason": "occurred at 1.00 s (frame 61)"}],
}


def test_a_run_tells_the_frames_of_the_timeline_that_it_is_put_on():
    there = begun_at(SUMMARY, 101)
    assert [rule["told"] for rule in there["rules"]] == [
        "at frame 164 (1.05 s)",
        "never: A and B came within 1.00 m at frame 109",
    ]
    assert there["rules"][0]["times"] == "164 (1.05 s)"
    assert (there["rules"][0]["at"], there["start"], there["moments"]) == (164, 101, SUMMARY["moments"])
    assert there["assertions"][0]["reason"] == "occurred at 1.00 s (frame 161)"
    assert begun_at(there, 1) == SUMMARY


def test_frames_in_names_of_objects_stay():
    rule = {"text": "s", "fired": 0, "told": "never: Ball (frame 3) and B came within 1.00 m at frame 9"}
    there = begun_at(SUMMARY | {"rules": [rule]}, 101, ("Ball (frame 3)", "B"))
    assert there["rules"][0]["told"] == "never: Ball (frame 3) and B came within 1.00 m at frame 109"
