import dataclasses

import pytest

from addon.coder import Attempt, CoderError, CodingRequest, RuleCoder
from addon.coder.link import pieces
from addon.executor import check, language_reference
from addon.models import ChatAnswer, ModelError
from addon.scene_graph import scene_text

OBJECTS = {"Ball": True, "Crate": True, "Trigger": None, "Door": None, "Lamp": {"on": False}}
OPEN = 'if once("open", touched("Ball", "Trigger")):\n    open_door("Door")'
LIGHT = 'if once("on", touched("Crate", "Trigger"), delay=2):\n    objects["Lamp"]["on"] = True'
RULES = ("When Ball hits Trigger, open Door.", "2 seconds after Crate hits Trigger, turn on Lamp.")


class Model:
    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests = []

    def complete(self, request, on_text=None):
        self.requests.append(request)
        text = self.answers.pop(0)
        if on_text is not None:
            on_text(text)
        return ChatAnswer(text, "stop", 100, 10)


def fenced(code):
    return f"```python\n{code}\n```"


@pytest.fixture
def request_(scene):
    graph = scene(OBJECTS)
    return CodingRequest(graph, scene_text(graph), RULES, "", graph.world.dt, language_reference())


def text_of(request):
    return "\n".join(m.content for m in request.messages)


def test_one_rule_a_request(request_):
    model = Model(fenced(OPEN), fenced(LIGHT))
    result = RuleCoder(model).write(request_)
    check(result.script)
    assert [code.strip() for code, _ in pieces(result.script).values()] == [OPEN, LIGHT]
    assert result.requests == 2
    assert result.prompt_tokens == 200
    last = [r.messages[-1].content for r in model.requests]
    assert RULES[0] in last[0]
    assert RULES[1] not in text_of(model.requests[0])
    assert RULES[1] in last[1]


def test_code_that_seems_wrong_goes_back_at_once(request_):
    model = Model(fenced(OPEN), fenced(LIGHT.replace(", delay=2", "")), fenced(LIGHT))
    result = RuleCoder(model).write(request_)
    assert result.requests == 3
    assert "the rule says 2" in model.requests[2].messages[-1].content
    assert "delay=2" in result.script


def test_code_that_can_run_is_kept_when_later_answers_cannot(request_):
    one = dataclasses.replace(request_, rules=RULES[1:])
    doubtful = LIGHT.replace(", delay=2", "")
    result = RuleCoder(Model(fenced(doubtful), fenced("if once(\n"), fenced("if once(\n"))).write(one)
    assert pieces(result.script)[1][0].strip() == doubtful


def test_repair_writes_only_the_rule_that_failed(request_):
    first = RuleCoder(Model(fenced(OPEN), fenced(LIGHT))).write(request_)
    line = next(n for n, text in enumerate(first.script.splitlines(), 1) if '["on"] = True' in text)
    again = dataclasses.replace(request_, previous=Attempt(first.script, f"line {line}: wrong"))
    model = Model(fenced(LIGHT.replace("True", "1")))
    second = RuleCoder(model).write(again)
    assert second.requests == 1
    assert RULES[1] in model.requests[0].messages[-1].content
    assert "wrong" in model.requests[0].messages[-1].content
    codes = [code.strip() for code, _ in pieces(second.script).values()]
    assert codes == [OPEN, LIGHT.replace("True", "1")]


def test_a_critic_who_names_no_line_has_every_rule_written_again(request_):
    first = RuleCoder(Model(fenced(OPEN), fenced(LIGHT))).write(request_)
    again = dataclasses.replace(request_, previous=Attempt(first.script, "the door stayed shut"))
    assert RuleCoder(Model(fenced(OPEN), fenced(LIGHT))).write(again).requests == 2


def test_a_goal_without_rules_is_written_as_a_whole(request_):
    model = Model(fenced("import bpy\nbpy.data.objects['Ball'].location.z = 2"))
    result = RuleCoder(model).write(dataclasses.replace(request_, rules=(), goal="lift the ball"))
    assert "lift the ball" in text_of(model.requests[0])
    assert result.coder == "local"


def test_small_models_are_asked_for_repeatable_answers(request_):
    model = Model(fenced(OPEN), fenced(LIGHT))
    RuleCoder(model).write(request_)
    parameters = model.requests[0].parameters
    assert (parameters["temperature"], parameters["seed"]) == (0.0, 0)
    assert parameters["extra_body"]["cache_prompt"] is True
    assert '\\"Trigger\\"' in model.requests[0].grammar
    assert '\\"Marble\\"' not in model.requests[0].grammar


def test_an_answer_that_is_cut_off_is_asked_for_once_more(request_):
    class Endless(Model):
        def complete(self, request, on_text=None):
            if len(self.answers) == 3:
                self.answers.pop(0)
                raise ModelError("truncated", "cut off", "shorten")
            return super().complete(request, on_text)

    result = RuleCoder(Endless("", fenced(OPEN), fenced(LIGHT))).write(request_)
    assert OPEN in result.answer
    with pytest.raises(CoderError, match="no Python"):
        RuleCoder(Model("Sorry.", "Sorry.", "Sorry.")).write(request_)
