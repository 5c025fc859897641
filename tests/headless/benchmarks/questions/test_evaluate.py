"""Asking about runs: accuracy beside its baselines, answers that are missing, resuming, and refusals."""

import json
from dataclasses import replace

import pytest

from addon.jobs import FolderError
from addon.models import ChatAnswer, ModelError
from headless.benchmarks.questions import evaluate as evaluation
from headless.benchmarks.questions.asking import Asker, Asking, Prepared, askings, judged, open_asker
from headless.benchmarks.questions.evaluate import Setting, answers_to, evaluate, prepare, prepared_runs, summarise
from headless.benchmarks.questions.results import rows_of
from headless.benchmarks.questions.runs import Run, RunError
from headless.cli import main
from headless.evaluation.pool import Done
from headless.evaluation.recorded import Model

RUN = Run(world="plane", source="05:000", ending="solution", seed="7")
SETTING = Setting(count=1, worlds=("plane",))


@pytest.fixture(scope="module")
def prepared():
    return prepare(RUN, "annotation", 3000)


class Said:
    """A model that knows the truth of some questions, or says what it is told to."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def complete(self, request, on_text=None):
        self.asked.append(request)
        if isinstance(self.answer, ModelError):
            raise self.answer
        return ChatAnswer(self.answer, "stop", 0, 0)


def plain(question):
    truth = question.truth
    return {True: "yes", False: "no"}[truth] if isinstance(truth, bool) else truth


def truths(questions):
    return json.dumps({str(n): plain(question) for n, question in enumerate(questions, 1)})


def asker(answer, small=False):
    chat = Said(answer)
    return Asker(Model("m", small, lambda key: chat), "openai"), chat


def test_a_run_is_asked_about_in_one_request_for_each_part(prepared):
    asked = askings(prepared, "annotation")
    assert len(asked) == len({question.part for question in prepared.questions}) == 2
    assert sum(len(asking.questions) for asking in asked) == len(prepared.questions) == 10


def test_right_answers_are_right_and_wrong_ones_are_not(prepared):
    for asking in askings(prepared, "annotation"):
        right = judged(asking.questions, truths(asking.questions))
        assert all(one.right and not one.problem for one in right)
        wrong = judged(asking.questions, json.dumps({str(n): "x" for n in range(1, 11)}))
        assert not any(one.right for one in wrong)
        assert all(one.problem for one in wrong)


def test_a_missing_answer_is_wrong_and_told(prepared):
    asking = askings(prepared, "annotation")[0]
    first, *rest = judged(asking.questions, truths(asking.questions[:1]))
    assert first.right
    assert [one.problem for one in rest] == ["there is no answer to it"] * len(rest)
    none = judged(asking.questions, "I do not know")
    assert {one.problem for one in none} == {"it holds no JSON object"}


def test_what_a_model_cannot_read_counts_as_wrong(prepared):
    failing, _ = asker(ModelError("context", "the prompt is too long", "shorten it"))
    answered = answers_to(prepared, SETTING, failing)
    assert [one.problem for one in answered] == ["the prompt is too long"] * 10
    offline, _ = asker(ModelError("offline", "no", "no"))
    with pytest.raises(ModelError):
        answers_to(prepared, SETTING, offline)


def test_all_requests_are_made_before_a_run_waits(prepared):
    waiting, chat = asker(ModelError("paste", "the prompt is in a file", "answer it"))
    with pytest.raises(ModelError):
        answers_to(prepared, SETTING, waiting)
    assert len(chat.asked) == 2


def test_a_small_model_is_held_to_short_answers(prepared):
    small, chat = asker("{}", small=True)
    small.ask(askings(prepared, "annotation")[0])
    assert chat.asked[0].parameters["max_tokens"] == 800
    assert chat.asked[0].schema["required"]


def test_figures_stand_beside_their_baselines(prepared):
    some, _ = asker("{}")
    asked = askings(prepared, "annotation")
    answered = [one for asking in asked for one in judged(asking.questions, truths(asking.questions))]
    rows = rows_of([(RUN, one) for one in answered])
    results = summarise(rows, SETTING, some, ["plane-x: lost"])
    assert results.overall.accuracy.mean == 1.0
    assert results.overall.questions == 10
    assert 0.0 < results.overall.chance < 1.0
    assert results.overall.majority == 1.0, "one question of a template is its most frequent"
    assert sum(figure.questions for figure in results.by_template.values()) == 10
    assert sum(figure.questions for figure in results.by_kind.values()) == 10
    assert (results.unusable, results.lost) == (0, ("plane-x: lost",))


def test_a_run_that_cannot_be_made_is_told(monkeypatch):
    def broken(run):
        raise RunError("it is broken")

    monkeypatch.setattr(evaluation, "facts_of", broken)
    assert prepare(RUN, "annotation", 3000) == Prepared(run=RUN, problem="it is broken")


def test_what_could_not_be_made_is_made_another_time(tmp_path, prepared, monkeypatch):
    monkeypatch.setattr(Setting, "runs", lambda self: [RUN])
    told = []

    def once(function, given, workers, timeout):
        busy = Prepared(run=RUN, problem="the machine was busy")
        return [Done(n, prepared if told else busy, 1.0) for n, _ in enumerate(given)]

    monkeypatch.setattr(evaluation, "run_tasks", once)
    for problem in ("the machine was busy", ""):
        (found,) = prepared_runs(SETTING, tmp_path, listen=lambda made, of: told.append((made, of)))
        assert found.problem == problem
    assert told == [(1, 1), (1, 1)]
    (kept,) = prepared_runs(SETTING, tmp_path, listen=lambda made, of: told.append((made, of)))
    assert (kept.run, len(told)) == (RUN, 2)


def test_what_is_kept_of_another_run_does_not_count(made, prepared):
    other = prepared.model_copy(update={"run": RUN.model_copy(update={"seed": "8"})})
    (made / "runs" / f"{RUN.name}.json").write_text(other.model_dump_json())
    (found,) = prepared_runs(SETTING, made)
    assert found.run == RUN


@pytest.mark.parametrize("command", [["curve", "--size", "0"], ["importance", "--pattern", "Bounce"], ["evaluate"]])
def test_without_any_run_nothing_is_asked(tmp_path, monkeypatch, capfd, command):
    monkeypatch.setattr(evaluation, "run_tasks", lambda *_: [Done(0, Prepared(run=RUN, problem="broken"), 1.0)])
    monkeypatch.setattr(Setting, "runs", lambda self: [RUN])
    of = [] if command == ["evaluate"] else ["--of", "questions"]
    assert main(["questions", *command, *of, "--coder", "chance", "--out", str(tmp_path / "out")]) == 1
    assert "no run could be made" in capfd.readouterr().err


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path, capfd):
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "out"):
        assert main(["questions", "evaluate", "--coder", "chance", "--count", "1", "--out", str(place)]) == 2
        assert "choose another --out" in capfd.readouterr().err


@pytest.fixture
def made(tmp_path, prepared, monkeypatch):
    """A folder whose only run is made already."""
    folder = tmp_path / "out"
    monkeypatch.setattr(Setting, "runs", lambda self: [RUN])
    (folder / "runs").mkdir(parents=True)
    (folder / "runs" / f"{RUN.name}.json").write_text(prepared.model_dump_json())
    return folder


def test_a_finished_evaluation_leaves_rows_and_results(made):
    some, chat = asker('{"1": "yes"}')
    done = evaluate(SETTING, some, made)
    assert done.results is not None
    assert len(done.rows) == 10
    assert len(chat.asked) == 2
    assert {"results.json", "rows.csv", "rows.parquet"} <= {path.name for path in made.iterdir()}
    assert evaluate(SETTING, some, made).results == done.results


def test_what_waits_leaves_no_results(made):
    waiting, _ = asker(ModelError("paste", "the prompt is in a file", "answer it"))
    done = evaluate(SETTING, waiting, made)
    assert done.results is None
    assert [name for name, _ in done.pending] == [RUN.name]
    assert not (made / "results.json").exists()


def test_a_folder_of_another_request_is_refused(made):
    assert [one.run for one in prepared_runs(SETTING, made)] == [RUN]
    with pytest.raises(FolderError, match="budget 3000"):
        list(prepared_runs(Setting(count=1, worlds=("plane",), budget=500), made))
    with pytest.raises(FolderError, match="input annotation"):
        list(prepared_runs(Setting(count=1, worlds=("plane",), input="trace"), made))


def recorded(tmp_path, prepared, **changes):
    book = tmp_path / "book.json"
    asked = askings(prepared, "annotation")
    model = Model("a large model, recorded", False, lambda key: None)
    known = {a.key(a.request(model)): [truths(a.questions)] for a in asked}
    book.write_text(json.dumps({changes.get(key, key): texts for key, texts in known.items()}))
    return book, asked


def test_recorded_answers_are_found_by_what_was_asked(tmp_path, prepared):
    book, asked = recorded(tmp_path, prepared)
    with open_asker("recorded", tmp_path, book=book) as some:
        answered = [one for asking in asked for one in some.ask(asking)]
    assert all(one.right and not one.stale for one in answered)


def test_an_answer_to_an_earlier_input_is_told_and_can_be_refused(tmp_path, prepared):
    book, asked = recorded(tmp_path, prepared)
    view = asked[0].view.model_copy(update={"text": "another annotation"})
    changed = Asking(RUN, "annotation", view, 16.67, asked[0].questions)
    with open_asker("recorded", tmp_path, book=book) as some:
        assert all(one.stale and one.right for one in some.ask(changed))
    with open_asker("recorded", tmp_path, lenient=False, book=book) as strict, pytest.raises(ModelError):
        strict.ask(changed)


@pytest.mark.parametrize("kind", ["trace", "annotation", "salient"])
def test_a_large_models_answers_belong_to_what_is_asked_today(tmp_path, kind):
    first = Setting(count=1, input=kind)
    with open_asker("recorded", tmp_path) as some:
        answered = answers_to(prepare(first.runs()[0], kind, first.budget), first, some)
    assert len(answered) == 10
    assert not any(one.problem for one in answered)
    assert not any(one.stale for one in answered) or kind == "salient", "two wordings of moments are newer"
    assert sum(one.right for one in answered) >= 8


def test_answers_to_other_questions_are_not_taken(tmp_path, prepared):
    book, asked = recorded(tmp_path, prepared)
    other = Asking(RUN, "annotation", asked[0].view, 16.67, asked[0].questions[:-1])
    with open_asker("recorded", tmp_path, book=book) as some, pytest.raises(ModelError):
        some.ask(other)


def test_guesses_are_the_same_again(tmp_path, prepared):
    with open_asker("chance", tmp_path) as some:
        asking = askings(prepared, "annotation")[0]
        assert some.ask(asking) == some.ask(asking)
        assert not any(one.problem for one in some.ask(asking))


def test_guesses_do_not_hang_on_what_is_shown(tmp_path, prepared):
    with open_asker("chance", tmp_path) as some:
        for asking in askings(prepared, "annotation"):
            other = replace(asking, view=asking.view.model_copy(update={"text": "nothing is known"}))
            assert some.ask(other) == some.ask(asking)


def test_the_command_tells_accuracy_and_baselines(tmp_path, capfd):
    given = ["questions", "evaluate", "--coder", "chance", "--world", "plane", "--count", "2", "--out", str(tmp_path)]
    assert main([*given, "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert (told["runs"], told["overall"]["questions"], told["coder"]) == (2, 20, "chance")
    assert main(given) == 0
    assert "most frequent" in capfd.readouterr().out


def test_templates_are_listed(capsys):
    assert main(["questions", "list", "--json"]) == 0
    told = {one["id"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["A1"]["kind"] == "count"
    assert told["A27"]["part"] == "first"
    assert len(told) == 50
    assert main(["questions", "list"]) == 0


def test_pictures_are_not_shown_to_a_model_that_reads_text(capsys):
    assert main(["questions", "evaluate", "--input", "frames", "--coder", "local"]) == 2
    assert "reads text alone" in capsys.readouterr().err


def test_questions_are_written_with_their_answers(tmp_path, capfd):
    given = ["questions", "generate", "--world", "plane", "--count", "1", "--out", str(tmp_path), "--json"]
    assert main(given) == 0
    (told,) = json.loads(capfd.readouterr().out)
    assert len(told["questions"]) == 10
    assert json.loads((tmp_path / "questions.json").read_text()) == [told]


def test_prompts_wait_in_a_folder_for_answers(tmp_path, capfd):
    given = ["questions", "evaluate", "--world", "plane", "--count", "1", "--out", str(tmp_path / "out")]
    assert main([*given, "--coder", f"paste:{tmp_path / 'paste'}"]) == 2
    told = capfd.readouterr().err
    assert "1 run waits for an answer" in told
    prompts = sorted((tmp_path / "paste").glob("prompt-*.md"))
    assert prompts
    for prompt in prompts:
        name = prompt.name.replace("prompt", "answer")
        (tmp_path / "paste" / name).write_text('{"1": "yes"}')
    assert main([*given, "--coder", f"paste:{tmp_path / 'paste'}"]) == 0


@pytest.mark.parametrize("text", ["[]", "", "3"])
def test_a_damaged_note_of_what_was_asked_is_told(tmp_path, capfd, text):
    (tmp_path / "evaluation.json").write_text(text)
    assert main(["questions", "generate", "--world", "plane", "--count", "1", "--out", str(tmp_path)]) == 2
    assert "evaluation.json is damaged" in capfd.readouterr().err
