"""A GBNF grammar without recursion as a regular expression, to see what it admits."""

import re

TOKEN = re.compile(r'"((?:\\.|[^"\\])*)"|(\[[^\]]*\])|([a-z]\w*)|([()|?*+])|\s+')
ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}


def as_regex(grammar):
    rules = dict(line.split(" ::= ", 1) for line in grammar.splitlines())

    def expand(body):
        parts = []
        for literal, letters, name, sign in TOKEN.findall(body):
            if name:
                parts.append(f"(?:{expand(rules[name])})")
            elif literal:
                text = re.sub(r"\\(.)", lambda m: ESCAPES[m[1]], literal)
                parts.append(f"(?:{re.escape(text)})")
            else:
                parts.append(letters or sign.replace("(", "(?:"))
        return "".join(parts)

    return re.compile(expand(rules["root"]))
