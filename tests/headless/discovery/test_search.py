"""The search: rounds, resume, what answers cannot do, and that the same seed gives the same."""

import json
from functools import partial

import pytest

from addon.executor import ScriptError
from addon.models import ModelError
from headless.discovery.discover import Gain, ancestors, discover
from headless.discovery.errors import DiscoveryError
from headless.discovery.labels import Label
from headless.discovery.matching import Mark
from headless.discovery.programs import Fitness, Program
from headless.discovery.report import write_report
from headless.discovery.search import Search, agreed, told
from headless.discovery.settings import Settings

from .scripted import (
    DEEP,
    ENDLESS,
    HALVES,
    HUGE,
    IMPORTS,
    NOTHING,
    TURN,
    TURNS,
    Scripted,
    answer,
    pattern,
    trace_set,
    turn_after,
)

LABEL = Label("BodyTurnsRound", "body turns round", "a moving body turns round")
OTHER = Label("BodyGoesBack", "body goes back", "a moving body goes back to where it was")
SETTINGS = Settings(budget=6, islands=2, reset=4, threshold=0.0)
GOOD = [answer(turn_after(k)) for k in (8, 3, 0)]


def search(folder, script, **changes):
    options = {"traces": trace_set(), "settings": SETTINGS, "seed": 1, "folder": folder} | changes
    return Search(label=LABEL, model=script.model, **options)


def found(folder, script, labels=(LABEL,), settings=SETTINGS, **options):
    done = discover(labels, trace_set(), script.model, settings, 1, folder, **options)
    if done.discovery is not None:
        write_report(done.discovery, folder)
    return done


def kept(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_shortest_of_detectors_that_find_the_same_wins(tmp_path):
    done = found(tmp_path, Scripted(*GOOD))
    (outcome,) = done.discovery.outcomes
    assert outcome.verdict == "accepted"
    assert outcome.source == TURN
    assert outcome.program == 3
    assert [p["number"] for p in outcome.programs] == list(range(1, 7))
    assert list(outcome.best_by_request) == sorted(outcome.best_by_request)
    assert outcome.cost.requests == 6
    assert outcome.cost.prompt_tokens > 6 * 500
    assert outcome.events[0].trace == "turn 7"
    assert [r.after for r in outcome.resets] == [4]


def test_accepted_detectors_come_with_their_lineage(tmp_path):
    found(tmp_path, Scripted(*GOOD))
    data = json.loads((tmp_path / "accepted" / "BodyTurnsRound.json").read_text())
    assert (tmp_path / "accepted" / "BodyTurnsRound.py").read_text() == TURN
    assert data["parameters"] == {
        "object": {"kind": "body", "text": "what turns"},
        "speed": {"kind": "number", "text": ""},
    }
    programs = data["lineage"]["programs"]
    assert programs[-1]["number"] == 3
    assert all(len(p["prompt_sha256"]) == len(p["answer_sha256"]) == 64 for p in programs)
    assert data["lineage"]["fitness"]["nu"] == programs[-1]["fitness"]["nu"]


def test_ancestors():
    parents = {1: (0,), 2: (1, 0), 3: (0,), 5: (2, 4), 4: (2,), 6: (3,)}
    programs = {n: Program(number=n, island=0, source="", parents=of) for n, of in parents.items()}
    assert ancestors(5, programs) == [1, 2, 4, 5]
    assert ancestors(0, programs) == []


def test_the_same_seed_gives_the_same_bytes_and_another_one_other_draws(tmp_path):
    for name in "ab":
        found(tmp_path / name, Scripted(*GOOD))
    assert kept(tmp_path / "a") == kept(tmp_path / "b")
    one, other = (Scripted(*GOOD) for _ in "ab")
    discover((LABEL,), trace_set(), one.model, SETTINGS, 1, tmp_path / "c")
    discover((LABEL,), trace_set(), other.model, SETTINGS, 2, tmp_path / "d")
    assert [r.messages for _, r in one.requests] != [r.messages for _, r in other.requests]


@pytest.mark.parametrize("stop", [1, 4])
def test_a_search_that_was_stopped_goes_on_to_the_same_end(tmp_path, stop):
    found(tmp_path / "whole", Scripted(*GOOD))

    class StopError(Exception):
        pass

    def interrupt(label, program):
        if program.number == stop:
            raise StopError

    with pytest.raises(StopError):
        found(tmp_path / "parts", Scripted(*GOOD), listen=interrupt)
    rest = Scripted(*GOOD)
    found(tmp_path / "parts", rest)
    assert len(rest.requests) == 6 - stop
    assert kept(tmp_path / "whole") == kept(tmp_path / "parts")


def test_a_larger_budget_goes_on(tmp_path):
    found(tmp_path / "parts", Scripted(*GOOD), settings=SETTINGS.model_copy(update={"budget": 4}))
    rest = Scripted(*GOOD)
    found(tmp_path / "parts", rest)
    found(tmp_path / "whole", Scripted(*GOOD))
    assert len(rest.requests) == 2
    assert kept(tmp_path / "whole") == kept(tmp_path / "parts")


def test_a_folder_of_another_search_is_refused(tmp_path):
    search(tmp_path, Scripted(*GOOD)).run()
    other = [
        {"seed": 2},
        {"settings": SETTINGS.model_copy(update={"islands": 5})},
        {"settings": SETTINGS.model_copy(update={"bins": 5})},
        {"settings": SETTINGS.model_copy(update={"repetition": 2.0})},
        {"traces": trace_set([pattern("Mark", (3,))])},
        {"examples": {"turn 7": [Mark(8, None)]}},
    ]
    for changes in other:
        with pytest.raises(DiscoveryError, match=r"\.json is of another search"):
            search(tmp_path, Scripted(*GOOD), **changes).run()
    (tmp_path / "0001.json").write_text("{")
    with pytest.raises(DiscoveryError, match="cannot be read; delete it"):
        search(tmp_path, Scripted(*GOOD)).run()


def test_all_that_can_be_asked_at_once_is_asked_at_once(tmp_path):
    script = Scripted(None)
    done = found(tmp_path, script, labels=(LABEL, OTHER))
    assert done.discovery is None
    assert len(done.pending) == len(script.requests) == 4
    assert len({str(r.messages) for _, r in script.requests}) == 4, "each has a way of its own to go about it"


def test_answers_are_given_in_rounds(tmp_path):
    assert len(found(tmp_path, Scripted(GOOD[0], None)).pending) == 1
    given = Scripted(*GOOD, *[None] * 3)
    assert len(found(tmp_path, given).pending) == 1
    assert [key[-4:] for key, _ in given.requests] == ["0002", "0003", "0004"]


ATTACKS = {
    "endless": (ENDLESS, "5000000 loop rounds"),
    "huge": (HUGE, "collection_items"),
    "imports": (IMPORTS, "'import os' is refused"),
    "deep": (DEEP, "nested too deeply"),
    "half a character": (HALVES, "half a character"),
    "no source": ("", "no Python block"),
    "syntax": ("def find_pattern(trace:\n", "line 1"),
    "other result": ("def find_pattern(trace):\n    return 3\n", "must give a list of dicts"),
    "late": ('def find_pattern(trace):\n    return [{"time": 9e9, "description": "", "parameters": {}}]\n', "the time"),
    "nothing": (NOTHING, "finds nothing"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_what_cannot_be_used_is_told_in_the_next_prompt_and_ends_nothing(tmp_path, name):
    source, words = ATTACKS[name]
    script = Scripted(answer(source) if source else "I cannot.", *GOOD[:3])
    one = search(tmp_path, script, settings=Settings(budget=3, islands=1))
    one.run()
    assert words in one.programs[0].problem
    assert one.programs[0].fitness is None
    assert one.best.number in (2, 3)
    following = script.requests[1][1].messages[1].content
    assert "Errors and issues" in following
    assert words in following
    assert "Errors and issues" not in script.requests[2][1].messages[1].content


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("the script's step took longer than 10 s (seconds_step)", "it takes more time or memory"),
        ("the script needs more than 1024 MB (memory_mb)", "it takes more time or memory"),
        ("the script did more than 5 loop rounds (ticks_step)", "line 3: the script did more"),
    ],
)
def test_limits_that_depend_on_the_machine_are_told_alike(reason, words):
    assert told(ScriptError("limit", reason, 3)).startswith(words)


def test_an_answer_that_breaks_off_counts_and_a_missing_key_ends_the_search(tmp_path):
    cut = ModelError("truncated", "the answer was cut off", "ask for less")
    one = search(tmp_path / "cut", Scripted(cut, *GOOD), settings=Settings(budget=2, islands=1))
    one.run()
    assert "cut off" in one.programs[0].problem
    with pytest.raises(ModelError, match="no key"):
        search(tmp_path / "key", Scripted(ModelError("key", "no key", "set it"))).run()


def test_nothing_is_accepted_that_is_not_fit_enough(tmp_path):
    done = found(tmp_path, Scripted(*GOOD), settings=SETTINGS.model_copy(update={"threshold": 9.0}))
    assert done.discovery.outcomes[0].verdict == "not fit enough"
    assert not (tmp_path / "accepted").exists()
    found(tmp_path, Scripted(*GOOD))
    assert len(list((tmp_path / "accepted").iterdir())) == 2
    found(tmp_path, Scripted(*GOOD), settings=SETTINGS.model_copy(update={"threshold": 9.0}))
    assert not list((tmp_path / "accepted").iterdir())
    done = found(tmp_path / "none", Scripted(answer(NOTHING)))
    assert done.discovery.outcomes[0].verdict == "nothing found"
    assert done.discovery.outcomes[0].fitness is None


def test_later_labels_are_measured_against_those_accepted_before(tmp_path):
    done = found(tmp_path, Scripted(*GOOD), labels=(LABEL, OTHER))
    first, second = done.discovery.outcomes
    assert first.fitness.novelty == 0.0, "the library was empty"
    assert 0.0 < second.fitness.novelty < 0.05, "it is what was accepted before"


def test_a_detector_may_read_the_library(tmp_path):
    source = (
        "def find_pattern(trace):\n"
        '    events = [e for e in trace.events if e.uid == "Mark"]\n'
        "    last = [o for o in trace.frames[-1].objects if o.position[0] > 0]\n"
        '    return [{"time": e.time, "description": "marked", "parameters": {}} for e in events if last]\n'
    )
    one = search(
        tmp_path,
        Scripted(answer(source)),
        traces=trace_set([pattern("Mark", (3,)), pattern("Unread", (9,))]),
        settings=Settings(budget=1),
    )
    one.run()
    assert one.best.number == 1
    assert one.found(source).pattern.requires == ("Mark",)
    assert one.best.runs == 3, "those that turn after half of the run end further on"


def test_examples_add_their_agreement(tmp_path):
    marks = {f"turn {frame}": [Mark(frame, frozenset({"Ball"}))] for frame in TURNS[:2]}
    build = partial(search, settings=Settings(budget=1))
    right = build(tmp_path / "right", Scripted(GOOD[0]), examples=marks)
    right.run()
    assert right.best.fitness.examples == 1.0
    off = {"turn 7": [Mark(30, None), Mark(8, None)]}
    half = build(tmp_path / "half", Scripted(GOOD[0]), examples=off)
    half.run()
    assert half.best.fitness.examples == pytest.approx(2 / 3, abs=1e-6)
    assert half.best.fitness.total == pytest.approx(right.best.fitness.total - 1 / 3, abs=1e-5)
    none = build(tmp_path / "none", Scripted(GOOD[0]))
    none.run()
    assert none.best.fitness.examples is None


@pytest.mark.parametrize(("gain", "verdict"), [(0.02, "accepted"), (0.0, "no improvement"), (-0.1, "no improvement")])
def test_what_does_not_improve_a_benchmark_is_not_kept(tmp_path, gain, verdict):
    asked = []

    def improves(library, candidate):
        asked.append(([p.uid for p in library], candidate.uid, len(candidate.find(trace_set().observations[0]))))
        return Gain(share=gain, runs=3)

    done = found(tmp_path, Scripted(*GOOD), settings=Settings(budget=1, threshold=-1.0), improves=improves)
    (outcome,) = done.discovery.outcomes
    assert (outcome.verdict, outcome.gain) == (verdict, Gain(share=gain, runs=3))
    assert asked == [([], "BodyTurnsRound", 1)]
    assert (tmp_path / "accepted").exists() is (verdict == "accepted")


def test_a_detector_that_fails_in_the_benchmarks_runs_is_not_kept(tmp_path):
    def improves(library, candidate):
        raise ScriptError("failed", "too many values to unpack")

    done = found(tmp_path, Scripted(*GOOD), settings=Settings(budget=1, threshold=-1.0), improves=improves)
    (outcome,) = done.discovery.outcomes
    assert (outcome.verdict, outcome.gain) == ("fails in other runs", None)
    assert not (tmp_path / "accepted").exists()


def test_programs_that_find_the_same_are_preferred():
    def one(number, worth, *frames):
        fitness = Fitness(correlation=worth, novelty=0.0, length=0.0, repetition=0.0)
        return Program(number=number, island=0, source=str(number), fitness=fitness, begins=(frames, ()))

    found = agreed([one(1, 0.5, 10, 50), one(2, 0.4, 11, 50), one(3, 0.6, 30)])
    assert [p.fitness.agreement for p in found] == [0.5, 0.5, 0.0]
    assert max(found, key=lambda p: p.worth).number == 1
    assert [p.fitness.agreement for p in agreed([one(1, 0.5, 10)])] == [None]
