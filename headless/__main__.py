"""python -m headless <command>."""

import gc
import sys


def _main() -> int:
    """The exit code of the command. A stop is told here where it comes before or after the command does its work."""
    try:
        from headless.interrupt import interrupt

        interrupt.install()
        code = _command(sys.argv[1:])
        interrupt.end()
        gc.freeze()  # Python looks through all objects several times when it ends, and the grammar has many.
        return code
    except BaseException as error:
        from headless.interrupt import STOPPED, interrupt

        if not (interrupt.asked or isinstance(error, KeyboardInterrupt)):
            raise
        interrupt.end()
    print(f"error: {STOPPED}", file=sys.stderr)
    return 1


def _command(words: list[str]) -> int:
    if words[:1] == ["execute"]:  # tens of scripts a second need a start without the other commands' packages
        from headless.execute import main as execute

        return execute(words[1:])
    from headless.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(_main())
