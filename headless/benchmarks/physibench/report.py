"""The report of an evaluation of PhysiBench."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from addon.scene_graph import FloatArray

from ...evaluation.figures import iou_plot, shares_plot, smallest_iou
from ...evaluation.report import Exhibit, Page, exhibit, spread, trace_of, write_page
from ...evaluation.results import read_results, read_rows
from .machine import Machine
from .results import Results, Row
from .table import HEAD, PUBLISHED_SUCCESS, table_one


def write_evaluation_report(machines: Sequence[Machine], folder: Path) -> Path:
    """Write ``report.html`` of a finished evaluation; returns its path. Raises JobError if there are no results."""
    results, rows = read_results(folder, Results), {row.machine: row for row in read_rows(folder, Row)}
    shown = spread([rows[m.name] for m in machines if m.name in rows])
    curves: list[FloatArray] = []
    exhibits: list[Exhibit] = []
    for machine in machines:
        trace, row = trace_of(folder / machine.name), rows.get(machine.name)
        if trace is not None:
            curves.append(smallest_iou(trace))
        if row is not None and (machine.name in shown or not row.logic_success):
            exhibits.append(
                exhibit(
                    row,
                    folder / machine.name,
                    trace,
                    note=_note(row),
                    rules=machine.graph.rules,
                    problem=row.problem,
                    pictures=machine.name in shown,
                )
            )
    page = Page(
        title="PhysiBench",
        solver=results.coder,
        note=_under_title(results),
        head=HEAD,
        table=table_one(results),
        figures=_figures(results),
        plots=[*_shares(results), iou_plot(curves)],
    )
    return write_page(page, exhibits, folder)


def _note(row: Row) -> str:
    kinds = " → ".join(row.kinds.split())
    return f"{kinds}; difficulty {row.difficulty}; {row.assertions_held} of {row.assertions} assertions"


def _under_title(results: Results) -> str:
    model = f"model {results.model}" if results.model else "no language model"
    prompt = f", prompt {results.prompt_version}" if results.prompt_version else ""
    engines = ", ".join(results.engine)
    which = results.series or f"seed {results.seed}"
    return f"coder {results.coder}, {model}{prompt}, {results.machines} machines, {which}, {engines}"


def _figures(results: Results) -> dict[str, str]:
    each = max(results.machines, 1)
    held = results.assertions_held
    return {
        **({"assertions met": f"{100 * held.mean:.1f} %"} if held else {}),
        "smallest shape IoU": str(results.shape_iou),
        "runs that gain energy": str(results.gains_energy),
        "deepest penetration": f"{results.deepest_penetration} m",
        "script failures, machines without a result": f"{results.script_failures}, {results.without_result}",
        "repairs, requests": f"{results.repairs}, {results.requests}",
        "tokens read and written, a machine": (
            f"{round(results.prompt_tokens / each)}, {round(results.completion_tokens / each)}"
        ),
    }


def _shares(results: Results) -> list[str]:
    groups = {
        "machine": {"all": results.logic_success} if results.logic_success else {},
        "difficulty": {str(k): s for k, s in results.by_difficulty.items()},
        "number of stages": {str(k): s for k, s in results.by_stages.items()},
        "kind of stage": results.by_kind,
        **({"runs": {str(n): share for n, share in results.by_runs.items()}} if results.by_runs else {}),
    }
    return [shares_plot(shares, label, PUBLISHED_SUCCESS) for label, shares in groups.items()]
