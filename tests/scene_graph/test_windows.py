import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import addon.scene_graph.windows as windows
from addon.scene_graph.windows import in_windows

NUMBERS = st.lists(st.integers(-20, 20).map(float), max_size=30)


@pytest.mark.parametrize("at_once", [3, windows.AT_ONCE])
@given(values=NUMBERS, middles=NUMBERS, half=st.integers(-1, 10))
def test_what_is_told_is_what_lies_between(at_once, values, middles, half):
    values, middles = np.sort(np.array(values)), np.array(middles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "AT_ONCE", at_once)
        parts = list(in_windows(values, middles - half, middles + half))
    found = [pair for part in parts for pair in zip(*map(np.ndarray.tolist, part), strict=True)]
    right = np.argwhere(np.abs(values[None] - middles[:, None]) <= half).tolist()
    assert found == list(map(tuple, right))
    assert all(len(part[0]) <= at_once + len(values) for part in parts)
