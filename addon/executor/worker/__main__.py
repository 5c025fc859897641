"""Starts the script worker: ``python -s -P -S <this folder>`` with an environment that only fixes the order of sets.

With the number of an open socket it starts the process that workers are forked from, see `template`.
"""

import importlib
import os
import sys
import types


def main():
    """Run the worker from its modules alone: the packages around them would load what this process has no use for."""
    path = os.path.dirname(os.path.abspath(__file__))
    packages = []
    for name in ("addon.executor.worker", "addon.executor", "addon"):
        package = types.ModuleType(name)
        package.__path__ = [path]
        packages.append(package)
        path = os.path.dirname(path)
    sys.modules.update({package.__name__: package for package in packages})
    serve = importlib.import_module("addon.executor.worker.serve")
    if sys.argv[1:]:
        importlib.import_module("addon.executor.worker.template").fork_workers(int(sys.argv[1]))
    serve.main()


if __name__ == "__main__":
    main()
