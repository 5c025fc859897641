"""The coder for goals, with answers that are written here."""

import dataclasses

import pytest

from addon.coder import CoderError, CodingRequest, RuleCoder
from addon.coder.goal_coder import GoalCoder
from addon.coder.request import Attempt
from addon.executor.tuning import open_numbers, wants
from addon.models import ChatAnswer
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject, scene_text

SHOT = """\
import bpy
want('NEARBY_AT("Ball", 3, 0, 0.2, 1.0, threshold_strength=0.02)')
if frame == 1:
    bpy.data.objects["Ball"].velocity = (tune(3.0, 0.5, 9.0), 0, 0)
"""
GOAL = "Launch Ball once, at the start, so that it comes to rest on Mat."


class Chat:
    """Gives answers one after the other and keeps what it was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        return ChatAnswer(self.answers.pop(0), "stop", 10, 5)


@pytest.fixture
def request_():
    ball = SceneObject(name="Ball", geometry=Primitive(kind="sphere", dimensions=(1, 1, 1)), body=RigidBody())
    graph = SceneGraph(objects=(ball,))
    return CodingRequest(graph, scene_text(graph), goal=GOAL, dt=graph.world.dt, fit=40)


def test_a_script_with_open_numbers_is_asked_for(request_):
    chat = Chat(f"Here it is:\n```python\n{SHOT}```")
    result = GoalCoder(chat, "m").write(request_)
    assert result.script.strip() == SHOT.strip()
    assert [n.value for n in open_numbers(result.script)] == [3.0]
    assert wants(result.script)[0].startswith("NEARBY_AT")
    assert (result.requests, result.prompt_tokens, result.completion_tokens) == (1, 10, 5)
    assert result.prompt_version.startswith("goal_script ")
    assert [u.text for u in result.understood] == [GOAL]
    system, user = (message.content for message in chat.asked[0].messages)
    assert "tune(4.0, 1.0, 8.0)" in system
    assert "up to 40 runs" in system
    assert GOAL in user
    assert "Ball" in user


def test_what_the_last_run_showed_is_told(request_):
    chat = Chat(f"```python\n{SHOT}```")
    before = Attempt("x = 1", "The run did not come to it: Ball ended at 2 m")
    GoalCoder(chat, "m").write(dataclasses.replace(request_, previous=before))
    roles = [message.role for message in chat.asked[0].messages]
    assert roles == ["system", "user", "assistant", "user"]
    assert "x = 1" in chat.asked[0].messages[2].content
    assert "Ball ended at 2 m" in chat.asked[0].messages[3].content


def test_an_answer_without_a_script_is_told(request_):
    with pytest.raises(CoderError):
        GoalCoder(Chat("I cannot say."), "m").write(request_)
    with pytest.raises(CoderError, match="cannot be done"):
        GoalCoder(Chat("```python\n# CANNOT: there is no Mat\n```"), "m").write(request_)


def test_goals_whose_numbers_are_to_be_found_are_its_own(request_):
    chat = Chat(f"```python\n{SHOT}```")
    coder = RuleCoder("local", "m", aim=GoalCoder(chat, "m", name="local"))
    assert "tune" in coder.write(request_).script
    for other in ({"fit": 0}, {"rules": ("At 1 s, launch Ball upwards at 2 m/s",)}):
        with pytest.raises(CoderError, match="not understood"):
            coder.write(dataclasses.replace(request_, **other))
    assert len(chat.asked) == 1
