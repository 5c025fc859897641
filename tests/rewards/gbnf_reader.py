"""A reader of GBNF that makes texts of a grammar and matches them, for what the rewards' grammar is written in."""

import json
import re

TOKEN = re.compile(r'\s*("(?:\\.|[^"\\])*"|\[(?:\\.|[^\]\\])*\]|\{\d+,\d+\}|[a-z][a-z0-9-]*|[()|?*])')


class Grammar:
    """Rules by name; an item is ("text", t), ("set", characters), ("rule", name), ("any", options) or
    ("times", item, least, most)."""

    def __init__(self, text):
        self.rules = {}
        for line in text.strip().split("\n"):
            name, rule = line.split(" ::= ", 1)
            assert name not in self.rules, name
            tokens = TOKEN.findall(rule)
            assert not TOKEN.sub("", rule).strip(), rule
            tokens.reverse()
            self.rules[name] = self._options(tokens)
            assert not tokens, line
        used = {item[1] for options in self.rules.values() for item in _items(options) if item[0] == "rule"}
        assert used <= set(self.rules), used - set(self.rules)
        self.unused = set(self.rules) - used - {"root"}

    def _options(self, tokens):
        options = [[]]
        while tokens and tokens[-1] != ")":
            token = tokens.pop()
            if token == "|":
                options.append([])
                continue
            item = self._item(token, tokens)
            if tokens and tokens[-1][0] in "?*{":
                mark = tokens.pop()
                bounds = {"?": (0, 1), "*": (0, 3)}.get(mark) or tuple(map(int, mark[1:-1].split(",")))
                item = ("times", item, *bounds)
            options[-1].append(item)
        return ("any", options)

    def _item(self, token, tokens):
        if token == "(":
            inner = self._options(tokens)
            assert tokens.pop() == ")"
            return inner
        if token[0] == '"':
            return ("text", json.loads(token))
        return ("set", re.compile(token)) if token[0] == "[" else ("rule", token)

    def make(self, draw, item=("rule", "root")):
        """A text of the grammar; ``draw(n)`` chooses a number below n."""
        kind, *rest = item
        if kind == "text":
            return rest[0]
        if kind == "set":
            fitting = [c for c in map(chr, range(32, 127)) if rest[0].fullmatch(c)]
            return fitting[draw(len(fitting))]
        if kind == "rule":
            return self.make(draw, self.rules[rest[0]])
        if kind == "times":
            return "".join(self.make(draw, rest[0]) for _ in range(rest[1] + draw(rest[2] - rest[1] + 1)))
        return "".join(self.make(draw, part) for part in rest[0][draw(len(rest[0]))])

    def matches(self, text):
        """Whether a text is one of the grammar's."""
        return len(text) in self._ends(("rule", "root"), text, 0)

    def _ends(self, item, text, start):
        kind, *rest = item
        if kind == "text":
            return {start + len(rest[0])} if text.startswith(rest[0], start) else set()
        if kind == "set":
            return {start + 1} if start < len(text) and rest[0].fullmatch(text[start]) else set()
        if kind == "rule":
            return self._ends(self.rules[rest[0]], text, start)
        if kind == "times":
            found, front = ({start} if rest[1] == 0 else set()), {start}
            for number in range(1, (rest[2] if rest[2] != 3 else 99) + 1):
                front = {end for place in front for end in self._ends(rest[0], text, place)}
                found |= front if number >= rest[1] else set()
                if not front:
                    break
            return found
        ends = set()
        for option in rest[0]:
            front = {start}
            for part in option:
                front = {end for place in front for end in self._ends(part, text, place)}
            ends |= front
        return ends


def _items(item):
    yield item
    if item[0] == "times":
        yield from _items(item[1])
    if item[0] == "any":
        for option in item[1]:
            for part in option:
                yield from _items(part)
