"""The coder for models that write well: the whole script in one answer, or a refusal in words."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..executor import ScriptError, parse
from ..models import CHAT_PAGE, ChatAnswer, ChatClient, ChatRequest, Message, OnText, PasteFolder, render, version
from .examples import Example, nearest
from .fenced import extract_code, is_cut_off, refusal_of
from .link import INNER, library, link
from .request import Attempt, CoderError, CodingRequest, CodingResult, Understood

TASK = "transition_script"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}
SHOWN = 6
"""Worked examples in a prompt, besides the whole script that it shows."""

FIRST = 10
"""The number of the first of these; those before are in that script."""

MARK = "fired"
"""The function that a script calls with the number of a rule where that rule acts."""


class WholeCoder:
    """Writes a whole transition script a request (Code as Dynamics, Eq. 2).

    A script that leaves a rule out is asked for once more, with the rules that it leaves out.
    """

    def __init__(
        self, chat: ChatClient, model: str, parameters: dict[str, Any] | None = None, name: str = "openai"
    ) -> None:
        self.chat = chat
        self.model: str | None = model
        self.parameters = PARAMETERS if parameters is None else parameters
        self.name = name

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """A script for the request; with ``request.previous`` set, a corrected one.

        Raises CoderError, of kind ``cannot`` where the model refuses, and ModelError.
        """
        answers = [self.chat.complete(self.chat_request(request), on_text)]
        script = script_of(answers[0].text)
        if problem := left_out(script, request.rules):
            again = dataclasses.replace(request, previous=Attempt(script, problem))
            answers.append(self.chat.complete(self.chat_request(again), on_text))
            script = script_of(answers[1].text)
            if problem := left_out(script, request.rules):
                raise CoderError("incomplete", f"the model's script is not whole: {problem}", "try another model")
        return self._result(script, answers, request.rules)

    def chat_request(self, request: CodingRequest) -> ChatRequest:
        """What the model is sent."""
        return ChatRequest(self.model or "", _messages(request), self.parameters, version(TASK))

    def _result(self, script: str, answers: Sequence[ChatAnswer], rules: Sequence[str]) -> CodingResult:
        return CodingResult(
            script=script,
            answer="\n\n".join(answer.text for answer in answers),
            prompt_tokens=sum(answer.prompt_tokens for answer in answers),
            completion_tokens=sum(answer.completion_tokens for answer in answers),
            model=self.model,
            coder=self.name,
            prompt_version=version(TASK),
            requests=len(answers),
            understood=tuple(Understood(n, rule, "", "free code") for n, rule in enumerate(rules, 1)),
        )


class PasteCoder(WholeCoder):
    """The same by hand: prompts and answers are files of a folder, see `PasteFolder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = PasteFolder(folder)
        super().__init__(self.folder, CHAT_PAGE, {}, name="paste")

    def write(self, request: CodingRequest, on_text: OnText | None = None) -> CodingResult:
        """See `WholeCoder.write`. A CoderError names the file of the answer, which has to be another one."""
        try:
            return super().write(request, on_text)
        except CoderError as error:
            advice = f"{error.advice}; the answer is {self.folder.answer}: put another one into it, or delete it"
            raise CoderError(error.kind, error.reason, advice) from None


def script_of(answer: str) -> str:
    """The script of an answer, with the helpers that it calls.

    Raises CoderError: ``cannot`` for a refusal, of whatever part, else for an answer that holds no whole script.
    """
    if (reason := refusal_of(answer)) is not None:
        advice = "Say it in other words, or leave it out; nothing was run"
        raise CoderError("cannot", f"the model says that this cannot be done: {reason}", advice)
    code = extract_code(answer)
    if is_cut_off(answer):
        raise CoderError(
            "truncated", "the model's answer ends in the middle of its code", "try again, or allow a longer answer"
        )
    if _does_nothing(code):
        raise CoderError("empty", "the model's script does nothing", "try again, or choose another model")
    return link(code)


def left_out(script: str, rules: Sequence[str]) -> str | None:
    """Which rules a script never marks as acting, in words for the model that wrote it; None for none.

    A script that marks rules by computed numbers, or that is no Python, is not judged.
    """
    try:
        calls = [node for node in ast.walk(parse(script)) if isinstance(node, ast.Call)]
    except ScriptError:
        return None
    marks = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id == MARK]
    if any(len(args) != 1 or not isinstance(args[0], ast.Constant) for args in marks):
        return None
    numbers = {args[0].value for args in marks if isinstance(args[0], ast.Constant)}
    missing = [f"{n} ('{_line(rule)}')" for n, rule in enumerate(rules, 1) if n not in numbers]
    if not missing:
        return None
    return f"it never calls {MARK}(n) for rule {', '.join(missing)}, with n the number of the rule, where the rule acts"


def _does_nothing(code: str) -> bool:
    try:
        body = parse(code).body
    except ScriptError:
        return False
    return all(isinstance(s, ast.Pass) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)) for s in body)


def _line(text: str) -> str:
    return " ".join(text.split())


def _messages(request: CodingRequest) -> tuple[Message, ...]:
    helpers = [helper for helper in library().values() if helper.name not in INNER]
    system = render(TASK, "system", reference=request.reference, helpers=helpers, examples=_examples(request))
    rules = [_line(rule) for rule in request.rules]
    user = render(
        TASK, "user", scene_text=request.scene_text, dt=f"{request.dt:.6g}", rules=rules, goal=_line(request.goal)
    )
    messages = [Message("system", system), Message("user", user)]
    if request.previous is not None:
        messages.append(Message("assistant", f"```python\n{request.previous.script.strip()}\n```"))
        messages.append(Message("user", render(TASK, "repair", problem=request.previous.problem)))
    return tuple(messages)


def _examples(request: CodingRequest) -> list[Example]:
    """The examples nearest to each rule in turn, without repetition, numbered as rules of one script."""
    texts = request.rules or (request.goal,)
    ranked = [list(reversed(nearest(text, names_of(request), SHOWN))) for text in texts]
    found: dict[Example, None] = {}
    for rank in range(SHOWN):
        for examples in ranked:
            if rank < len(examples) and len(found) < SHOWN:
                found.setdefault(examples[rank])
    return [numbered(example, number) for number, example in enumerate(found, FIRST)]


def numbered(example: Example, number: int) -> Example:
    """An example as rule ``number`` of a script: it marks where it acts, and its waits have names of their own."""
    code = re.sub(r'\b(once|later)\("(\w+)"', rf'\1("\2 {number}"', example.code)
    code = re.sub(r"^( *)if .*:$", rf"\g<0>\n\1    {MARK}({number})", code, flags=re.MULTILINE)
    if MARK not in code:
        code = f"if frame == 1:\n    {MARK}({number})\n{code}"
    return Example(f"{number}. {example.rule}", code)


def names_of(request: CodingRequest) -> list[str]:
    """Names of the scene's objects and constraints."""
    return [*request.graph.names, *(c.name for c in request.graph.constraints)]
