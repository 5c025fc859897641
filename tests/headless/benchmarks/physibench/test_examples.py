import subprocess
import sys

import pytest

from addon.coder import CodingRequest, RuleCoder
from addon.executor import check as check_script
from addon.rewards import parse, validate
from addon.scene_graph import scene_text
from headless.benchmarks.physibench import MachineError, example, example_names, examples, load_machine
from headless.benchmarks.physibench.check import check, run_script
from headless.benchmarks.physibench.examples import KINDS
from headless.benchmarks.physibench.stages import MAKERS, STAGES

MACHINES = examples()


def test_the_bundled_set_covers_all_kinds():
    assert len(MACHINES) == 24
    assert {m.kind for m in MACHINES} == set(KINDS)
    assert len(KINDS) >= 8


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_machines_name_only_what_they_have(machine):
    for text in machine.assertions:
        validate(parse(text), machine.graph)
    check_script(machine.oracle)
    assert machine.assertions
    assert machine.has_logic


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_the_oracle_passes_and_the_empty_script_does_not(machine):
    assert check(machine) == []


def test_examples_are_chains_of_the_benchmarks_stages():
    for machine in MACHINES:
        assert 1 <= len(machine.stages) <= 2
        assert set(machine.stages) <= set(MAKERS)
        assert machine.split is None, "an example belongs to no split"
    assert {kind for m in MACHINES for kind in m.stages} - set(STAGES) == {"trigger_door"}


def test_the_first_example_has_the_names_that_the_docs_show():
    assert set(example("trigger_door").graph.names) >= {"Marble", "Sensor", "Barrier", "Goal", "Lamp", "Ramp"}


@pytest.mark.parametrize("index", [0, 5, 6])
def test_the_template_coder_solves_machines(index):
    machine = MACHINES[index]
    request = CodingRequest(machine.graph, scene_text(machine.graph), machine.graph.rules)
    _, metrics = run_script(machine, RuleCoder("template").write(request).script)
    assert metrics.logic_success


@pytest.mark.parametrize("index", [1, 4])
def test_another_process_gives_the_same_trace(index):
    code = (
        "from headless.benchmarks.physibench import examples\n"
        "from headless.benchmarks.physibench.check import run_script\n"
        f"machine = examples()[{index}]\n"
        "print('sha', run_script(machine, machine.oracle)[0].trace.sha256())"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    here = run_script(MACHINES[index], MACHINES[index].oracle)[0].trace.sha256()
    assert f"sha {here}" in there.stdout


def test_examples_have_names():
    assert example("trigger_door").kind == "trigger_door"
    assert example("bundled/07") == MACHINES[7]
    assert len(example_names()) == len(KINDS) + 24
    with pytest.raises(MachineError, match="trigger_door"):
        example("nosuch")


def test_machines_are_kept_as_files(tmp_path):
    path = MACHINES[3].save(tmp_path / "machine.json")
    assert load_machine(path) == MACHINES[3]
    path.write_text("{}")
    with pytest.raises(MachineError, match=r"machine\.json is no machine"):
        load_machine(path)
