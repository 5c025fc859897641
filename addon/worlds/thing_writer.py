"""Things that the library has not, written by a language model as code and kept.

After Code2Worlds' object stream: the model writes a function, the function is run in the script worker, the object
critic looks at what it gives, and its words go back until nothing is wrong or rounds end.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from pydantic_core import from_json

from ..coder import CoderError
from ..coder.fenced import extract_code, refusal_of
from ..executor.errors import writable
from ..models import ChatClient, ChatRequest, Message, render, version
from .entry import Entry
from .stuffs import STUFFS
from .things_kept import KeptThings
from .written import FUNCTION, LARGEST, MOST_FACES, MOST_PARTS, SMALLEST, ThingError, entry_from, helpers

TASK = "world_thing"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}

ROUNDS = 5
"""How often a thing is asked for until it can be taken."""

MOST_THINGS = 6
"""At most so many things are written for one sentence."""


@dataclass(frozen=True)
class Origin:
    """Where the thing of a noun comes from. ``rounds`` has for each round what was wrong with the code, "" for nothing;
    ``problem`` says why there is no thing."""

    noun: str
    how: Literal["written", "kept", "refused", "given up"]
    code: str = ""
    rounds: tuple[str, ...] = ()
    problem: str = ""


@dataclass
class ThingWriter:
    """Asks one model for things. With ``look`` somebody says of a noun, a thing and its code what is wrong as it is
    seen, "" for nothing."""

    chat: ChatClient
    model: str
    look: Callable[[str, Entry, str], str] | None = None
    parameters: dict[str, Any] = field(default_factory=lambda: PARAMETERS)

    def which(self, nouns: Sequence[str], sentence: str) -> list[str]:
        """Those of some nouns, without their adjectives, that are things to be made: the model is asked, once for all.

        An answer that is no JSON of the form asked for is none. Raises ModelError.
        """
        asked = render(TASK, "which", nouns=list(nouns), sentence=" ".join(sentence.split()))
        request = ChatRequest(self.model, (Message("user", asked),), self.parameters, version(TASK))
        said = _things_in(self.chat.complete(request).text)
        found = [word for word in said if any(noun == word or noun.endswith(f" {word}") for noun in nouns)]
        return list(dict.fromkeys(found))[:MOST_THINGS]

    def __call__(self, noun: str, sentence: str) -> tuple[Origin, Entry | None]:
        """The thing of a noun as far as the model can make it. Raises ModelError."""
        messages, problems = list(question(noun, sentence)), list[str]()
        sound: tuple[str, Entry] | None = None
        for _ in range(ROUNDS):
            request = ChatRequest(self.model, tuple(messages), self.parameters, version(TASK))
            answer = self.chat.complete(request).text
            if (reason := refusal_of(answer)) is not None and sound is None:
                return Origin(noun, "refused", refusal(reason), tuple(problems), reason), None
            try:
                code = writable(extract_code(answer))
                sound = code, entry_from(code, noun)
                problems.append(self.look(noun, sound[1], code) if self.look is not None else "")
            except (CoderError, ThingError) as error:
                problems.append(error.reason if isinstance(error, CoderError) else str(error))
            if not problems[-1]:
                break
            messages += [
                Message("assistant", answer.strip()),
                Message("user", render(TASK, "repair", problem=problems[-1]).strip()),
            ]
        if sound is None:
            return Origin(noun, "given up", "", tuple(problems), problems[-1]), None
        left = f"it is taken though {ROUNDS} rounds did not mend it: {problems[-1]}" if problems[-1] else ""
        return Origin(noun, "written", sound[0], tuple(problems), left), sound[1]


def _things_in(answer: str) -> list[str]:
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    try:
        things = from_json(found[0])["things"] if found is not None else []
    except (ValueError, KeyError, TypeError):
        return []
    return [str(word).strip().lower() for word in things] if isinstance(things, list) else []


def question(noun: str, sentence: str) -> tuple[Message, Message]:
    """How a model is asked for a thing."""
    system = render(
        TASK,
        "system",
        function=FUNCTION,
        smallest=SMALLEST,
        largest=LARGEST,
        most_parts=MOST_PARTS,
        most_faces=MOST_FACES,
        stuffs=list(STUFFS),
        helpers=_told_helpers(),
    )
    user = render(TASK, "user", noun=noun, sentence=" ".join(sentence.split()))
    return Message("system", system.strip()), Message("user", user)


def refusal(reason: str) -> str:
    """Code that says that there is no such thing."""
    return f"# CANNOT: {reason}\n"


def _told_helpers() -> list[str]:
    """The functions that code can call that give meshes, a line each."""
    functions = [node for node in ast.parse(helpers()).body if isinstance(node, ast.FunctionDef)]
    meshes = [node for node in functions if ast.unparse(node.returns or ast.Constant(None)).startswith("dict")]
    return [
        f"- {node.name}({_arguments(node)}): {' '.join((ast.get_docstring(node) or '').split())}" for node in meshes
    ]


def _arguments(node: ast.FunctionDef) -> str:
    names = [argument.arg for argument in node.args.args]
    defaults = [ast.unparse(value) for value in node.args.defaults]
    plain = names[: len(names) - len(defaults)]
    return ", ".join((*plain, *(f"{n}={d}" for n, d in zip(names[len(plain) :], defaults, strict=True))))


@dataclass
class Things:
    """Where a world's things come from that the library has not: those kept, and a model that writes others.

    Without a ``writer`` only kept ones are there; without ``kept`` nothing is kept beyond the world.
    """

    kept: KeptThings | None = None
    writer: ThingWriter | None = None

    def of(self, sentence: str, nouns: Sequence[str]) -> Iterator[tuple[Origin, Entry | None]]:
        """The things of those nouns of a sentence that are kept, or that the model makes. Raises ModelError."""
        kept = {noun: found for noun in nouns if (found := self._kept(noun)) is not None}
        yield from kept.values()
        others = [noun for noun in nouns if noun not in kept]
        for noun in self.writer.which(others, sentence) if self.writer is not None and others else ():
            yield self._kept(noun) or self._written(noun, sentence)

    def _kept(self, noun: str) -> tuple[Origin, Entry | None] | None:
        """What is kept for a noun; None where nothing is, or nothing that can be taken any more."""
        code = self.kept.find(noun) if self.kept is not None else None
        found = found_thing(noun, code) if code is not None else None
        if self.kept is not None and found is not None and found[1] is None:
            told = f"{found[0].problem}; delete {self.kept.file(noun)} to have it asked for again"
            found = replace(found[0], problem=told), None
        return None if found is not None and found[0].how == "given up" and self.writer is not None else found

    def _written(self, noun: str, sentence: str) -> tuple[Origin, Entry | None]:
        assert self.writer is not None
        origin, entry = self.writer(noun, sentence)
        if self.kept is not None and origin.code:
            self.kept.keep(noun, origin.code)
        return origin, entry


def found_thing(noun: str, code: str) -> tuple[Origin, Entry | None]:
    """The thing of code that was kept: it is run and judged as if it were new."""
    if (reason := refusal_of(code)) is not None:
        return Origin(noun, "refused", code, problem=reason), None
    try:
        return Origin(noun, "kept", code), entry_from(code, noun)
    except ThingError as error:
        return Origin(noun, "given up", code, problem=f"its kept code cannot be taken: {error}"), None
