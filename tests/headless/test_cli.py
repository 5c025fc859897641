import json
import sys

import pytest

from headless.benchmarks.physibench import example
from headless.cli import main

RUN = ("run", "trigger_door", "--coder", "template", "--steps", "400")


def test_a_run_leaves_a_whole_folder(tmp_path, capfd):
    out = tmp_path / "job"
    assert main([*RUN, "--out", str(out), "--json"]) == 0
    result = json.loads(capfd.readouterr().out)
    assert result["coder"] == "template"
    assert result["model"] is None
    names = {p.name for p in out.iterdir()}
    assert names >= {"job.json", "scene.json", "script_00.py", "trace.npz", "trace.json", "report.html", "report.json"}
    assert json.loads((out / "status.json").read_text())["phase"] == "done"
    assert "no language model was asked" in (out / "report.html").read_text(encoding="utf-8")
    assert {"static gate", "injected budgets", "process"} <= set(result["layers"])
    assert f"Confined by: {', '.join(result['layers'])}" in (out / "report.html").read_text(encoding="utf-8")
    assert not [n for n in names if n.endswith(".tmp")]

    page = (out / "report.html").read_bytes()
    assert main([*RUN, "--out", str(out), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["trace_sha256"] == result["trace_sha256"]
    assert (out / "report.html").read_bytes() == page

    (out / "result.json").unlink()
    (out / "trace.npz").unlink()
    assert main([*RUN, "--out", str(out), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["trace_sha256"] == result["trace_sha256"]
    assert (out / "report.html").read_bytes() == page


def test_a_failing_script_is_reported_and_the_engine_goes_on(tmp_path, capfd):
    script = tmp_path / "bad.py"
    script.write_text("import bpy\nif frame == 5:\n    bpy.data.objects['Nobody'].location.x = 1\n")
    arguments = ["run", "trigger_door", "--coder", f"script:{script}", "--steps", "50", "--out", str(tmp_path / "job")]
    assert main([*arguments, "--json"]) == 1
    result = json.loads(capfd.readouterr().out)
    assert (result["problem_frame"], result["problem"]["line"]) == (5, 3)
    assert result["steps"] == 50


def test_what_a_script_prints_is_cut_and_told(tmp_path):
    script = tmp_path / "chatty.py"
    script.write_text("print('x' * 9000)\n")
    out = tmp_path / "job"
    assert (
        main(["run", "trigger_door", "--coder", f"script:{script}", "--steps", "5", "--out", str(out), "--json"]) == 0
    )
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "cut: a script prints at most 20000 characters in a run" in page
    assert page.count("x" * 9000) == 2


BAD = [
    (["run", "nosuch", "--coder", "template"], "there is no scene 'nosuch'"),
    (["run", "missing.blend", "--coder", "template"], "no file missing.blend"),
    (["run", "missing.json", "--coder", "template"], "cannot be read"),
    (["run", "trigger_door", "--coder", "nobody"], "there is no coder 'nobody'"),
    (
        ["run", "trigger_door", "--coder", "template", "--rules", "When Elephant hits Bar, open 'Xyz'"],
        "nothing is known of 'Elephant'",
    ),
    (["run", "trigger_door", "--coder", "template", "--assert", "EVENTS()"], "did you mean 'EVENT'"),
    (["run", "trigger_door", "--coder", "template", "--rules", "Barrier must sing loudly"], "not understood"),
    (["run", "trigger_door", "--coder", "script:missing.py"], "missing.py"),
    (["run", "trigger_door", "--coder", "script:"], "there is no coder 'script:'"),
    (["run", "trigger_door", "--coder", "script:."], "cannot be read"),
    (["run", "trigger_door", "--coder", "paste:"], "there is no coder 'paste:'"),
    (["run", "trigger_door", "--coder", "Bogus"], "Choose auto, openai, paste:DIR"),
    (["run", "trigger_door", "--steps", "0"], "steps"),
    (["frobnicate"], "frobnicate"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_bad_input_gets_one_message_and_leaves_nothing(tmp_path, monkeypatch, capfd, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    told = capfd.readouterr().err
    assert words in told
    assert "Traceback" not in told
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(("script_", "trace", "result"))]


GOAL = ("run", "trigger_door", "--rules", "", "--goal", "Raise Barrier", "--steps", "20")
RAISE = '```python\nif once("it", now > 0.1):\n    glide("Barrier", (0, 0, 1))\n```\n'
RULE = ("run", "trigger_door", "--rules", "When Marble touches Sensor, sing", "--steps", "20")


def pasted(arguments, folder, answer, capfd):
    """What a run tells that finds an answer to its last prompt."""
    (prompt,) = set(folder.glob("prompt-*")) - {folder / p.name.replace("answer", "prompt") for p in folder.glob("a*")}
    prompt.with_name(prompt.name.replace("prompt", "answer")).write_text(answer, encoding="utf-8")
    capfd.readouterr()
    code = main(arguments)
    told = capfd.readouterr()
    assert "Traceback" not in told.err
    return code, " ".join(told.err.split()), told.out


def test_a_chat_page_serves_as_a_model(tmp_path, capfd):
    folder = tmp_path / "pages"
    arguments = [*GOAL, "--coder", f"paste:{folder}", "--out", str(tmp_path / "job"), "--json"]
    assert main(arguments) == 2
    assert "run the same command again" in " ".join(capfd.readouterr().err.split())
    code, told, _ = pasted(arguments, folder, "```python\nimport os\n```", capfd)
    assert code == 2
    assert "prompt-" in told
    assert "os" in max(folder.glob("prompt-*"), key=lambda p: p.stat().st_size).read_text(encoding="utf-8")
    code, _, out = pasted(arguments, folder, RAISE, capfd)
    assert code == 0
    result = json.loads(out)
    assert (result["coder"], result["model"], result["requests"]) == ("paste", "chat page", 2)
    assert [script["fate"] for script in result["scripts"]] == ["refused", "ran"]
    assert main(arguments) == 0
    assert json.loads(capfd.readouterr().out)["trace_sha256"] == result["trace_sha256"]


@pytest.mark.parametrize(
    ("answer", "code", "words"),
    [
        ("# CANNOT: rule 1: there is \x1b[31m no sound", 2, "cannot be done: rule 1: there is \\x1b[31m no sound"),
        (f"# CANNOT: rule 1: no sound\n\n{RAISE}", 2, "rule 1: no sound"),
        ("Sorry, I have no voice.", 1, "holds no Python code: 'Sorry, I have no voice'"),
        (RAISE.removesuffix("```\n"), 1, "ends in the middle of its code"),
        ("\n", 2, "the prompt is in"),
    ],
)
def test_an_answer_that_is_no_script_is_told_and_never_run(tmp_path, capfd, answer, code, words):
    folder = tmp_path / "pages"
    arguments = [*RULE, "--coder", f"paste:{folder}", "--out", str(tmp_path / "job")]
    assert main(arguments) == 2
    assert not (tmp_path / "job").exists()
    found, told, _ = pasted(arguments, folder, answer, capfd)
    assert (found, words in told) == (code, True), told
    assert not list((tmp_path / "job").glob("script_*")) + list((tmp_path / "job").glob("trace*"))
    assert (tmp_path / "job").exists() == (code == 1)


@pytest.mark.slow
def test_machines_wait_for_the_answers_of_a_chat_page(tmp_path, capfd):
    folder, out, machines = tmp_path / "pages", tmp_path / "e", tmp_path / "machines"
    machines.mkdir()
    for name in ("trigger_door", "ramp"):
        machine = example(name)
        rules = tuple(f"{rule.rstrip('.')} sarcastically." for rule in machine.graph.rules)
        graph = machine.graph.model_copy(update={"rules": rules})
        machine.model_copy(update={"graph": graph}).save(machines / f"{name}.json")
    arguments = [
        "physibench",
        "evaluate",
        "--machines",
        str(machines),
        "--coder",
        f"paste:{folder}",
        "--out",
        str(out),
    ]
    assert main(arguments) == 0
    assert len(list(folder.glob("prompt-*.md"))) == 2
    assert main([*arguments, "--resume"]) == 0
    assert {path.read_text().split(" /")[0] for path in out.rglob("failure.txt")} == {"the prompt is in"}


def test_a_refused_rule_leaves_the_folder_to_the_next(tmp_path, capfd):
    arguments = ["run", "trigger_door", "--coder", "template", "--steps", "5", "--out", str(tmp_path / "job")]
    assert main([*arguments, "--rules", "When Marble touches Sensor, sing"]) == 2
    assert "is not understood" in capfd.readouterr().err
    assert not (tmp_path / "job").exists()
    assert main([*arguments, "--rules", "When Marble touches Sensor, open Barrier"]) == 0
    assert main([*arguments, "--rules", "When Marble touches Goal, open Barrier"]) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{}"),
        ("a.json", b'{"schema_version": 9}'),
        ("a.json", b'{"schema_version": 1, "objects": [{"name": "A", "body": {}}]}'),
        ("a.blend", b"not a blend file"),
        ("a.blend", b""),
    ],
)
def test_broken_scenes_are_refused_untouched(tmp_path, monkeypatch, capfd, name, content):
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(content)
    assert main(["parse", name]) == 2
    assert "Traceback" not in capfd.readouterr().err
    assert (tmp_path / name).read_bytes() == content


def test_a_folder_with_other_files_is_not_touched(tmp_path, capfd):
    (tmp_path / "mine.txt").write_text("mine")
    assert main([*RUN, "--out", str(tmp_path)]) == 2
    assert "holds other files" in capfd.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_of_another_job_is_bad_usage(tmp_path, capfd):
    job = ["run", "trigger_door", "--coder", "none", "--out", str(tmp_path / "job"), "--steps"]
    assert main([*job, "5"]) == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "job").iterdir() if p.is_file()}
    assert main([*job, "6"]) == 2
    assert "holds another job" in capfd.readouterr().err
    assert {p.name: p.read_bytes() for p in (tmp_path / "job").iterdir() if p.is_file()} == before


@pytest.mark.parametrize("below", ["", "deeper"])
@pytest.mark.parametrize(
    "command",
    [
        [*RUN],
        ["physibench", "evaluate", "--examples", "--count", "1", "--coder", "empty"],
        ["physibench", "generate", "--count", "1"],
    ],
    ids=lambda command: command[1],
)
def test_a_file_in_the_place_of_the_folder_is_bad_usage(tmp_path, capfd, command, below):
    (tmp_path / "file").write_text("mine")
    assert main([*command, "--out", str(tmp_path / "file" / below)]) == 2
    assert "Traceback" not in capfd.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"


def test_comparing_folders_without_results_is_bad_usage(tmp_path, capfd):
    assert main(["physibench", "compare", str(tmp_path), str(tmp_path / "nowhere")]) == 2
    assert "no evaluated task in common" in capfd.readouterr().err


def test_parse_gives_a_scene_graph(tmp_path, capfd):
    assert main(["parse", "ramp", "-o", str(tmp_path / "scene.json")]) == 0
    assert main(["parse", str(tmp_path / "scene.json"), "--text"]) == 0
    assert "gravity (0, 0, -9.81)" in capfd.readouterr().out


def test_evaluation_resumes_and_is_the_same(tmp_path, capfd):
    chosen = ["--split", "test", "--count", "2"]
    arguments = ["physibench", "evaluate", "--coder", "oracle", *chosen, "--out", str(tmp_path / "e"), "--json"]
    assert main(arguments) == 0
    first = json.loads(capfd.readouterr().out)
    assert first["logic_success"]["mean"] == 1.0
    assert first["volume_drift"] < 1e-3
    assert main(arguments) == 2
    assert "--resume" in capfd.readouterr().err
    assert main([*arguments, "--resume"]) == 0
    assert json.loads(capfd.readouterr().out) == first


def test_machines_are_written_and_can_be_run(tmp_path, capfd):
    arguments = ["physibench", "generate", "--count", "3", "--split", "dev", "--out", str(tmp_path / "set"), "--json"]
    assert main(arguments) == 0
    made = json.loads(capfd.readouterr().out)
    assert [m["split"] for m in made["machines"]] == ["dev"] * 3
    assert main(["parse", made["machines"][0]["file"], "--text"]) == 0
    assert "Floor" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("raise ValueError('[/x] [bold]')", "ValueError: [/x] [bold]"),
        ("raise ValueError(':smile: \\x1b[31m')", "ValueError: :smile: \\x1b[31m"),
        ("x = 1\nbpy.data.objects['Marble'].scale.x = -1", "line 2: Marble: scale"),
        ("def update():\n    state['x'] = 1\n", "did you mean step?"),
    ],
)
def test_words_of_a_script_are_shown_as_they_are(tmp_path, capfd, script, words):
    (tmp_path / "s.py").write_text(script)
    coder, job = f"script:{tmp_path / 's.py'}", tmp_path / "job"
    done = main(["run", "trigger_door", "--coder", coder, "--steps", "3", "--out", str(job)])
    shown = " ".join(capfd.readouterr().out.split())
    assert words in shown
    assert done == (1 if "update" not in script else 0)
    report = json.loads((job / "report.json").read_text(encoding="utf-8"))
    assert (report["problem"] is None) == (done == 0)
    assert bool(report["warnings"]) == (done == 0)


def test_training_without_its_packages_is_bad_usage(tmp_path, monkeypatch, capfd):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "headless.training.adapter", raising=False)
    assert main(["model", "train", "--out", str(tmp_path / "adapter.gguf")]) == 2
    assert "pip install --group training" in capfd.readouterr().err
    assert not list(tmp_path.iterdir())


def test_no_room_for_what_is_recorded_is_a_failure_not_bad_input(tmp_path, monkeypatch, capfd):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("addon.trace.storage.LARGE", 0)
    monkeypatch.setattr("addon.trace.storage._reserve", full)
    assert main(["run", "ramp", "--coder", "none", "--steps", "5", "--out", str(tmp_path / "job")]) == 1
    told = capfd.readouterr().err
    assert "No space left on device; make room" in told
    assert "Traceback" not in told
