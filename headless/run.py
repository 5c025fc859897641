"""The command line inside a real Blender: blender --background [scene.blend] --python headless/run.py -- <command> …

With a scene open, ``run`` and ``parse`` may leave out the scene: ``-- run --coder template`` takes the open file.
Blender's own Python needs the packages of ``.venv``, which fit when both Pythons have the same version.
"""

import importlib.util
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENE_COMMANDS = ("run", "parse")


def main() -> int:
    """Make the packages importable, complete the arguments and run the command; returns its exit code."""
    arguments = sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
    problem = _find_packages()
    if problem:
        print(f"error: {problem}", file=sys.stderr)
        return 2
    opened = (
        next((a for a in sys.argv[: sys.argv.index("--")] if re.search(r"\.blend\d*$", a, re.IGNORECASE)), "")
        if "--" in sys.argv
        else ""
    )
    if arguments[:1] in ([c] for c in SCENE_COMMANDS) and (len(arguments) == 1 or arguments[1].startswith("-")):
        if not opened:
            print(f"error: no scene is open; give one: -- {arguments[0]} SCENE", file=sys.stderr)
            return 2
        arguments.insert(1, opened)
    from headless.cli import main as command

    return command(arguments or ["--help"])


def _find_packages() -> str | None:
    """Put the project and, where they are missing, the packages of a fitting environment on the path."""
    sys.path.insert(0, str(ROOT))
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    if any(importlib.util.find_spec(name) is None for name in ("mujoco", "pydantic", "openai")):
        for environment in (".venv", ".venv-3.11"):
            packages = ROOT / environment / "lib" / version / "site-packages"
            if packages.is_dir():
                sys.path.append(str(packages))
                return None
        return (
            f"this Blender has Python {version.removeprefix('python')}, and there is no environment for it with the "
            "packages; run scripts/setup.sh with a Python of this version, or install the extension"
        )
    return None


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.exit(code)
