"""A GBNF grammar without recursion as a regular expression, or as all its texts, to see what it admits."""

import json
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


def texts_of(grammar):
    """All texts of a grammar of literals, symbols, groups and alternatives."""
    rules = dict(line.split(" ::= ", 1) for line in grammar.splitlines())
    known = {}

    def symbol(name):
        if name not in known:
            known[name] = alternatives([m[0] for m in TOKEN.finditer(rules[name]) if m[0].strip()][::-1])
        return known[name]

    def alternatives(tokens):
        found = sequence(tokens)
        while tokens and tokens[-1] == "|":
            tokens.pop()
            found = found + sequence(tokens)
        return found

    def sequence(tokens):
        found = [""]
        while tokens and tokens[-1] not in ("|", ")"):
            token = tokens.pop()
            if token == "(":
                pieces = alternatives(tokens)
                tokens.pop()
            else:
                pieces = [json.loads(token)] if token[0] == '"' else symbol(token)
            found = [text + piece for text in found for piece in pieces]
        return found

    return symbol("root")
