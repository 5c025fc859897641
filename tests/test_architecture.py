"""The order of the stages, and where Blender may be imported."""

import ast
import itertools
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STAGES = [
    "scene_graph",
    "geometry",
    "perception",
    "trace",
    "models",
    "executor",
    "rules",
    "coder",
    "engine",
    "patterns",
    "rewards",
    "metrics",
    "worlds",
    "jobs",
    "ui",
]
NOT_OF_EVALUATION = [("headless", part) for part in ("benchmarks", "bench", "cli", "scenes")]
SOURCES = sorted(p for top in ("addon", "headless") for p in (ROOT / top).rglob("*.py"))


def problems(path, source):
    """What breaks the rules in a module at ``path`` (relative to the root)."""
    return list(itertools.chain.from_iterable(_statement(path, node) for node in ast.walk(ast.parse(source))))


def _statement(path, node):
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from _absolute(path, alias.name)
    elif isinstance(node, ast.ImportFrom):
        if node.level == 0:
            yield from _absolute(path, node.module)
        else:
            base = path.parts[: len(path.parts) - node.level]
            for name in [node.module] if node.module else [alias.name for alias in node.names]:
                yield from _inner(path, (*base, *name.split(".")))


def _absolute(path, name):
    top = name.split(".")[0]
    inside = path.parts[0] == "addon"
    if top in ("bpy", "mathutils", "gpu") and path.parts[:2] not in (("addon", "engine"), ("addon", "ui")):
        yield f"{path}: imports {top}"
    if inside and top in ("addon", "headless"):
        yield f"{path}: imports {name}; use relative imports, and nothing of headless"
    if not inside:
        yield from _inner(path, tuple(name.split(".")))


def _inner(path, target):
    if path.parts[0] == "addon":
        yield from _stage(path, target)
    elif path.parts[:2] == ("headless", "evaluation") and target[:2] in NOT_OF_EVALUATION:
        yield f"{path}: what benchmarks share must not import {'.'.join(target[:2])}"


def _stage(path, target):
    own = path.parts[1]
    other = target[1] if len(target) > 1 else ""
    if own not in STAGES or other not in STAGES or own == other:
        return
    if STAGES.index(other) > STAGES.index(own) or {own, other} == {"engine", "executor"}:
        yield f"{path}: the stage {own} must not import {other}"


def test_all_modules_keep_the_rules():
    found = [p for path in SOURCES for p in problems(path.relative_to(ROOT), path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("addon/trace/a.py", "import bpy"),
        ("headless/a.py", "from mathutils import Vector"),
        ("addon/trace/a.py", "from ..metrics import measure"),
        ("addon/trace/a.py", "from .. import metrics"),
        ("addon/trace/deep/a.py", "from ...metrics.measure import volume"),
        ("addon/engine/a.py", "from ..executor import check"),
        ("addon/executor/a.py", "from ..engine.protocol import Engine"),
        ("addon/trace/a.py", "from addon.scene_graph import SceneGraph"),
        ("addon/jobs/a.py", "import headless.scenes"),
        ("headless/evaluation/a.py", "from ..benchmarks.physibench import rules"),
        ("headless/evaluation/a.py", "from .. import benchmarks"),
        ("headless/evaluation/a.py", "import headless.benchmarks.physibench"),
    ],
)
def test_each_rule_can_be_broken(path, source):
    assert problems(Path(path), source)


def test_allowed_imports_pass():
    assert problems(Path("addon/engine/a.py"), "import bpy\nfrom ..scene_graph import SceneGraph") == []
    assert problems(Path("addon/trace/deep/a.py"), "from . import metrics\nfrom ..metrics import x") == []
    assert problems(Path("addon/jobs/a.py"), "from ..engine.protocol import Engine\nfrom ..executor import check") == []


def test_modules_are_of_readable_length():
    long = {p.name: n for p in SOURCES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 480}
    assert long == {}


# Where packages come from is the user's configuration, and where things lie on a machine is nobody's business.
# Written in two halves, for this file is searched too.
PRIVATE = [
    first + second
    for first, second in [("pypi", ".org"), ("pythonhosted", ".org"), ("/wo", "rk/"), ("/ro", "ot/"), ("/tm", "p/w/")]
]


def private_words(text):
    return [word for word in PRIVATE if word in text]


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        words = private_words(path.read_text(encoding="utf-8", errors="ignore")) if path.is_file() else []
        if words:
            found[name] = words
    assert found == {}


@pytest.mark.parametrize("word", PRIVATE)
def test_each_private_word_is_found(word):
    assert private_words(f"see {word}x") == [word]


def test_what_makes_worlds_does_without_what_the_extension_has_not():
    """Wheels of the extension leave SciPy out: only foreign traces and tables of distances use it, without a window."""
    used = [
        p.relative_to(ROOT).as_posix() for p in (ROOT / "addon").rglob("*.py") if "from scipy" in p.read_text("utf-8")
    ]
    allowed = ("addon/patterns/", "addon/trace/foreign/")
    assert [path for path in used if not path.startswith(allowed)] == []
