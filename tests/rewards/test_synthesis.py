"""Goals in English become rewards, are sent back with what is wrong, or are refused in words."""

import pytest

from addon.models import ChatAnswer, Picture
from addon.rewards import parse
from addon.rewards.synthesis import (
    CAUTION,
    REPAIRS,
    RewardRefusedError,
    Synthesis,
    examples,
    near_vocabulary,
    refusal_of,
    said_in,
    with_refusal,
)
from addon.rewards.unsaid import unsaid
from addon.scene_graph import Primitive, RigidBody, SceneGraph, SceneObject

SCENE = SceneGraph(
    objects=tuple(
        SceneObject(name=name, geometry=Primitive(kind="sphere", dimensions=(1, 1, 1)), body=RigidBody())
        for name in ("Ball", "Bucket", "Lamp")
    )
)
HIT = 'EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Bucket"})'
MISS = 'NOT(EVENT("CollisionStart", {"a_id": "Ball", "b_id": "Lamp"}))'


class Said:
    """A model that says one answer after the other."""

    def __init__(self, *answers):
        self.answers, self.requests = list(answers), []

    def complete(self, request, on_text=None):
        self.requests.append(request)
        return ChatAnswer(self.answers[len(self.requests) - 1], "stop", 10, 5)


def test_an_answer_becomes_a_reward_that_is_read_back():
    chat = Said(f"```dsl\n{HIT}\n```")
    made = Synthesis(chat, "m").reward("Ball hits  Bucket", SCENE)
    assert made.expression == parse(HIT)
    assert made.english == "At least once, Ball begins to touch Bucket."
    assert (made.goal, made.requests, made.prompt_tokens, made.attempts) == ("Ball hits Bucket", 1, 10, ())
    asked = chat.requests[0]
    assert asked.prompt.startswith("reward ")
    assert not asked.grammar
    assert "Ball hits Bucket" in asked.messages[-1].content
    assert "- Ball: " in asked.messages[-1].content


def test_what_is_wrong_goes_back_in_words_and_a_mended_answer_counts():
    chat = Said('EVENT("Colision")', HIT)
    made = Synthesis(chat, "m").reward("Ball hits Bucket", SCENE)
    assert made.requests == 2
    assert "there is no event 'Colision'" in made.attempts[0][1]
    assert "there is no event 'Colision'" in chat.requests[1].messages[-1].content
    assert made.expression == parse(HIT)


def test_the_loop_is_bounded_and_ends_early_where_nothing_new_comes():
    with pytest.raises(RewardRefusedError, match="no reward was made of 'Ball hits Bucket'") as found:
        Synthesis(Said(*(f'EVENT("X{k}")' for k in range(9))), "m").reward("Ball hits Bucket", SCENE)
    assert len(found.value.attempts) == REPAIRS + 1
    with pytest.raises(RewardRefusedError) as found:
        Synthesis(Said("huh", "huh"), "m").reward("Ball hits Bucket", SCENE)
    assert len(found.value.attempts) == 2


def test_who_insists_on_what_may_leave_something_out_is_taken_at_its_word_and_the_doubt_is_told():
    chat = Said(HIT, HIT)
    made = Synthesis(chat, "m").reward("Ball hits Bucket but never Lamp", SCENE)
    assert made.expression == parse(HIT)
    assert "'never'" in made.remarks[-1]
    assert "write it again unchanged" in chat.requests[1].messages[-1].content
    mended = f"AND({HIT}, {MISS})"
    assert Synthesis(Said(HIT, mended), "m").reward("Ball hits Bucket but never Lamp", SCENE).remarks == ()
    with pytest.raises(RewardRefusedError, match="'never'"):
        Synthesis(Said(HIT, HIT), "m", small=True).reward("Ball hits Bucket but never Lamp", SCENE)


def test_a_refusal_is_told():
    with pytest.raises(RewardRefusedError, match="cannot be said: nobody can hear it") as found:
        Synthesis(Said("CANNOT: nobody can hear it."), "m").reward("Make a nice sound", SCENE)
    assert (found.value.kind, found.value.is_input) == ("cannot", True)


@pytest.mark.parametrize("goal", ["", " ", "?!", "x" * 2001])
def test_a_goal_that_is_none_asks_no_model(goal):
    with pytest.raises(RewardRefusedError, match="the goal"):
        Synthesis(Said(), "m").reward(goal, SCENE)


def test_a_small_model_is_held_to_a_grammar_of_few_events():
    chat = Said(HIT)
    made = Synthesis(chat, "m", small=True).reward("Ball hits Bucket", SCENE)
    assert CAUTION in made.remarks
    assert CAUTION not in Synthesis(Said(HIT), "m").reward("Ball hits Bucket", SCENE).remarks
    grammar = chat.requests[0].grammar
    assert grammar.startswith('root ::= deep | "CANNOT: "')
    assert "Ball" in grammar
    assert len(near_vocabulary("Ball bounces").kinds) < 20
    assert "Bounce" in {k.uid for k in near_vocabulary("Ball bounces off Bucket").kinds}
    assert with_refusal("root ::= deep\n").count("root") == 1


def test_pictures_go_along():
    chat = Said(HIT)
    picture = Picture(b"\x89PNG\r\n\x1a\n")
    Synthesis(chat, "m").reward("Ball hits Bucket", SCENE, [picture])
    assert picture in chat.requests[0].messages[-1].content


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("<think>a ball</think>\n" + HIT, HIT),
        (f"Here:\n```\n{HIT}\n```\nThat is it.", HIT),
        (f"<answer>{HIT}</answer>", HIT),
        ("CANNOT: no such thing", "CANNOT: no such thing"),
    ],
)
def test_the_expression_in_an_answer(answer, said):
    assert said_in(answer) == said
    assert (refusal_of(said) is not None) == said.startswith("CANNOT")


@pytest.mark.parametrize(
    ("goal", "expression", "words"),
    [
        ("Ball hits Bucket but never Lamp", HIT, "'never'"),
        ("Ball hits Bucket but never Lamp", f"AND({HIT}, {MISS})", ""),
        ("Ball hits Bucket exactly twice", HIT, "'exactly twice'"),
        ("Ball hits Bucket at least once", HIT, ""),
        ("Ball hits Bucket, then Lamp", HIT, "'then'"),
        ("Ball lies at Bucket at the end", HIT, "'at the end'"),
        ("Ball lies at Bucket at the end", 'TOUCHING("Ball", "Bucket", 1)', ""),
        ("Ball hits Bucket within 2 seconds", HIT, "'2 seconds'"),
        ("Ball hits Bucket in the first half", HIT[:-1] + ", until=0.5)", ""),
        ("Ball hits Lamp", HIT, "nothing of 'Lamp'"),
        ("Ball hits Lamp", 'EVENT("CollisionStart")', ""),
        ("Ball hits Bucket, I don't mind how often", HIT, ""),
        ("Ball doesn't touch Bucket", HIT, "'doesn't touch'"),
        ("Ball hits Bucket before the run is over", HIT, ""),
        ("Ball may hit Bucket only once it is still", HIT, ""),
        ("Ball hits Bucket only once.", HIT, "'only once'"),
        ("Ball hits Bucket three times", 'COUNT("CollisionStart", 2)', "no count of the reward is of 3"),
        ("Ball hits Bucket at least three times", 'GT("CollisionStart", 2)', ""),
        ("Ball hits Bucket twice", 'COUNT("CollisionStart", 2)', ""),
        ("Ball hits Lamp at 5 m/s", 'EVENT("CollisionStart")', "'5 m/s', and no number"),
    ],
)
def test_what_a_goal_says_plainly_is_not_dropped(goal, expression, words):
    found = unsaid(goal, parse(expression), SCENE)
    assert (words in found) if words else not found


def test_the_worked_examples_are_right_themselves():
    for one in examples():
        objects = tuple(
            SceneObject(name=name, geometry=Primitive(kind="cube", dimensions=(1, 1, 1)), body=RigidBody())
            for name in one["objects"]
        )
        if refusal_of(one["reward"]) is None:
            chat = Said(one["reward"])
            assert Synthesis(chat, "m").reward(one["goal"], SceneGraph(objects=objects)).requests == 1
