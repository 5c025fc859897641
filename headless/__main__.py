"""python -m headless <command>."""

import sys


def _main() -> int:
    if sys.argv[1:2] == ["execute"]:  # tens of scripts a second need a start without the other commands' packages
        from headless.execute import main as execute

        return execute(sys.argv[2:])
    from headless.interrupt import interrupt

    interrupt.install()
    try:
        from headless.cli import main
    except BaseException:
        if not interrupt.asked:
            raise
        print("error: stopped before anything began", file=sys.stderr)
        return 1
    code = main()
    interrupt.end()
    return code


if __name__ == "__main__":
    sys.exit(_main())
