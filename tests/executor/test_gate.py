"""What a text costs before it runs: every construct nested or repeated, up to the longest script, ends no process."""

import ast
import resource
import sys
from pathlib import Path

import pytest

from addon.executor import Budgets, ScriptError, check, gate, parse, run_plain
from addon.executor.launch import started
from addon.executor.process import WorkerProcess
from addon.executor.syntax import flatten, rebuild
from addon.executor.worker.size import code_size

ROOT = Path(__file__).parents[2]


def around(before, after="", middle="1"):
    """An expression of n levels."""
    return lambda n: "x = " + before * n + middle + after * n


def blocks(*heads):
    """Statements within statements; a head that is empty stands for its body alone."""

    def make(n):
        lines = [" " * i + head for i in range(n) for head in heads]
        return "\n".join([*lines, " " * n + "x = 1"]) + "\n"

    return make


def ways_out(word, around):
    return lambda n: f"{around}:\n try:\n" + f"  if a: {word}\n" * n + " finally:\n" + "  x = 1\n" * n


FLAT = {
    "parentheses": around("(", ")"),
    "open": around("([{", ""),
    "lists": around("[", "]"),
    "dicts": around("{1:", "}"),
    "calls": around("f(", ")"),
    "items": around("a[", "]"),
    "minus": around("-"),
    "not": around("not "),
    "sums": around("1+"),
    "powers": around("1**"),
    "comparisons": around("a<"),
    "and or": around("a and (b or ", ")"),
    "lambdas": around("lambda:"),
    "lambda defaults": around("lambda a=", ":1"),
    "conditions": around("1 if a else "),
    "walrus": around("(a:=", ")"),
    "attributes": lambda n: "x = a" + ".location" * n,
    "list comprehensions": around("[", " for a in b]"),
    "set comprehensions": around("{", " for a in b}"),
    "dict comprehensions": around("{1:", " for a in b}"),
    "generators": around("(", " for a in b)"),
    "comprehensions with if": around("[", " for a in b if a]"),
    "comprehensions in comprehensions": around("[1 for a in ", "]", "b"),
    "clauses": lambda n: "x = [1" + " for a in b" * n + "]",
    "f-strings": lambda n: "x = f'" + "{a}" * n + "'",
    "f-string expressions": lambda n: "x = f'{" + "-" * n + "1}'",
    "f-string formats": lambda n: "x = f'" + "{a:" * n + "1" + "}" * n + "'",
    "texts": around("'a' ", "", "'b'"),
    "whole numbers": lambda n: "x = " + "9" * n,
    "hexadecimal": lambda n: "x = 0x" + "f" * n,
    "statements": lambda n: "x=1;" * n,
    "products": lambda n: "x=a*b+c\n" * n,
    "additions": lambda n: "a+=b*c\n" * n,
    "elif": lambda n: "if a: pass\n" + "elif a: pass\n" * n,
    "decorators": lambda n: "@f\n" * n + "def g(): pass\n",
    "functions": lambda n: "".join(f"def f{i}():\n a['k']=1\n" for i in range(n)),
    "flags": lambda n: "".join(f"a{i}=1\nif a{i}:a{i}=2\n" for i in range(n)),
    "closures": lambda n: "def o():\n " + "=".join(f"a{i}" for i in range(n)) + "=1\n x=[" + "lambda:a1," * n + "]",
    "returns in finally": ways_out("return", "def f(a)"),
    "breaks in finally": ways_out("break", "while a"),
    "halves of pairs": lambda n: "x = '" + "\ud800" * n + "'",
    "zeros": lambda n: "x = 1\0" * n,
}
DEEP = {
    "if": blocks("if a:"),
    "for": blocks("for a in b:"),
    "while": blocks("while a:"),
    "def": blocks("def f():"),
    "finally": blocks("try:", "  pass", "finally:"),
    "handlers": blocks("try:", "  pass", "except E as e:"),
    "class": blocks("class A:"),
    "returns": lambda n: "def f():\n" + "".join(
        " " * i + " try:\n" + " " * i + "  return 1\n" + " " * i + " finally:\n" for i in range(n)
    ) + " " * n + " return 2\n",
}  # fmt: skip


def longest(make, most):
    """The construct as often as fits into ``most`` bytes."""
    low, high = 1, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(make(middle).encode(errors="replace")) <= most else (low, middle - 1)
    return make(low)


def sources():
    for name, make in FLAT.items():
        yield pytest.param(make(60), id=f"{name} 60")
        yield pytest.param(longest(make, 20_000), id=f"{name} long")
    for name, make in DEEP.items():
        for n in (12, 22, 99):
            yield pytest.param(make(n).replace("  pass", " " * n + " pass"), id=f"{name} {n}")


@pytest.mark.parametrize("source", list(sources()))
@pytest.mark.whole
def test_a_text_is_read_or_refused_and_the_host_stays_as_it_was(source):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    errors = [run_plain(source, [], 1).error]
    for read in (check, parse):
        try:
            read(source)
        except ScriptError as error:
            errors.append(error)
    for error in filter(None, errors):
        assert error.kind in ("syntax", "refused", "limit", "failed"), error
        assert error.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 << 10
    assert check("x = 1").warnings == ()


@pytest.mark.parametrize("make", [DEEP["finally"], DEEP["returns"], FLAT["returns in finally"]])
def test_what_grows_when_it_is_compiled_is_refused_before(make):
    with pytest.raises(ScriptError) as caught:
        check(make(19 if make in DEEP.values() else 2000).replace("  pass", " " * 20 + "pass"))
    assert "code_size" in caught.value.reason or "nested" in caught.value.reason


@pytest.mark.parametrize("depth", range(1, 8))
def test_code_grows_as_its_size_says(depth):
    def source(body):
        heads = [(" " * i + "try:\n", " " * i + " f()\n", " " * i + "finally:\n") for i in range(depth)]
        return "".join(a + b + c for a, b, c in heads) + (" " * depth + "f()\n") * body

    def growth(measure):
        return (measure(source(40)) - measure(source(20))) / 20

    size = growth(lambda text: code_size(ast.parse(text)))
    code = growth(lambda text: len(compile(text, "", "exec").co_code))
    assert size == 3 * 2**depth
    assert code <= 8 * size


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 11)", "time.sleep(60)"])
def test_a_process_that_a_text_ends_is_a_refusal(monkeypatch, end):
    program = f"""
import os, sys, time
def read():
    sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(4), "little"))
read()
os.write(1, len(b'{{}}').to_bytes(4, "little") + b'{{}}')
read()
{end}
"""
    monkeypatch.setattr(WorkerProcess, "launch", lambda self: started([sys.executable, "-I", "-S", "-c", program]))
    monkeypatch.setattr(gate, "QUESTION_SECONDS", 0.5)
    gate._close()
    error = run_plain("x = 1", [], 1, budgets=Budgets(seconds_start=0.5)).error
    assert (error.kind, "nested too deeply or too large" in error.reason) == ("refused", True)
    for read in (check, parse):
        with pytest.raises(ScriptError, match="nested too deeply or too large"):
            read("x = 5 # " + end)
    monkeypatch.undo()
    assert check("x = 1").warnings == ()


def test_the_gate_is_started_anew_where_it_ended():
    check("x = 1")
    gate._gate.worker.process.kill()
    gate._gate.worker.process.wait()
    assert check("x = 'a'").texts == {"a"}


def test_facts_of_a_script():
    facts = check('"""What it is.\n\n    More."""\ndef f():\n    "One."\n    return "two"\n')
    assert facts.texts >= {"One.", "two"}
    assert facts.docstrings == {"": "What it is.\n\nMore.", "f": "One."}


@pytest.mark.parametrize("path", sorted((ROOT / "addon").rglob("*.py"))[::4], ids=lambda p: p.name)
def test_a_tree_survives_the_way(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.dump(rebuild(flatten(tree)), include_attributes=True) == ast.dump(tree, include_attributes=True)


def test_a_tree_of_all_constants_survives():
    source = "x = [1, 2**70, 1e999, 1.5, 3j, b'a', 'b', None, True, ..., -0.0, '\\ud800', 0x" + "f" * 3000 + "]"
    assert ast.dump(parse(source)) == ast.dump(ast.parse(source))


@pytest.mark.parametrize(
    "nodes", [None, [], [1], [["Module"]], [["object", [], {}]], [["Name", [], {"id": {"node": 5}}]]]
)
def test_no_tree_is_refused(nodes):
    with pytest.raises(ValueError, match="no syntax tree"):
        rebuild(nodes)


def test_all_offences_are_told_the_imports_first():
    with pytest.raises(ScriptError) as caught:
        check(
            "x = np.zeros(3)\nball.foo = 1\nimport numpy as np\nopen('a')\nimport time\ntime.sleep(1)\nball.foo = 2\n"
        )
    errors = [caught.value, *caught.value.others]
    assert [e.line for e in errors] == [3, 5, 2, 4]
    assert errors[0].source_line == "import numpy as np"
    text = caught.value.text()
    assert all(word in text for word in ("import numpy", "import time", ".foo", "open"))
    assert caught.value.as_dict()["others"][0]["line"] == 5


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("obj.rigid_body.linear_velocity = (1, 0, 0)", ".velocity"),
        ("obj.hide_set(True)", ".hide_viewport"),
        ("obj.speed = 3", ".velocity"),
        ("obj.rotation.z = 1", ".rotation_euler"),
        ("obj.position = (0, 0, 0)", ".location"),
        ("bpy.context.scene.frame_set(3)", "`frame`"),
        ("bpy.data.lights['Lamp'].energy = 5", "obj.data.energy"),
        ("obj.active_material.emission_strength = 1", "active_material"),
        ("obj.base_color = (1, 0, 0, 1)", "active_material"),
        ("bpy.app.handlers.frame_change_pre.append(f)", "step(scene, frame, dt)"),
        ("bpy.app.timers.register(f)", "step(scene, frame, dt)"),
        ("bpy.ops.object.select_all(action='DESELECT')", "no operators"),
        ("bpy.context.object.location.x = 1", "bpy.data.objects['Name']"),
        ("bpy.context.view_layer.update()", "leave it out"),
        ("obj.evaluated_get(d)", "leave it out"),
        ("bpy.data.objects.new('a', None)", "cannot be made"),
        ("obj.parent = None", "parents stay"),
        ("obj.apply_central_force((1, 0, 0))", "obj.apply_force"),
        ("obj.driver_add('location')", "every step"),
        ("obj.name = 'x'", "only be read"),
        ("import numpy", "mathutils.Vector"),
        ("import time", "frame * dt"),
        ("import os", "out of reach"),
        ("obj.locaton.x = 1", "'.location'"),
    ],
)
def test_names_of_blender_are_answered_with_what_to_use(source, words):
    with pytest.raises(ScriptError) as caught:
        check(source)
    assert words in caught.value.suggestion
    assert not caught.value.others
