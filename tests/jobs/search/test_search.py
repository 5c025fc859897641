"""The search and its folder, on plain functions in the place of runs."""

import json

import pytest

from addon.jobs import FolderError, JobError
from addon.jobs.search import Annealing, Candidates, OpenNumber, Outcome, Search, SearchSpec, Space

SPACE = Space((OpenNumber("a", -2, 2), OpenNumber("b", 0, 10, 11)), (0.0, 5.0))


def worth(values):
    a, b = values
    value = max(0.0, 1.0 - abs(a - 1.2) / 3 - abs(b - 7) / 10)
    return Outcome(value=value, held=value > 0.99, trace_sha256=f"{a} {b}")


def searching(folder, function=worth, late=False, **spec):
    """A search whose candidates come from the last to the first if they are ``late``."""
    asked = SearchSpec(**{"title": "t", "source": "s", "rewards": ("r",), "budget": 60, **spec})
    store = Candidates(folder)
    with store.open(asked):
        pass

    def evaluate(batch):
        places = range(len(batch))
        for place in reversed(places) if late else places:
            yield place, function(batch[place])

    method = Annealing(SPACE.start, asked.budget, asked.seed, SPACE.counts)
    return Search(asked, SPACE, method, evaluate, store)


def test_the_best_is_found_and_all_are_kept(tmp_path):
    told = []
    search = searching(tmp_path, budget=200)
    search.listen = lambda done, best: told.append((done, best and best.value))
    found = search.run()
    assert found.held
    assert found.evaluations == len(search.done) < 200
    assert [n.value for n in found.numbers] == pytest.approx([1.2, 7.0], abs=0.05)
    assert [n.before for n in found.numbers] == [0.0, 5.0]
    kept = [json.loads(line) for line in (tmp_path / "candidates.jsonl").read_text().splitlines()]
    assert [one["number"] for one in kept] == list(range(1, found.evaluations + 1))
    assert kept[0]["values"] == {"a": 0.0, "b": 5.0}
    assert kept[found.found_at - 1]["value"] == found.value == max(one["value"] for one in kept)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1][1] == found.value


def test_a_whole_budget_is_spent(tmp_path):
    assert searching(tmp_path, whole=True).run().evaluations == 60


def test_a_budget_that_is_no_multiple_of_a_batch_is_kept(tmp_path):
    assert searching(tmp_path, whole=True, budget=7).run().evaluations == 7
    assert searching(tmp_path / "one", whole=True, budget=1).run().evaluations == 1


def test_the_order_in_which_candidates_come_does_not_matter(tmp_path):
    first, second = (searching(tmp_path / str(late), late=late).run() for late in (False, True))
    assert first == second
    files = [(tmp_path / str(late) / "candidates.jsonl").read_bytes() for late in (False, True)]
    assert files[0] == files[1]


def test_values_that_were_tried_are_not_run_again(tmp_path):
    ran = []
    search = searching(tmp_path, lambda values: ran.append(values) or worth(values), whole=True)
    few = Space((OpenNumber("a", 0, 1, 2), OpenNumber("b", 0, 10, 2)), (0.0, 0.0))
    search.space, search.method = few, Annealing(few.start, 60, 0, few.counts)
    assert search.run().evaluations == 60
    assert len(set(ran)) == 4
    assert len(ran) < 16


@pytest.mark.parametrize("after", [1, 6, 23])
def test_what_is_stopped_goes_on_to_the_same_end(tmp_path, after):
    whole = searching(tmp_path / "whole").run()
    ran = []

    def until(values):
        if len(ran) == after:
            raise KeyboardInterrupt
        ran.append(values)
        return worth(values)

    with pytest.raises(KeyboardInterrupt):
        searching(tmp_path / "parts", until).run()
    again = []
    found = searching(tmp_path / "parts", lambda values: again.append(values) or worth(values)).run()
    assert found == whole
    assert not set(ran) & set(again)
    names = [folder / "candidates.jsonl" for folder in (tmp_path / "whole", tmp_path / "parts")]
    assert names[0].read_bytes() == names[1].read_bytes()


def test_a_line_that_was_cut_is_done_again(tmp_path):
    whole = searching(tmp_path).run()
    path = tmp_path / "candidates.jsonl"
    text = path.read_text()
    path.write_text(text[: len(text) // 2])
    assert searching(tmp_path).run() == whole
    assert path.read_text() == text


def test_another_request_in_the_folder_is_refused(tmp_path):
    searching(tmp_path).run()
    with pytest.raises(FolderError, match="another search"):
        searching(tmp_path, seed=1)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "notes.txt").touch()
    with pytest.raises(FolderError, match="other files"):
        searching(tmp_path / "other")


def test_a_candidate_that_fails_costs_only_itself(tmp_path):
    def half(values):
        return Outcome(problem="it crashed") if values[0] < 0 else worth(values)

    search = searching(tmp_path, half)
    found = search.run()
    assert found.failed == sum(one.problem == "it crashed" for one in search.done) > 0
    assert found.value > 0.9


def test_if_all_fail_the_first_reason_is_told(tmp_path):
    with pytest.raises(JobError, match=r"all 60 candidates failed; the first: it crashed$"):
        searching(tmp_path, lambda values: Outcome(problem="it crashed\nline 2")).run()


def test_a_reward_that_no_candidate_changes_is_told(tmp_path):
    with pytest.raises(JobError, match=r"none of 60 .* which was 0\.25 for all"):
        searching(tmp_path, lambda values: Outcome(value=0.25)).run()


def test_one_that_ran_among_failures_is_the_result(tmp_path):
    runs = iter([Outcome(value=0.25)])
    found = searching(tmp_path, lambda values: next(runs, Outcome(problem="it crashed"))).run()
    assert (found.value, found.failed) == (0.25, 59)
    assert json.loads((tmp_path / "status.json").read_text())["phase"] == "done"


def test_candidates_cut_within_a_letter_and_odd_line_ends_are_gone_on_with(tmp_path):
    whole = searching(tmp_path, title="B\u00e4ll\u2028\x85").run()
    path = tmp_path / "candidates.jsonl"
    kept = path.read_bytes()
    path.write_bytes(kept[: len(kept) // 2] + "\u00e4".encode()[:1])
    assert searching(tmp_path, title="B\u00e4ll\u2028\x85").run() == whole
    assert path.read_bytes() == kept
    (tmp_path / "search.json").write_bytes(b"\xff")
    with pytest.raises(FolderError, match="another search"):
        searching(tmp_path)


def test_a_reward_that_holds_from_the_start_is_found_at_once(tmp_path):
    found = searching(tmp_path, lambda values: Outcome(value=1.0, held=True)).run()
    assert (found.found_at, found.evaluations) == (1, 4)


def test_two_searches_at_once_are_kept_apart(tmp_path):
    asked = SearchSpec(title="t", source="s", rewards=("r",), budget=60)
    with (
        Candidates(tmp_path).open(asked),
        pytest.raises(FolderError, match="written by another run"),
        Candidates(tmp_path).open(asked),
    ):
        pass
    with Candidates(tmp_path).open(asked):
        pass
