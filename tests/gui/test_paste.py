"""A chat page as the model: the prompt on the clipboard, and the answer from it, in a real Blender window."""

import os

import pytest

from .blender import Window
from .panel import PREFERENCES, run, said, script, wait

BLENDER, EXTENSION, PICTURES = (os.environ.get(f"CDYN_GUI_{name}") for name in ("BLENDER", "EXTENSION", "PICTURES"))

pytestmark = [
    pytest.mark.skipif(not BLENDER, reason="needs a Blender with a window: scripts/test_gui.sh"),
    pytest.mark.xdist_group("gui"),
]

GOAL = "Raise Barrier by 1 m after a second"
ANSWER = (
    'Here it is:\n\n```python\nif once("it", now >= 1):\n    glide("Barrier", (0, 0, 1), 1)\nadvance_motions()\n```\n'
)
CLIPBOARD = "result = bpy.context.window_manager.clipboard"


@pytest.fixture(scope="module")
def window():
    with Window(BLENDER, EXTENSION, PICTURES, offline=True) as opened:
        opened.ask("with bpy.context.temp_override(window=window()): bpy.ops.cdyn.example(name='trigger_door')")
        opened.until(
            lambda: opened.ask("result = bpy.context.scene.name") == "Dynamics trigger_door", 20, "the example"
        )
        opened.ask(PREFERENCES + "preferences.coder = 'template'")
        opened.ask(
            f"s = bpy.context.scene.cdyn; s.rules.clear(); s.assertions.clear(); s.goal = {GOAL!r}; s.steps = 100"
        )
        opened.open_tab()
        yield opened


def press(window, wanted, clipboard=None, across=0.2):
    """Press a button, with a text on the clipboard: what finds the button has changed that."""
    x, y = window.find(wanted, across)
    if clipboard is not None:
        window.ask(f"bpy.context.window_manager.clipboard = {clipboard!r}")
    before = said(window)
    window.click_at(x, y)
    window.until(lambda: said(window) != before, 10, "the button does something")
    return wait(window)


def paste(window, answer):
    return press(window, "cdyn.paste_answer", answer, across=0.7)


def test_the_prompt_is_on_the_clipboard(window):
    _, message, error, _ = press(window, "cdyn.copy_prompt")
    assert not error
    assert "clipboard" in message
    prompt = window.ask(CLIPBOARD)
    assert GOAL in prompt
    assert "- Barrier: " in prompt
    assert "CANNOT" in prompt
    window.picture("20_prompt")
    _, _, error, _ = paste(window, prompt)
    assert "still holds the prompt" in error
    assert script(window) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("  \n", "no text"),
        ("# CANNOT: there is no \x1b[31msound", "there is no \\x1b[31msound"),
        ("Sorry, I have no voice.", "holds no Python code"),
        (ANSWER.removesuffix("```\n"), "ends in the middle of its code"),
    ],
)
def test_an_answer_that_is_no_script_is_told(window, answer, words):
    _, _, error, line = paste(window, answer)
    assert words in error
    assert not line
    assert script(window) is None
    window.picture("21_refused")


@pytest.mark.slow
def test_a_hostile_answer_is_refused_and_its_repair_is_a_prompt(window):
    _, _, error, line = paste(window, ANSWER.replace("python\n", "python\nimport os\n"))
    assert "os" in error
    assert line
    window.picture("22_hostile")
    _, _, error, _ = press(window, "copy_prompt(repair=True)", across=0.7)
    assert not error
    prompt = window.ask(CLIPBOARD)
    assert "import os" in prompt
    assert "Your answer was:" in prompt


def test_the_answer_of_a_chat_page_is_a_script_that_runs(window):
    _, message, error, _ = paste(window, ANSWER)
    assert not error
    assert "paste" in message
    assert 'glide("Barrier", (0, 0, 1), 1)' in script(window)
    _, _, error, _ = run(window)
    assert not error
    window.picture("23_pasted")
    heights = window.ask("""
s, found = bpy.context.scene, []
for frame in (1, 100):
    s.frame_set(frame)
    found.append(bpy.data.objects["Barrier"].matrix_world.translation.z)
result = found
""")
    assert heights[1] - heights[0] == pytest.approx(0.65, abs=0.2)
    assert said(window)[2] == ""
