"""python -m headless <command>."""

import sys

from headless.cli import main

if __name__ == "__main__":
    sys.exit(main())
