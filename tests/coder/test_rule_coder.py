import dataclasses

import pytest

from addon.coder import CoderError, CodingRequest, CodingResult, RuleCoder
from addon.coder.link import pieces
from addon.executor import check
from addon.rules import Reading, Refusal
from addon.scene_graph import scene_text

OBJECTS = {"Ball": True, "Crate": True, "Trigger": None, "Door": None, "Lamp": {"on": False}, "Board": {"hits": 0}}
RULES = ("When Ball hits Trigger, open Door.", "2 seconds after Crate hits Trigger, turn on Lamp.")
UNREAD = "When Ball hits Trigger, make it rain."


class Whole:
    """A model that writes whole scripts and keeps what it was asked."""

    model = "big"

    def __init__(self):
        self.asked = []

    def write(self, request, on_text=None):
        self.asked.append(request)
        return CodingResult("x = 1\n", "", 1, 1, "big", "openai", None, 1)


class Chosen:
    """Stands for a model that chooses among readings; keeps what it was asked."""

    prompt = "rule_reading@1"

    def __init__(self, answer=None):
        self.asked, self.answer = [], answer

    def __call__(self, refusal, vocabulary, on_text=None):
        self.asked.append(refusal.text)
        return self.answer(refusal, vocabulary) if self.answer else refusal

    def taken(self):
        return []


@pytest.fixture
def request_(scene):
    graph = scene(OBJECTS, ["Hook"])
    return CodingRequest(graph, scene_text(graph), RULES, "", graph.world.dt)


def asked(request_, *rules, goal=""):
    return dataclasses.replace(request_, rules=rules, goal=goal)


def codes(result):
    return [code for code, _ in pieces(result.script).values()]


def test_rules_that_words_settle_need_no_model(request_):
    chosen, whole = Chosen(), Whole()
    result = RuleCoder("local", "small", choose=chosen, free=whole).write(request_)
    check(result.script)
    first, second = codes(result)
    assert 'once("it", touched("Ball", "Trigger"))' in first
    assert 'open_door("Door")' in first
    assert "delay=2" in second
    assert (chosen.asked, whole.asked, result.requests, result.prompt_version) == ([], [], 0, None)
    assert (result.coder, result.model, result.answer) == ("local", "small", "")


def test_each_rule_is_told_as_it_was_understood(request_):
    first, second = RuleCoder("template").write(request_).understood
    assert (first.number, first.text, first.way) == (1, RULES[0], "words")
    assert first.sentence == "once Ball touches Trigger → Door opens within 0.5 s"
    assert second.sentence == "2 s after Crate touches Trigger → Lamp turns on"
    assert len(second.rules) == 1


def test_every_rule_marks_that_it_acts(request_):
    for code in codes(RuleCoder("template").write(request_)):
        assert "fires(rule)" in code


def test_a_refusal_names_every_rule_that_is_not_understood(request_):
    others = "Paint Door green.", RULES[0], "Wenn Ball Trigger berührt, öffne Door."
    with pytest.raises(CoderError) as caught:
        RuleCoder("template").write(asked(request_, *others))
    assert (caught.value.kind, caught.value.is_input) == ("rule", True)
    assert others[0] in caught.value.reason
    assert others[2] in caught.value.reason
    assert RULES[0] not in caught.value.reason
    assert "'berührt'" in caught.value.reason
    assert "other words" in caught.value.advice


def test_a_long_list_of_refusals_is_cut(request_):
    with pytest.raises(CoderError) as caught:
        RuleCoder("template").write(asked(request_, *(f"Sing song {n}." for n in range(40))))
    assert len(caught.value.reason.splitlines()) == 8


@pytest.mark.parametrize("rules", [(UNREAD,), (RULES[0], UNREAD, "Sing."), (UNREAD, *RULES)])
def test_the_free_way_is_asked_once_for_the_whole_script(request_, rules):
    whole, wanted = Whole(), asked(request_, *rules)
    result = RuleCoder("openai", "big", free=whole).write(wanted)
    assert whole.asked == [wanted]
    assert result.script == "x = 1\n"


def test_the_free_way_is_not_asked_where_all_is_read(request_):
    whole = Whole()
    assert RuleCoder("openai", "big", free=whole).write(request_).requests == 0
    assert whole.asked == []


def test_a_goal_is_one_more_rule(request_):
    result = RuleCoder("template").write(asked(request_, goal="Open Door after 2 s."))
    assert [one.text for one in result.understood] == ["Open Door after 2 s."]
    both = RuleCoder("template").write(asked(request_, RULES[0], goal="Open Door after 2 s."))
    assert [one.number for one in both.understood] == [1, 2]
    with pytest.raises(CoderError, match="lift the ball high"):
        RuleCoder("template").write(asked(request_, RULES[0], goal="lift the ball high"))


def test_a_goal_that_is_not_read_goes_the_free_way_with_the_rules(request_):
    whole, wanted = Whole(), asked(request_, RULES[0], goal="make it nice")
    RuleCoder("openai", free=whole).write(wanted)
    assert whole.asked == [wanted]


def test_only_what_words_leave_open_goes_to_the_model(request_):
    def answer(refusal, vocabulary):
        found = RuleCoder("template")._read("open Door when Ball touches Trigger", vocabulary, None)
        return Reading(refusal.text, found.rules, "model")

    chosen = Chosen(answer)
    result = RuleCoder("local", "small", choose=chosen).write(asked(request_, *RULES, UNREAD))
    assert chosen.asked == [UNREAD]
    assert [one.way for one in result.understood] == ["words", "words", "model"]
    assert result.understood[2].sentence == "once Ball touches Trigger → Door opens within 0.5 s"


def test_what_the_model_leaves_open_is_refused(request_):
    with pytest.raises(CoderError, match="make it rain"):
        RuleCoder("local", "small", choose=Chosen()).write(asked(request_, *RULES, UNREAD))


PUSH = "When Ball hits Trigger, launch Crate with velocity (1, 0, 2)."


@pytest.mark.parametrize("place", [0, 1])
def test_a_body_that_one_rule_lets_go_can_be_launched_by_another(request_, place):
    with pytest.raises(CoderError, match="Crate is held"):
        RuleCoder("template").write(asked(request_, PUSH))
    rules = [PUSH]
    rules.insert(place, "After 1 s, release Crate.")
    assert "velocity = (1, 0, 2)" in RuleCoder("template").write(asked(request_, *rules)).script


def test_a_body_that_one_rule_holds_can_be_let_go_by_another(scene, request_):
    graph = scene({"Ball": True, "Trigger": None})
    ball = graph.objects[0]
    free = ball.model_copy(update={"rigid_body": ball.body.model_copy(update={"kinematic": False})})
    graph = graph.model_copy(update={"objects": (free, *graph.objects[1:])})
    request_ = dataclasses.replace(request_, graph=graph)
    release = "After 1 s, release Ball."
    with pytest.raises(CoderError, match="Ball"):
        RuleCoder("template").write(asked(request_, release))
    RuleCoder("template").write(asked(request_, release, "When Ball touches Trigger, hold Ball."))


def test_the_script_of_a_repair_is_the_same(request_):
    """Readings do not hang on how a script failed."""
    first = RuleCoder("template").write(request_)
    previous = dataclasses.replace(request_, previous="anything")
    assert RuleCoder("template").write(previous).script == first.script


def test_a_way_of_its_own_reads_every_rule(request_):
    heard = []

    def always(rule, vocabulary, on_text):
        heard.append(rule)
        return Refusal(rule, "no")

    with pytest.raises(CoderError):
        RuleCoder("chance", always=always).write(request_)
    assert heard == list(RULES)
