"""An OpenAI-compatible server for the local model, in a process of its own on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from ...interpreter import environment_with
from .model import ADAPTER, model_folder, model_path

START_SECONDS = 120.0
CONTEXT = 8192


class ServerError(RuntimeError):
    """The server did not start; the message says why and what to do."""


class LocalServer:
    """Serves the model while the context lasts. The child watches the pipe to this process and ends with it.

    Raises ServerError on entry if the model is not fetched or the server does not start.
    """

    def __init__(self, threads: int | None = None, context: int = CONTEXT) -> None:
        self.threads = threads or os.cpu_count() or 1
        self.context = context
        self.base_url = ""
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LocalServer:
        if not model_path().is_file():
            raise ServerError("the local model is not fetched; run 'python -m headless model fetch'")
        log = model_folder() / "server.log"
        settings = {
            "model": str(model_path()),
            "adapter": str(ADAPTER),
            "threads": self.threads,
            "context": self.context,
        }
        with log.open("wb") as stream:
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", str(Path(__file__).with_name("serve.py")), json.dumps(settings)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stream,
                env=environment_with("xllamacpp"),
            )
        try:
            self.base_url = _address(process, log)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the server."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the child prints when it is ready."""
    stdout = process.stdout
    assert stdout is not None
    lines: list[bytes] = []
    reader = threading.Thread(target=lambda: lines.append(stdout.readline()), daemon=True)
    reader.start()
    reader.join(START_SECONDS)
    if reader.is_alive():
        raise ServerError(
            f"the model server did not get ready within {START_SECONDS:.0f} s; its log is {log}; "
            "close other programs that use the processor or memory, and try again"
        )
    if not lines or not lines[0].startswith(b"http://"):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
        last = (log.read_text(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
        raise ServerError(f"the model server did not start: {last}; its log is {log}")
    return lines[0].decode().strip()
