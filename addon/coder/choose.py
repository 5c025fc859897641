"""Coders by the name that the user typed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..models import (
    CHAT_PAGE,
    ChatAnswer,
    ChatClient,
    ChatRequest,
    OnText,
    OpenAIChat,
    PasteFolder,
    RecordingClient,
)
from ..models.local import LocalServer, is_fetched
from .chance import Chance
from .chooser import Chooser
from .goal_coder import GoalCoder
from .plan_coder import PlanCoder
from .request import Coder, CoderError
from .rule_coder import RuleCoder
from .script_file import ScriptFile
from .whole_coder import PasteCoder, WholeCoder

NAMES = "auto, openai, paste:DIR, local, chance, template, none or script:FILE"
LOCAL_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"


def resolve(name: str) -> tuple[str, str]:
    """The coder that ``auto`` stands for, and a sentence that says which and why. Raises CoderError for other names."""
    if name == "auto":
        if os.environ.get("OPENAI_BASE_URL") or os.environ.get("OPENAI_API_KEY"):
            return "openai", "coder: openai, because the environment names an endpoint or a key"
        if is_fetched():
            return "local", "coder: local, because the model is fetched and no endpoint is set"
        return "template", "coder: template (no language model), because no endpoint is set and no model is fetched"
    kind, _, place = name.partition(":")
    if name in ("openai", "local", "chance", "template", "none") or (kind in ("paste", "script") and place):
        return name, f"coder: {name}"
    raise CoderError("coder", f"there is no coder '{name}'", f"Choose {NAMES}")


@contextmanager
def open_coder(name: str, answers: Path | None = None, online: bool = True, served: str = "") -> Iterator[Coder | None]:
    """A coder ready for use; the local model's server runs from the first rule that needs it to the end of the context.

    With ``answers``, every answer of a model is kept in that folder and given again for the same request, so that a
    killed job goes on without asking twice. Without ``online`` only endpoints on this machine are asked. ``served`` is
    the address of the local model if it is in memory already. Raises CoderError for a script that cannot be read and an
    endpoint without a model's name, ModelError for settings of the endpoint that make no sense, and ServerError.
    """
    if name == "none":
        yield None
    elif name.startswith("script:"):
        script = ScriptFile(Path(name.removeprefix("script:")))
        script.text()  # what is no script is told before the job begins
        yield script
    elif name.startswith("paste:"):
        paste = PasteCoder(Path(name.removeprefix("paste:")))
        aim = GoalCoder(paste.folder, CHAT_PAGE, {}, "paste")
        yield RuleCoder("paste", paste.model, free=paste, aim=aim)
    elif name == "template":
        yield RuleCoder(name)
    elif name == "chance":
        yield RuleCoder(name, always=Chance())
    elif name == "openai":
        model = os.environ.get("OPENAI_MODEL")
        if not model:
            raise CoderError("model", "no model is named", "Set OPENAI_MODEL to the name of a model at your endpoint")
        endpoint = _recorded(OpenAIChat(online=online), answers)
        whole = WholeCoder(endpoint, model, name=name)
        yield RuleCoder(name, model, free=whole, aim=GoalCoder(endpoint, model, name=name))
    else:
        with ExitStack() as stack:
            chat: ChatClient = OpenAIChat(served, "none") if served else _ServedChat(LocalServer(), stack)
            kept = _recorded(chat, answers)
            aim = PlanCoder(kept, LOCAL_MODEL, name=name)
            yield RuleCoder(name, LOCAL_MODEL, choose=Chooser(kept, LOCAL_MODEL), aim=aim)


@contextmanager
def open_chat(
    name: str, answers: Path | None = None, online: bool = True, small: bool = False, served: str = ""
) -> Iterator[tuple[ChatClient, str] | None]:
    """The model behind a coder's name, with what it is called, ready to be asked; None for coders without one that
    writes freely, which the local model counts among only if ``small`` ones do.

    ``served`` is the local model's address as for `open_coder`. Raises CoderError and ModelError as that does.
    """
    if name.startswith("paste:"):
        yield PasteFolder(Path(name.removeprefix("paste:"))), CHAT_PAGE
    elif name == "openai":
        model = os.environ.get("OPENAI_MODEL")
        if not model:
            raise CoderError("model", "no model is named", "Set OPENAI_MODEL to the name of a model at your endpoint")
        yield _recorded(OpenAIChat(online=online), answers), model
    elif name == "local" and small:
        with ExitStack() as stack:
            chat: ChatClient = OpenAIChat(served, "none") if served else _ServedChat(LocalServer(), stack)
            yield _recorded(chat, answers), LOCAL_MODEL
    else:
        yield None


class _ServedChat:
    """The local model, whose server is started by the first request that has no answer yet and ended with ``stack``."""

    def __init__(self, server: LocalServer, stack: ExitStack) -> None:
        self._server, self._stack = server, stack
        self._chat: ChatClient | None = None

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """See `ChatClient.complete`. Raises ServerError if the server does not start."""
        if self._chat is None:
            self._stack.enter_context(self._server)
            self._chat = OpenAIChat(self._server.base_url, "none")
        return self._chat.complete(request, on_text)


def _recorded(chat: ChatClient, answers: Path | None) -> ChatClient:
    return chat if answers is None else RecordingClient(chat, answers)
