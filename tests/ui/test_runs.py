import json
import os

import pytest

from addon.ui.operators import runs
from addon.ui.operators.runs import delete_run, outcome, run_folders, too_many


@pytest.fixture
def store(tmp_path, monkeypatch):
    folder = tmp_path / "runs"
    folder.mkdir()
    monkeypatch.setattr(runs, "storage", lambda: folder)
    return folder


def add(store, *names):
    for name in names:
        (store / name / "job").mkdir(parents=True)
        (store / name / "scene.blend").write_bytes(b"x" * 10)
    return [store / name for name in names]


def test_the_latest_runs_come_first_by_number(store):
    add(store, "0009_A", "0010_B", "10000_C", "9999_D", "notes", "12_x")
    assert [p.name for p in run_folders()] == ["10000_C", "9999_D", "0010_B", "0009_A"]


@pytest.mark.parametrize(("keep", "needed", "gone"), [(0, set(), 4), (2, set(), 2), (2, {"0001_S"}, 1), (9, set(), 0)])
def test_a_clean_up_keeps_the_latest_and_what_is_needed(store, keep, needed, gone):
    add(store, "0001_S", "0002_S", "0003_S", "0004_S")
    old = too_many(run_folders(), keep, needed)
    assert len(old) == gone
    assert not {p.name for p in old} & needed
    for folder in old:
        delete_run(folder)
    assert len(run_folders()) == 4 - gone


def test_nothing_but_runs_is_deleted(store, tmp_path):
    (mine,) = add(tmp_path, "0001_Mine")
    (odd,) = add(store, "notes")
    os.symlink(mine, store / "0002_Link")
    for folder in (mine, odd, store / "0002_Link", store, store / ".." / "0001_Mine"):
        delete_run(folder)
    assert mine.is_dir()
    assert odd.is_dir()
    assert (mine / "scene.blend").exists()
    assert [p.name for p in run_folders()] == []


def test_outcomes_are_told_in_a_few_words():
    assert outcome({"ok": False}) == "failed"
    assert outcome({"ok": True, "assertions": []}) == "ran"
    assert outcome(json.loads('{"ok": true, "assertions": [{"held": true}, {"held": false}]}')) == "1/2"
