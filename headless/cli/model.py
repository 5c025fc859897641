"""``model``: fetch, serve and look at the local model."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from addon.models.local import LocalServer, fetch, is_fetched, status
from addon.models.local.model import model_path

from .output import err, out, print_json

app = typer.Typer(help="Fetch, serve and look at the local model.", no_args_is_help=True)


@app.command("fetch")
def fetch_model() -> None:
    """Fetch the model file, check its SHA-256 and keep it in the cache folder; a broken-off fetch goes on."""
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("model", total=None)
        path = fetch(lambda phase, done, total: bar.update(task, description=phase, completed=done, total=total))
    err.print(f"the model is at {path}", highlight=False)


@app.command()
def serve(threads: Annotated[int | None, typer.Option(min=1, help="Threads; default: all cores.")] = None) -> None:
    """Serve the model on loopback until Ctrl-C."""
    with LocalServer(threads) as server:
        err.print(f"serving {model_path().name} at {server.base_url}; Ctrl-C ends it", highlight=False)
        while True:
            time.sleep(3600)


@app.command()
def train(
    to: Annotated[Path, typer.Option("--out", help="File of the adapter.")],
    start: Annotated[Path | None, typer.Option("--from", help="An adapter to go on from; default: none.")] = None,
    passes: Annotated[int, typer.Option(min=1, help="Times that the pairs are shown, renamed anew.")] = 1,
    share: Annotated[float, typer.Option(min=0.001, max=1.0, help="Share of all that which is shown.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Of the pairs' order and of the names and numbers in them.")] = 0,
) -> None:
    """Train the adapter with which the model reads rules; needs the dependency group 'training', and a graphics card or
    hours."""
    try:
        from headless.training.adapter import train as fit
    except ImportError as problem:
        told = f"{problem.name} is not installed; install it with: .venv/bin/python -m pip install --group training"
        err.print(told, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from None
    from headless.training.pairs import load_pairs, shown_pairs

    if not is_fetched():
        err.print("the local model is not fetched; run 'python -m headless model fetch'", highlight=False)
        raise typer.Exit(2)
    with Progress(console=err, transient=True) as bar:
        task = bar.add_task("loss", total=1.0)

        def tell(done: float, loss: float) -> None:
            bar.update(task, description=f"loss {loss:.3f}", completed=done)

        try:
            pairs = load_pairs()
            shown = [one for turn in range(passes) for one in shown_pairs(pairs, seed + turn)]
            fit(shown, to, share, tell, start)
        except ValueError as problem:
            err.print(str(problem), highlight=False)
            raise typer.Exit(2) from None
    err.print(f"the adapter is at {to}", highlight=False)


@app.command("status")
def show_status(json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False) -> None:
    """Tell whether the model is fetched, and where."""
    found = status()
    if json:
        print_json(found)
    else:
        for key, value in found.items():
            out.print(f"{key}: {value}", highlight=False)
