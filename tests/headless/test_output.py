"""Where results and an engine's words go."""

import json
import subprocess
import sys
from pathlib import Path

# In a process of its own: pytest's capture writes to a file that is not descriptor 1.
SCRIPT = """
import os
from headless.cli.output import engine_words_to_stderr, out, print_json
with engine_words_to_stderr():
    os.write(1, b"words of C\\n")
    print_json({"a": 1})
    with engine_words_to_stderr():
        out.print("a line")
        os.write(1, b"more words\\n")
    os.write(1, b"last words\\n")
os.write(1, b"the end\\n")
"""


def test_results_go_to_standard_output_from_among_an_engines_words():
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == json.dumps({"a": 1}, indent=1) + "\na line\nthe end\n"
    assert done.stderr == "words of C\nmore words\nlast words\n"
