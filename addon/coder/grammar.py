"""GBNF grammars for the code of one rule, understood by llama.cpp's server.

A small model copies names and numbers out of the worked examples, and invents functions. The strict grammar leaves it
the names and numbers that the rule itself says and the helpers of `addon.coder.link`; what it says with them is
the model's own. The free grammar, for what the helpers cannot say, only keeps to the names of the scene.
"""

from __future__ import annotations

import json
import re

from ..scene_graph import SceneGraph

LABEL = 40
"""Longest label of a ``once`` or ``later`` in the free grammar."""

NUMBER_WORDS = {
    "half": "0.5", "twice": "2", "two": "2", "second": "2", "three": "3", "third": "3", "four": "4", "fourth": "4",
    "five": "5", "fifth": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip


def mentioned(rule: str, names: list[str]) -> list[str]:
    """The names that a rule says, longest first, each place in the rule counting for one name only."""
    found: dict[str, None] = {}
    for name in sorted(names, key=lambda n: (-len(n), n)):
        pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
        if re.search(pattern, rule, re.IGNORECASE):
            found[name] = None
            rule = re.sub(pattern, " ", rule, flags=re.IGNORECASE)
    return list(found)


def numbers(rule: str, names: list[str]) -> list[str]:
    """The numbers that a rule says, in figures or words, and 0 and 1."""
    for name in mentioned(rule, names):
        rule = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rule, flags=re.IGNORECASE)
    said = re.findall(r"\d+(?:\.\d+)?", rule)
    said += [NUMBER_WORDS[word] for word in re.findall(r"[a-z]+", rule.lower()) if word in NUMBER_WORDS]
    return list(dict.fromkeys([*said, "0", "1"]))


def strict_grammar(rule: str, graph: SceneGraph) -> str:
    """Grammar of the answer to one rule's request, of conditions and effects on what the rule names."""
    objects, constraints = list(graph.names), [c.name for c in graph.constraints]
    said = mentioned(rule, [*objects, *constraints])
    things = [n for n in said if n in objects] or objects
    joints = [n for n in said if n in constraints]
    properties = {key for name in things for key in graph.object(name).properties}
    keys = sorted(properties | set(re.findall(r"\.([A-Za-z]\w*)", rule)) | {"on"})
    texts = sorted({v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", rule) for v in pair if v})
    values = ["number", '"True"', '"False"', *(_quoted(text) for text in texts)]
    joint = f' | "objects[" ({_any(joints)}) "].rigid_body_constraint.enabled = " truth' if joints else ""
    return "\n".join(
        [
            r'root ::= "```python\nif " (once | often) ":\n" deed+ (then deed+ (finally deed+)?)? "```"',
            r'then ::= "if " ("once(\"then\", " | "later(\"then\", ") condition ", delay=" sum "):\n"',
            r'finally ::= "if " ("once(\"after that\", " | "later(\"after that\", ") condition ", delay=" sum "):\n"',
            r'once ::= "once(\"it\", " condition (", delay=" number)? ")"',
            r'often ::= repeated | "later(\"it\", " repeated ", " number ")"',
            r'repeated ::= "new_touch(" pair ")" | "touching(" pair ")" | "every(" number ")"',
            r'condition ::= term ((" and " | " or " | " != ") term)*',
            r'term ::= ("not ")? fact | "(" fact ((" and " | " or " | " != ") fact)+ ")"',
            r'fact ::= "touched(" pair ")" | "in_order(" pair ", " pair ")" | "touch_count(" pair ") >= " number'
            r' | thing ".location.z" order number | property ((" == " value) | (order number))? | "now >= " number',
            r'order ::= " > " | " < " | " >= " | " <= "',
            r'pair ::= name ", " name',
            r'deed ::= "    " act "\n"',
            r'act ::= ("open_door" | "close_door") "(" name ")"'
            r' | "glide(" name ", " vector (", " number)? ")"'
            r' | "turn(" name ", " signed ", \"" [xyz] "\"" (", " number)? ")"'
            r' | property (" = " (value | "not " property) | (" += " | " -= ") number)'
            r' | thing ".velocity = " vector'
            r' | thing ".rigid_body.kinematic = " truth' + joint,
            r'property ::= thing "[" key "]"',
            r'thing ::= "objects[" name "]"',
            r'vector ::= "(" signed ", " signed ", " signed ")"',
            r'signed ::= "-"? number',
            r'sum ::= number (" + " number)?',
            r'truth ::= "True" | "False"',
            f"value ::= {' | '.join(values)}",
            f"name ::= {_any(things)}",
            f"key ::= {_any(keys)}",
            f"number ::= {' | '.join(_literal(n) for n in numbers(rule, said))}",
        ]
    )  # fmt: skip


def free_grammar(rule: str, graph: SceneGraph) -> str:
    """Grammar of any Python block in which texts are names and properties of the scene."""
    names = [*graph.names, *(c.name for c in graph.constraints)]
    keys = {key for o in graph.objects for key in o.properties} | set(re.findall(r"\.([A-Za-z]\w*)", rule)) | {"on"}
    values = {v for o in graph.objects for v in o.properties.values() if isinstance(v, str)}
    quoted = {v for pair in re.findall(r"\"([^\"\n]+)\"|'([^'\n]+)'", rule) for v in pair if v}
    texts = list(dict.fromkeys([*names, *sorted(keys | values | quoted), "x", "y", "z"]))
    return "\n".join(
        [
            'root ::= "```python\\n" piece+ "\\n```"',
            "piece ::= plain | label | text",
            "plain ::= [^\"'`]",
            f'label ::= ("once(" | "later(") "\\"" [^"\\\\\\n`]{{1,{LABEL}}} "\\""',
            f"text ::= {_any(texts)}",
        ]
    )


def _any(texts: list[str]) -> str:
    """Alternatives of Python texts in quotes."""
    return " | ".join(_quoted(text) for text in texts)


def _quoted(text: str) -> str:
    return _literal(json.dumps(text, ensure_ascii=False))


def _literal(text: str) -> str:
    """A GBNF literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
