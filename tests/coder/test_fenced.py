import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon.coder import CoderError, extract_code

CODE = "x = 1\nif x:\n    x = 2\n"


@pytest.mark.parametrize(
    "answer",
    [
        f"```python\n{CODE}```",
        f"Here it is:\n\n```py\n{CODE}```\nIt sets x.",
        f"~~~python\n{CODE}~~~",
        f"```\n{CODE}```",
        f"````python\n{CODE}````",
        f"```python\n{CODE}",
        CODE,
        f"<think>```python\ny = 3\n```</think>\n```python\n{CODE}```",
        f"```json\n[1, 2]\n```\n```python\n{CODE}```",
        f"```bash\npip install it\n```\n```Python\n{CODE}```",
        "1. Do this:\n   ```python\n   x = 1\n   if x:\n       x = 2\n   ```\n",
        f"```python\r\n{CODE}```".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"```python\nx = 0\n```\nor rather\n```python\n{CODE}```".replace("x = 0", "x = 1"),
    ],
)
def test_code_is_found(answer):
    assert extract_code(answer) == CODE


def test_blocks_that_follow_each_other_are_joined():
    answer = "First\n```python\ndef f():\n    return 1\n```\nthen\n```python\nf()\n```"
    assert extract_code(answer) == "def f():\n    return 1\n\nf()\n"


def test_a_block_said_again_replaces_the_first():
    answer = "```python\ndef f():\n    return 1\n```\nbetter:\n```python\ndef f():\n    return 2\n```"
    assert extract_code(answer) == "def f():\n    return 2\n"


def test_wrong_syntax_comes_back_for_the_executor_to_name_the_line():
    assert extract_code("```python\nif x\n    y()\n```") == "if x\n    y()\n"


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("<think>hm</think>", "empty"),
        ("I cannot do that, sorry.", "prose"),
        ("Sorry", "prose"),
        ("```json\n{}\n```", "prose"),
        ("```python\n```", "prose"),
    ],
)
def test_answers_without_code(answer, kind):
    with pytest.raises(CoderError) as caught:
        extract_code(answer)
    assert caught.value.kind == kind
    assert caught.value.advice


@given(st.text(alphabet="`~\n python()=1xdef:<>/think", max_size=60))
def test_any_text_gives_code_or_a_coder_error(answer):
    with contextlib.suppress(CoderError):
        assert extract_code(answer).strip()
