"""A GBNF grammar for the code of one rule: a Python block in which texts are names and properties of the scene.

Small models copy names out of the worked examples; with the grammar they cannot. Understood by llama.cpp's server.
"""

from __future__ import annotations

import json
import re

from ..scene_graph import SceneGraph

LABEL = 40
"""Longest label of a ``once`` or ``later``."""


def rule_grammar(rule: str, graph: SceneGraph) -> str:
    """Grammar of the answer to one rule's request."""
    names = [*graph.names, *(c.name for c in graph.constraints)]
    keys = {key for o in graph.objects for key in o.properties} | set(re.findall(r"\.([A-Za-z]\w*)", rule)) | {"on"}
    values = {v for o in graph.objects for v in o.properties.values() if isinstance(v, str)}
    quoted = {v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", rule) for v in pair if v}
    texts = list(dict.fromkeys([*names, *sorted(keys | values | quoted), "x", "y", "z"]))
    alternatives = " | ".join(_literal(json.dumps(text, ensure_ascii=False)) for text in texts)
    return "\n".join(
        [
            'root ::= "```python\\n" piece+ "\\n```"',
            "piece ::= plain | label | text",
            "plain ::= [^\"'`]",
            f'label ::= ("once(" | "later(") "\\"" [^"\\\\\\n`]{{1,{LABEL}}} "\\""',
            f"text ::= {alternatives}",
        ]
    )


def _literal(text: str) -> str:
    """A GBNF literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
