import json
import os
from pathlib import Path

import bpy
import pytest

from addon.ui import properties
from addon.ui.operators import run, runs
from addon.ui.operators.run import problem_words
from addon.ui.operators.runs import delete_run, number_of, run_folders, size_words, tally, too_many
from addon.ui.session import SESSION, Failed
from addon.ui.tasks import REQUEST, SCENE, SUMMARY
from addon.ui.text import english
from addon.ui.work import copy_scene


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
        (store / name / REQUEST).write_text('{"task": "run", "title": "S"}')
    return [store / name for name in names]


@pytest.fixture
def window(store):
    properties.register()
    yield bpy.context.window_manager.cdyn
    properties.unregister()


def test_folders_that_cannot_be_read_do_not_keep_others_from_being_listed(store, window):
    summary, request = {"ok": True, "assertions": []}, {"task": "run", "title": "S"}
    odd = (
        ([], request),
        ({}, request),
        (summary, [request]),
        (summary, {"task": "run"}),
        (summary, request | {"title": 5}),
        (summary, request | {"rules": 5}),
        (summary, request | {"goal": {"a": 1}}),
        (summary | {"assertions": [3]}, request),
    )
    for number, (told, asked) in enumerate(((summary, request), *odd)):
        (folder,) = add(store, f"{number:04d}_S")
        (folder / SUMMARY).write_text(json.dumps(told))
        (folder / REQUEST).write_text(json.dumps(asked))
    runs.list_runs()
    assert [run.name for run in window.runs] == ["0000_S"]


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


def test_a_clean_up_keeps_a_failed_run_whose_figures_are_shown(store, monkeypatch):
    add(store, "0001_S", "0002_S")
    monkeypatch.setitem(SESSION.failed, 1, Failed({"ok": False}, "0001_S"))
    assert [p.name for p in too_many(run_folders(), 0, runs.in_use())] == ["0002_S"]


def test_a_folder_into_which_the_scene_cannot_be_copied_is_not_left(store):
    folder = store / "0001_S"
    (folder / SCENE).mkdir(parents=True)
    with pytest.raises(RuntimeError):
        copy_scene(folder)
    assert not folder.exists()


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


@pytest.mark.parametrize("request_", [None, "", "[]", '{"url": "https://example.org"}'])
def test_folders_of_others_that_are_called_like_runs_neither_count_nor_are_deleted(store, request_):
    (holiday,) = add(store, "2024_holiday")
    (holiday / REQUEST).unlink()
    if request_ is not None:
        (holiday / REQUEST).write_text(request_)
    add(store, "0001_S")
    assert [p.name for p in run_folders()] == ["0001_S"]
    delete_run(holiday)
    assert (holiday / "scene.blend").exists()


def test_only_assertions_of_a_run_that_went_through_are_counted():
    assert tally({"ok": False}) == ""
    assert tally({"ok": True, "assertions": []}) == ""
    assert tally(json.loads('{"ok": true, "assertions": [{"held": true}, {"held": false}]}')) == "1/2"


def test_runs_are_listed_by_number_with_a_short_size():
    assert number_of("0012_Trigger_door") == 12
    assert [size_words(size) for size in (0.04, 3.4, 999.2, 1234.0)] == ["<1 MB", "3 MB", "999 MB", "1.2 GB"]


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ({"reason": "no Ball", "line": 4}, "The script failed at frame 103: no Ball (line 4)"),
        ({"reason": "no Ball", "kind": "refused"}, "The script was refused: no Ball"),
        (
            {"reason": "None", "line": 4, "source_line": 'objects["Box"].rigid_body'},
            "The script failed at frame 103: The script asks for the rigid body of 'Box', which has none: "
            "make it active (line 4)",
        ),
    ],
)
def test_a_coder_is_told_in_english_what_is_wrong_with_a_script(problem, words, monkeypatch):
    summary = {"problem": problem, "problem_frame": 3, "start": 100, "bodiless": ["Box"]}
    assert problem_words(summary, english) == words
    monkeypatch.setattr(run, "tr", lambda name, /, **values: "anders")
    run.show_problem(1, summary, Path("0001_S"))
    assert SESSION.error.startswith("anders")
    assert SESSION.problem == words
    SESSION.forget()


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ({"title": "Scene", "rules": ["When A touches B, open C", "D"], "goal": "E"}, "When A touches B, open C"),
        ({"title": "Scene", "rules": [], "goal": "E"}, "E"),
        ({"title": "Dynamics trigger_door", "rules": [], "goal": ""}, "Trigger door"),
        ({"title": "Dynamics of mine"}, "Dynamics of mine"),
        ({"title": "Scene"}, "Scene"),
    ],
)
def test_a_run_is_called_by_what_was_said_or_what_it_is_of(request_, name):
    assert runs.name_of(request_) == name
