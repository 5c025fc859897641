"""What a grammar achieves without a model: a client that answers with one of the readings, drawn at random.

A baseline that tells how much of the local coder's success is its grammar's.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..models import ChatAnswer, ChatRequest, OnText
from .request import CoderError

_TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|[a-z]+|[()|]|\S')


@dataclass(frozen=True)
class Node:
    """A piece of a grammar: in how many ways it can be written, and how to draw one of them, all equally likely."""

    ways: int
    draw: Callable[[random.Random], str]


class ChanceClient:
    """Answers each request with a text that its grammar admits. The same seed and request give the same answer."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """One of the texts. Raises CoderError if the request has no grammar that admits finitely many."""
        try:
            root = parse(request.grammar)
        except ValueError:
            raise CoderError("empty", "there is no reading to draw from", "only single rules have such") from None
        key = f"{self.seed} {request.messages[-1].content}"
        rng = random.Random(hashlib.sha256(key.encode()).hexdigest())
        text = root.draw(rng)
        if on_text:
            on_text(text)
        return ChatAnswer(text, "stop", 0, 0)


def parse(grammar: str) -> Node:
    """The root of a grammar of literals, symbols, groups and alternatives. Raises ValueError for any other."""
    rules = dict(line.split(" ::= ", 1) for line in grammar.splitlines())
    if "root" not in rules:
        raise ValueError("no root")
    return _Parser(rules).rule("root")


class _Parser:
    def __init__(self, rules: dict[str, str]) -> None:
        self.rules = rules

    def rule(self, name: str) -> Node:
        """The alternatives of a symbol."""
        if name not in self.rules:
            raise ValueError(name)
        tokens = _TOKEN.findall(self.rules[name])[::-1]
        node = self.alternatives(tokens)
        if tokens:
            raise ValueError(tokens[-1])
        return node

    def alternatives(self, tokens: list[str]) -> Node:
        """Sequences parted by ``|``, up to a closing bracket; takes them off the end of ``tokens``."""
        found = [self.sequence(tokens)]
        while tokens and tokens[-1] == "|":
            tokens.pop()
            found.append(self.sequence(tokens))
        return _one_of(found)

    def sequence(self, tokens: list[str]) -> Node:
        """Pieces one after the other."""
        found = []
        while tokens and tokens[-1] not in ("|", ")"):
            token = tokens.pop()
            if token == "(":
                found.append(self.alternatives(tokens))
                if not tokens or tokens.pop() != ")":
                    raise ValueError("no closing bracket")
            elif token[0] == '"':
                found.append(_text(json.loads(token)))
            elif token.isalpha():
                found.append(self.rule(token))
            else:
                raise ValueError(token)
        return _all_of(found)


def _text(text: str) -> Node:
    return Node(1, lambda rng: text)


def _one_of(nodes: Sequence[Node]) -> Node:
    weights = [node.ways for node in nodes]
    return Node(sum(weights), lambda rng: rng.choices(nodes, weights)[0].draw(rng))


def _all_of(nodes: Sequence[Node]) -> Node:
    return Node(math.prod(node.ways for node in nodes), lambda rng: "".join(node.draw(rng) for node in nodes))
