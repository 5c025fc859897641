import subprocess
import sys

from addon.interpreter import environment_with


def test_a_child_finds_a_package_where_only_this_process_looks_for_it(monkeypatch, tmp_path):
    package = tmp_path / "only_here"
    package.mkdir()
    (package / "__init__.py").write_text("print('found')")
    command = [sys.executable, "-P", "-c", "import only_here"]
    assert subprocess.run(command, env=environment_with("only_here"), capture_output=True).returncode != 0
    monkeypatch.syspath_prepend(tmp_path)
    done = subprocess.run(command, env=environment_with("only_here"), capture_output=True, text=True)
    assert done.stdout == "found\n"


def test_packages_that_the_user_has_set_come_first(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/mine")
    assert environment_with("pytest")["PYTHONPATH"].startswith("/mine:")
    assert environment_with("nothing_like_it")["PYTHONPATH"] == "/mine"
