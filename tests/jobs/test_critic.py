"""What a run showed, in words."""

from addon.jobs.critic import critique
from addon.jobs.fit import Fitted, Found
from addon.rewards import judge, parse
from tests.rewards.cases import make_trace


def test_a_critique_has_wishes_numbers_places_and_touches():
    trace = make_trace()
    name = trace.bodies[0]
    wishes = [f'NEARBY_AT("{name}", 90, 0, 0, 1.0, threshold_strength=0.01)', 'EVENT("TaskComplete")']
    number = Found(line=4, low=0.5, high=9.0, before=3.0, value=7.25)
    fitted = Fitted(numbers=(number,), value=0.2, held=False, runs=40)
    told = critique(trace, [judge(parse(wish), trace) for wish in wishes], fitted)
    assert "does not hold: NEARBY_AT" in told
    assert "the open number of line 4, between 0.5 and 9: 7.25 was best of 40 runs" in told
    assert f"- {name}: (" in told or "Nothing moved." in told
    assert "touch" in told.lower()
    assert told == critique(trace, [judge(parse(wish), trace) for wish in wishes], fitted)
