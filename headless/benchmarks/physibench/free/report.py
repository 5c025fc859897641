"""The report of an evaluation of the free split: its table, and every rule that did not come out as it should."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ....evaluation.figures import shares_plot
from ....evaluation.report import Exhibit, Page, exhibit, trace_of, write_page
from ....evaluation.results import read_results, read_rows
from ....evaluation.statistics import Share, percent
from .results import FreeResults, FreeRow

HEAD = ("of", "figure", "share, 95 % interval", "rules")


def table(results: FreeResults) -> list[tuple[str, str, str, str]]:
    """Rows of group, figure, share and number of rules."""
    whole = {"done or refused as it should be": results.success, "silently wrong": results.silently_wrong}
    groups: dict[str, Mapping[str, Share | None]] = {
        "all rules": whole,
        "rules to do": results.to_do,
        "of these, sayable": results.sayable,
        "rules to refuse": results.must_refuse,
        **{f"understood by {way}": shares for way, shares in results.by_way.items()},
    }
    return [
        (group, name, percent(share), str(share.count))
        for group, shares in groups.items()
        for name, share in shares.items()
        if share is not None
    ]


def line(row: FreeRow) -> str:
    """A rule with what became of it, in one line."""
    if row.verdict in ("wrong", "right"):
        told = f"was taken for: {row.reading or row.way}"
    else:
        told = f"{'was refused' if row.verdict == 'refused' else 'ended'}: {row.reason}"
    wanted = "" if row.want == "do" else " (to be refused)"
    return f"{row.task}: '{row.text}'{wanted} {told}"


def write_free_report(folder: Path) -> Path:
    """Write ``report.html`` of a finished evaluation; returns its path. Raises FolderError if there are no results."""
    results = read_results(folder, FreeResults)
    failed = [row for row in read_rows(folder, FreeRow) if not row.success]
    groups = {"all": results.success} if results.success else {}
    page = Page(
        title="PhysiBench, free split",
        solver=results.coder,
        note=_under_title(results),
        head=HEAD,
        table=table(results),
        figures={
            "requests": str(results.requests),
            "tokens read, written": f"{results.prompt_tokens}, {results.completion_tokens}",
        },
        plots=[
            shares_plot(groups, "rule, all"),
            shares_plot(results.to_do, "verdict, of the rules to do"),
            shares_plot(results.sayable, "verdict, of those that the language can say"),
            shares_plot(results.must_refuse, "verdict, of the rules to refuse"),
        ],
    )
    return write_page(page, [_exhibit(row, folder / row.task) for row in failed], folder)


def _exhibit(row: FreeRow, folder: Path) -> Exhibit:
    trace = trace_of(folder) if row.verdict == "wrong" else None
    note = f"{row.verdict}; scene {row.scene}; to {row.want}"
    return exhibit(row, folder, trace, note=note, rules=(row.text,), problem=line(row), pictures=False)


def _under_title(results: FreeResults) -> str:
    model = f"model {results.model}" if results.model else "no language model"
    prompt = f", prompt {results.prompt_version}" if results.prompt_version else ""
    return f"coder {results.coder}, {model}{prompt}, {results.which}, {', '.join(results.engine)}"
