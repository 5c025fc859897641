"""What no coder may see: the assertions and the oracle of a machine."""

import pytest

from addon.coder import RuleCoder, WholeCoder
from addon.coder.goal_coder import GoalCoder
from addon.engine.blender import BlenderEngine
from addon.jobs import Job, JobFolder, JobSpec, run_job
from addon.models import ChatAnswer
from headless.benchmarks.physibench.generate import SEED, generate
from headless.benchmarks.physibench.goals import goals

DRAWN = min(generate(40, SEED, split="test"), key=lambda m: (len(m.stages), m.index))
RULES = (*DRAWN.graph.rules, "Sing a song.")
"""The last is one that words do not settle, so that a model is asked."""

MACHINE = DRAWN.model_copy(update={"graph": DRAWN.graph.model_copy(update={"rules": RULES})})
HIDDEN = 'COUNT("CollisionStart", 98765)'
MARKS = "if frame < 0:\n" + "".join(f"    fired({number})\n" for number in range(1, 20))
ANSWERS = (
    f"```python\nimport os\n{MARKS}```",
    f"```python\nobjects['Nobody'].location = (1, 2, 3)\n{MARKS}```",
    f'```python\nif frame == 2:\n    objects["Lamp"]["on"] = 1 / 0\n{MARKS}```',
)


class Listener:
    """Answers in turn, wrongly, and keeps every prompt."""

    def __init__(self):
        self.prompts = []

    def complete(self, request, on_text=None):
        self.prompts.append("\n".join(f"{m.role}: {m.content}" for m in request.messages))
        text = ANSWERS[(len(self.prompts) - 1) % len(ANSWERS)]
        return ChatAnswer(text=text, finish_reason="stop", prompt_tokens=1, completion_tokens=1)


def prompts(make, machine, folder):
    """All that a coder is sent in a job that fails in every way and is repaired as often as it may be."""
    listener = Listener()
    spec = JobSpec(
        title=machine.name,
        source="test",
        coder="fake",
        rules=machine.graph.rules,
        assertions=machine.assertions,
        steps=20,
        attempts=6,
        report=False,
    )
    run_job(Job(spec, lambda: BlenderEngine.from_graph(machine.graph), make(listener), JobFolder(folder)))
    return listener.prompts


MAKERS = {
    "whole": lambda chat: WholeCoder(chat, "m"),
    "refused rules": lambda chat: RuleCoder("openai", "m", free=WholeCoder(chat, "m")),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=list(MAKERS))
def test_no_prompt_depends_on_assertions_or_oracle(make, tmp_path):
    sent = prompts(make, MACHINE, tmp_path / "one")
    assert len(sent) >= 4
    assert any("Nobody" in prompt for prompt in sent), "no repair was asked for"
    changed = MACHINE.model_copy(update={"assertions": (HIDDEN,), "oracle": "# nothing\n"})
    assert prompts(make, changed, tmp_path / "other") == sent
    secrets = (*MACHINE.assertions, HIDDEN, "98765", "COUNT(", "AFTER(", "assertion", "oracle")
    for prompt in sent:
        assert not [secret for secret in secrets if secret in prompt]


MISSES = (
    '```python\nimport bpy\nwant(\'EVENT("CollisionStart", {{"a_id": "{0}", "b_id": "Wall Left"}})\')\n'
    'if frame == 1:\n    bpy.data.objects["{0}"].velocity = (tune({1}, 0.1, 0.9), 0, 0)\n```'
)


def test_no_prompt_for_a_goal_depends_on_assertions_or_oracle(tmp_path):
    machine = goals(1)[0]
    cart = next(name for name in machine.graph.names if name in machine.goal)

    class Misses:
        def __init__(self):
            self.prompts = []

        def complete(self, request, on_text=None):
            self.prompts.append("\n".join(m.content for m in request.messages))
            return ChatAnswer(MISSES.format(cart, len(self.prompts) / 10), "stop", 1, 1)

    def sent(assertions, oracle, folder):
        chat = Misses()
        spec = JobSpec(
            title="goal", source="test", coder="fake", goal=machine.goal, assertions=assertions, steps=30, attempts=3,
            fit=3, report=False,
        )  # fmt: skip
        coder = RuleCoder("fake", "m", aim=GoalCoder(chat, "m"))
        given = machine.model_copy(update={"oracle": oracle})
        result = run_job(Job(spec, lambda: BlenderEngine.from_graph(given.graph), coder, JobFolder(folder)))
        assert [fate.fate for fate in result.scripts] == ["missed"] * 3
        assert [fate.logic for fate in result.scripts] == [False] * 3
        return chat.prompts

    first = sent(machine.assertions, machine.oracle, tmp_path / "one")
    assert len(first) == 3
    assert "does not hold" in first[1]
    assert "0.1 and 0.9" in first[2]
    assert sent((HIDDEN,), "", tmp_path / "other") == first
    assert not [text for text in (*machine.assertions, "98765") for prompt in first if text in prompt]
