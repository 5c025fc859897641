"""The language agent: what it asks, what it is told of a failure, and answers without an action."""

import pytest

from addon.models import ChatAnswer, ModelError, Picture
from addon.patterns.annotation import annotate
from headless.benchmarks.puzzles.actions import QUANTISED
from headless.benchmarks.puzzles.agents.language import LanguageAgent, standard_error
from headless.benchmarks.puzzles.play import play
from headless.benchmarks.puzzles.scene import Thing, box
from headless.benchmarks.puzzles.talks import play_all
from headless.benchmarks.puzzles.task import Task
from headless.benchmarks.puzzles.told import what_happened
from headless.evaluation.recorded import Model
from headless.planar import Blueprint, record

TASK = Task(
    "90:000",
    "shelf",
    (
        Thing("bar", 60, 100, polygons=(box(120, 6),)),
        Thing("ball", 112, 111, radius=8, dynamic=True, role="goal_object"),
        Thing("bar", 190, 3, polygons=(box(132, 6),), role="goal_target"),
    ),
)
WINS = [n for n, a in enumerate(QUANTISED, 1) if TASK.is_valid(a) and TASK.outcome(a).solved]
LOSES = [n for n, a in enumerate(QUANTISED, 1) if TASK.is_valid(a) and not TASK.outcome(a).solved]


def agent(chat, kind="annotation", small=False):
    return LanguageAgent(0, Model("m", small, lambda key: chat), kind)


class Said:
    def __init__(self, *answers):
        self.answers, self.requests = list(answers), []

    def complete(self, request, on_text=None):
        if len(self.requests) == len(self.answers):
            raise ModelError("paste", "the prompt is in a file", "answer it")
        self.requests.append(request)
        return ChatAnswer(self.answers[len(self.requests) - 1], "stop", 0, 0)


def test_it_asks_tells_what_was_seen_and_ends_once_solved():
    chat = Said(f"It rolls. ACTION: {LOSES[0]}", f"Now it tips.\nACTION: {WINS[0]}")
    game, _ = play(agent(chat), TASK, 12)
    assert (game.solved_at, len(game.actions), game.invalid) == (2, 2, 0)
    first, second = (request.messages for request in chat.requests)
    assert "green ball 5" in first[1].content
    assert f"\n{WINS[0]}: (" in first[1].content
    told = second[-1].content
    assert f"Action {LOSES[0]} did not solve it" in told
    assert "red ball 7" in told
    assert f"Tried so far: {LOSES[0]}. Choose another action of the list. You have 11 attempts left." in told
    assert chat.requests[0].prompt.startswith("puzzle_action ")


def test_actions_without_room_are_not_offered():
    chat = Said(f"ACTION: {LOSES[0]}")
    with pytest.raises(ModelError):
        play(agent(chat), TASK, 12)
    offered = chat.requests[0].messages[1].content
    for number, action in enumerate(QUANTISED, 1):
        assert (f"\n{number}: (" in offered) == TASK.is_valid(action)


@pytest.mark.parametrize(
    ("kind", "pictures", "events"), [("frames", 1, False), ("both", 1, True), ("nothing", 0, False)]
)
def test_what_is_shown_of_a_failure(kind, pictures, events):
    chat = Said(f"ACTION: {LOSES[0]}", f"ACTION: {WINS[0]}")
    play(agent(chat, kind), TASK, 12)
    parts = chat.requests[1].messages[-1].parts
    assert sum(isinstance(part, Picture) for part in parts) == pictures
    assert ("What was seen, each with its time" in parts[0]) == events
    assert chat.requests[0].has_pictures == bool(pictures)


def test_a_summary_is_asked_of_the_model_itself():
    chat = Said(f"ACTION: {LOSES[0]}", "The red ball fell beside it.", f"ACTION: {WINS[0]}")
    play(agent(chat, "summary"), TASK, 12)
    assert "Say in at most three sentences" in chat.requests[1].messages[-1].content
    assert "in short: The red ball fell beside it." in chat.requests[2].messages[-1].content


def test_an_answer_without_a_usable_action_is_sent_back_and_then_given_up(tmp_path):
    chat = Said("hm", "ACTION: 99", f"ACTION: {WINS[0]}")
    assert play(agent(chat), TASK, 12)[0].solved_at == 1
    assert "Action 99 cannot be chosen" in chat.requests[2].messages[-1].content
    played = play_all(agent(Said("a", "b", "c")), [TASK], tmp_path)
    assert played.results.without_result == 1
    assert played.errors.success == 0.0


def test_a_small_model_is_held_to_an_action_that_is_left():
    chat = Said(f"It falls on it there. \nACTION: {LOSES[0]}", f"ACTION: {WINS[0]}")
    play(agent(chat, small=True), TASK, 12)
    assert f'"{LOSES[0]}"' in chat.requests[0].grammar
    assert f'"{LOSES[0]}"' not in chat.requests[1].grammar


def test_tasks_without_an_answer_wait_and_nothing_is_written_as_a_result(tmp_path):
    played = play_all(agent(Said()), [TASK], tmp_path)
    assert (played.results, [name for name, _ in played.pending]) == (None, ["90:000"])
    assert not (tmp_path / "results.json").exists()
    done = play_all(agent(Said(f"ACTION: {WINS[0]}")), [TASK], tmp_path)
    assert (done.errors.success, done.errors.attempts) == (1.0, 1.0)
    assert (tmp_path / "results.json").exists()
    assert standard_error([1.0, 0.0]) == pytest.approx(0.5)


def test_what_happened_is_short_in_order_and_in_units():
    trace = record(Blueprint.of(TASK.scene_with(QUANTISED[LOSES[0] - 1])), 1000, "all")
    lines = what_happened(trace, 6).splitlines()
    times = [float(line.split()[1]) for line in lines]
    assert times == sorted(times)
    assert len(lines) <= 6 < len(annotate(trace).activations)
    everything = what_happened(trace, 1000)
    assert " units" in everything
    assert not any(word in everything for word in (" m ", " m.", " m/s"))
