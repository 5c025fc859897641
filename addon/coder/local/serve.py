"""The server's process: loads the model, prints the address, and ends when its standard input does."""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Serve with the settings given as JSON in the first argument."""
    settings = json.loads(sys.argv[1])
    address = os.dup(1)
    os.dup2(2, 1)
    try:
        import xllamacpp
    except ImportError:
        sys.exit("xllamacpp is not installed; install the dependency group 'model' of pyproject.toml")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = settings["model"]
    parameters.n_ctx = settings["context"]
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = settings["threads"]
    parameters.cpuparams_batch.n_threads = settings["threads"]
    parameters.port = 0
    parameters.warmup = False
    server = xllamacpp.Server(parameters)
    os.write(address, (server.listening_address + "/v1\n").encode())
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    main()
