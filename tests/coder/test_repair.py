import pytest

from addon.coder import CoderError, CodingRequest, CodingResult, ScriptFile, code_until_runs
from addon.scene_graph import SceneGraph

REQUEST = CodingRequest(graph=SceneGraph(), scene_text="", rules=("Do it.",))


class Answers:
    """A coder that gives scripts in turn and keeps what it was asked."""

    name = "answers"
    model = None

    def __init__(self, *scripts):
        self.scripts = list(scripts)
        self.asked = []

    def write(self, request, on_text=None):
        self.asked.append(request)
        return CodingResult(self.scripts.pop(0), "", 1, 1, None, self.name, None, 1)


def problem_of(script):
    return None if script == "good" else f"{script} is bad"


def test_the_problem_goes_back_with_the_script():
    coder = Answers("one", "good")
    seen = []
    done = code_until_runs(coder, REQUEST, problem_of, on_attempt=seen.append)
    assert done.ok
    assert done.script == "good"
    assert [r.script for r in seen] == ["one", "good"]
    assert [problem for _, problem in done.attempts] == ["one is bad", None]
    assert coder.asked[0].previous is None
    assert (coder.asked[1].previous.script, coder.asked[1].previous.problem) == ("one", "one is bad")


def test_attempts_are_bounded():
    coder = Answers("one", "two", "three", "good")
    done = code_until_runs(coder, REQUEST, problem_of, max_attempts=3)
    assert not done.ok
    assert done.problem == "three is bad"
    assert len(done.attempts) == 3


def test_a_script_that_comes_again_ends_the_loop():
    coder = Answers("one", "one  \n\n", "good")
    done = code_until_runs(coder, REQUEST, problem_of, max_attempts=5)
    assert len(done.attempts) == 2
    assert not done.ok


def test_a_script_from_a_file(tmp_path):
    path = tmp_path / "s.py"
    path.write_text("x = 1\n")
    result = ScriptFile(path).write(REQUEST)
    assert (result.script, result.coder, result.model, result.requests) == ("x = 1\n", "script", None, 0)
    assert not code_until_runs(ScriptFile(path), REQUEST, lambda script: "wrong", max_attempts=9).ok


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    path = tmp_path / "s.py"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CoderError, match=r"s\.py"):
        ScriptFile(path).write(REQUEST)
