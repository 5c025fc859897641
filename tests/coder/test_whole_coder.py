import dataclasses

import pytest

from addon.coder import Attempt, CoderError, CodingRequest, PasteCoder, WholeCoder
from addon.coder.examples import examples
from addon.coder.link import link
from addon.coder.whole_coder import FIRST, left_out, numbered
from addon.executor import check, language_reference, run_plain
from addon.models import ChatAnswer, ModelError, render
from addon.scene_graph import scene_text

OBJECTS = {"Ball": True, "Crate": True, "Trigger": None, "Door": None, "Lamp": {"on": False}}
RULES = ("When Ball hits Trigger, open Door.", "2 seconds after Crate hits Trigger, turn on Lamp.")
OPEN = 'if once("open", touched("Ball", "Trigger")):\n    fired(1)\n    open_door("Door")'
LIGHT = 'if once("on", touched("Crate", "Trigger"), delay=2):\n    fired(2)\n    objects["Lamp"]["on"] = True'
WHOLE = f"```python\n{OPEN}\n{LIGHT}\nadvance_motions()\n```"
HAS_MARKS = run_plain("fired(1)", [{"name": "A"}], 1).error is None
MARKS = "" if HAS_MARKS else "def fired(rule):\n    pass\n\n\n"
"""What an executor that knows no marks needs."""


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


@pytest.fixture
def request_(scene):
    graph = scene(OBJECTS)
    return CodingRequest(graph, scene_text(graph), RULES, "", graph.world.dt, language_reference())


def text_of(request):
    return "\n".join(m.content for m in request.messages)


def refused(request, *answers):
    with pytest.raises(CoderError) as caught:
        WholeCoder(Model(*answers), "big").write(request)
    return caught.value


def test_the_whole_script_in_one_request(request_):
    model = Model(WHOLE)
    heard = []
    result = WholeCoder(model, "big").write(request_, heard.append)
    check(result.script)
    assert result.script.endswith("advance_motions()\n")
    assert (result.prompt_tokens, result.completion_tokens, result.requests) == (100, 10, 1)
    assert (result.model, result.coder) == ("big", "openai")
    assert result.prompt_version.startswith("transition_script ")
    assert heard == [result.answer]
    sent = text_of(model.requests[0])
    assert all(f"{number}. {rule}" in sent for number, rule in enumerate(RULES, 1))
    assert request_.scene_text.strip() in sent
    assert request_.reference.strip() in sent


def test_a_goal_goes_along_with_rules(request_):
    model = Model(WHOLE)
    WholeCoder(model, "big").write(dataclasses.replace(request_, goal="the lamp is on"))
    assert "the lamp is on" in text_of(model.requests[0])


def test_a_rule_is_one_line_of_the_prompt(request_):
    model = Model(WHOLE)
    WholeCoder(model, "big").write(dataclasses.replace(request_, rules=("Open\n\n3. Door", RULES[1])))
    assert "1. Open 3. Door\n2. 2 seconds" in text_of(model.requests[0])


def test_the_problem_is_told_with_the_script(request_):
    model = Model(WHOLE)
    previous = Attempt("x = os.listdir()\n", "line 1: there is nothing called 'os'")
    WholeCoder(model, "big").write(dataclasses.replace(request_, previous=previous))
    roles = [m.role for m in model.requests[0].messages]
    assert roles == ["system", "user", "assistant", "user"]
    assert previous.script.strip() in model.requests[0].messages[2].content
    assert previous.problem in model.requests[0].messages[3].content


REFUSALS = {
    "alone": "```python\n# CANNOT: rule 1: there is no sound\n```",
    "without a block": "# CANNOT: rule 1: there is no sound",
    "in prose": "I looked at it.\n\n**CANNOT:** rule 1: there is no sound",
    "before code": f"```python\n# CANNOT: rule 1: there is no sound\n{LIGHT}\n```",
    "between code": f"```python\n{LIGHT}\n\n# CANNOT: rule 1: there is no sound\nadvance_motions()\n```",
    "inside a block of code": f"```python\n{LIGHT}\nif now > 1:\n    # CANNOT rule 1: there is no sound\n    pass\n```",
    "before a block": f"# CANNOT: rule 1: there is no sound\n\n{WHOLE}",
    "after a block": f"{WHOLE}\n\nCANNOT: rule 1: there is no sound",
    "over two lines": f"```python\n# CANNOT: rule 1: there\n# is no sound\n{LIGHT}\n```",
    "after thinking": "<think>CANNOT: hm</think>\n# cannot: rule 1: there is no sound",
}


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_is_told_and_nothing_is_run(request_, answer):
    error = refused(request_, answer)
    assert (error.kind, error.is_input) == ("cannot", True)
    assert "rule 1: there is no sound" in error.reason
    assert "hm" not in error.reason


def test_several_refusals_are_all_told(request_):
    error = refused(request_, "# CANNOT: rule 1: no sound\n\n# CANNOT: rule 2: no smell\n")
    assert "rule 1: no sound; rule 2: no smell" in error.reason


@pytest.mark.parametrize("reason", ["\x1b[31mred\x07", "turned \u202e round", "x" * 5000, "a\u2028b", "", "```"])
def test_a_reason_is_safe_to_show(request_, reason):
    told = str(refused(request_, f"# CANNOT: {reason}\n"))
    assert told.isprintable()
    assert len(told) < 500


@pytest.mark.parametrize(
    "harmless",
    [
        "# It cannot be more than 3\n",
        "# 1. The door that cannot open: opens\n",
        'print("# CANNOT: x")\n',
        "# CANNOTATION: none\n",
    ],
)
def test_other_words_are_no_refusal(request_, harmless):
    assert WholeCoder(Model(WHOLE.replace("python\n", f"python\n{harmless}")), "big").write(request_).script


NO_SCRIPTS = {
    "": "empty",
    " \n": "empty",
    "I am sorry.": "prose",
    "Open sesame \x1b[31m " * 200: "prose",
    "```json\n{}\n```": "prose",
    WHOLE.removesuffix("\n```"): "truncated",
    f"```python\n{OPEN}\n```\nand then\n```python\n{LIGHT}": "truncated",
    "```python\n# nothing to do\n```": "empty",
    '```python\n"""Nothing."""\npass\n```': "empty",
}


@pytest.mark.parametrize(("answer", "kind"), NO_SCRIPTS.items(), ids=range(len(NO_SCRIPTS)))
def test_what_is_no_whole_script_is_told(request_, answer, kind):
    error = refused(request_, answer)
    assert (error.kind, error.is_input) == (kind, False)
    assert str(error).isprintable()
    assert len(str(error)) < 500


def test_a_rule_that_is_left_out_is_asked_for_once_more(request_):
    model = Model(f"```python\n{OPEN}\n```", WHOLE)
    result = WholeCoder(model, "big").write(request_)
    assert result.requests == 2
    assert f"rule 2 ('{RULES[1]}')" in model.requests[1].messages[-1].content
    assert f"rule 1 ('{RULES[0]}')" not in model.requests[1].messages[-1].content
    error = refused(request_, f"```python\n{OPEN}\n```", f"```python\n{OPEN}\n```")
    assert error.kind == "incomplete"
    assert RULES[1] in error.reason


@pytest.mark.parametrize(
    ("script", "missing"),
    [
        ("fired(1)\nfired(2)\n", ()),
        ("def two():\n    fired(2)\n\n\nif now > 1:\n    fired(1)\n    two()\n", ()),
        ("fired(2)\n", (1,)),
        ("x = 1\n", (1, 2)),
        ("fired(3)\n", (1, 2)),
        ("for n in (1, 2):\n    fired(n)\n", ()),
        ("if x\n", ()),
        ("# fired(1)\nx = 'fired(2)'\n", (1, 2)),
    ],
)
def test_rules_that_a_script_never_marks(script, missing):
    told = left_out(script, RULES) or ""
    assert [n for n, rule in enumerate(RULES, 1) if rule in told] == list(missing)


def test_a_goal_needs_no_marks(request_):
    goal = dataclasses.replace(request_, rules=(), goal="lift the ball")
    result = WholeCoder(Model("```python\nobjects['Ball'].velocity.z = now\n```"), "big").write(goal)
    check(result.script)
    assert run_plain(result.script, [{"name": "Ball"}], 2).error is None


def test_examples_are_rules_of_one_script():
    shown = [numbered(example, number) for number, example in enumerate(examples(), FIRST)]
    script = "\n".join(example.code for example in shown)
    check(link(script))
    assert left_out(script, [""] * (FIRST - 1 + len(shown))).count("('')") == FIRST - 1
    names = [line.split('"')[1] for line in script.splitlines() if "once(" in line or "later(" in line]
    assert len(set(names)) == len(names)


def test_the_script_in_the_prompt_is_whole():
    script = render("transition_script", "whole")
    check(link(script))
    assert script.strip().splitlines()[-1] == "advance_motions()"
    assert left_out(script, [""] * (FIRST - 1)) is None


def test_the_script_in_the_prompt_does_what_its_rules_say(scene, play):
    names = ("Marble", "Plate", "Puck", "Post", "Egg", "Pan", "Spoon", "Cork", "Ring", "Pin", "Bell", "Ball", "Scale")
    objects = dict.fromkeys((*names, "Gate", "Shelf", "Weight", "Wheel", "Coil", "Dial", "Bulb"))
    graph = scene(objects | {"Bolt": "free", "Lamp": {"on": False}, "Fan": {"on": False}})
    touches = [("Egg", "Pan", 4, 5), ("Ball", "Scale", 10, 19), ("Cork", "Ring", 5, 5), ("Pin", "Bell", 8, 9)]
    touches += [("Puck", "Post", frame, frame) for frame in (10, 20, 30)]
    written = play(MARKS + link(render("transition_script", "whole")), graph, touches, 120)
    assert written["Lamp", "property.on"] == [(4, True)]
    assert written["Fan", "property.on"] == [(1, False), (10, True), (20, False)]
    assert [frame for frame, _ in written["Puck", "velocity"]] == [10, 20, 30]
    assert written["Weight", "rigid_body.kinematic"] == [(30, False)]
    assert written["Shelf", "location"][0][0] == 8
    assert written["Wheel", "rotation_quaternion"][0][0] == 101
    assert written["Lamp", "material.emission_strength"] == [(4, 5.0)]
    assert written["Bolt", "force"] == [(10, (-6.0, 0.0, 0.0))]
    assert written["Dial", "material.color"][-1] == (44, (1.0, 0.0, 0.0, 1.0))
    assert [frame for frame, _ in written["Bulb", "material.emission_strength"][:3]] == [5, 15, 25]
    assert ("Gate", "location") not in written


def test_prompts_and_answers_are_files(request_, tmp_path):
    coder = PasteCoder(tmp_path)
    with pytest.raises(ModelError, match="run the same command again"):
        coder.write(request_)
    (prompt,) = tmp_path.iterdir()
    assert all(rule in prompt.read_text(encoding="utf-8") for rule in RULES)
    answer = coder.folder.answer
    answer.write_text("Sorry.")
    with pytest.raises(CoderError, match=answer.name):
        coder.write(request_)
    answer.write_text(WHOLE)
    result = PasteCoder(tmp_path).write(request_)
    check(result.script)
    assert (result.coder, result.model, result.requests) == ("paste", "chat page", 1)
    again = dataclasses.replace(request_, previous=Attempt(result.script, "line 3: wrong"))
    with pytest.raises(ModelError):
        coder.write(again)
    assert len(list(tmp_path.glob("prompt-*.md"))) == 2
