"""The server's process: loads the model, prints the address, and ends with its parent."""

from __future__ import annotations

import json
import os
import sys
import threading


def main() -> None:
    """Serve with the settings given as JSON in the first argument."""
    settings = json.loads(sys.argv[1])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # The address alone goes to the parent; what the library prints goes to the log.
    address = os.dup(1)
    os.dup2(2, 1)
    try:
        import xllamacpp
    except ImportError:
        sys.exit("xllamacpp is not installed; install it with 'pip install --group model' in the project's folder")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = settings["model"]
    adapter = xllamacpp.CommonAdapterLoraInfo()
    adapter.path = settings["adapter"]
    adapter.scale = 0.0  # of requests that do not ask for it
    parameters.lora_adapters = [adapter]
    parameters.n_ctx = settings["context"]
    parameters.n_parallel = 1
    parameters.cache_ram_mib = 0
    parameters.cpuparams.n_threads = settings["threads"]
    parameters.cpuparams_batch.n_threads = settings["threads"]
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.warmup = False
    server = xllamacpp.Server(parameters)
    os.write(address, (server.listening_address + "/v1\n").encode())
    threading.Event().wait()


def _end_with_parent() -> None:
    """The parent holds the other end of standard input and never writes to it: an end of file means that it is gone."""
    while os.read(0, 1):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
