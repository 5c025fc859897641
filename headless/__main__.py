"""python -m headless <command>."""

import sys


def _main() -> int:
    if sys.argv[1:2] == ["execute"]:  # tens of scripts a second need a start without the other commands' packages
        from headless.execute import main as execute

        return execute(sys.argv[2:])
    from headless.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(_main())
