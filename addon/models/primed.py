"""A client of the local model's server that need not read the instructions of a prompt anew for every rule."""

from __future__ import annotations

from .chat import ChatAnswer, ChatClient, ChatRequest, Message, OnText

READY = {"temperature": 0.0, "max_tokens": 4}
GRAMMAR = 'root ::= "ready"'


class PrimedChat:
    """Asks a server that keeps what it has read of a prompt for what the next one has in common with it.

    How much two prompts have in common changes the last digits of what the model computes. So before each request the
    instructions are asked with alone: they, and nothing else, are what is kept, and the same request gets the same
    answer. Nobody else may ask the server meanwhile.
    """

    def __init__(self, chat: ChatClient) -> None:
        self._chat = chat
        self._kept = ""

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """See `ChatClient.complete`."""
        instructions = request.messages[0]
        extra = {"cache_prompt": instructions.content == self._kept, "grammar": GRAMMAR}
        messages = (instructions, Message("user", "?"))
        self._kept = ""
        self._chat.complete(ChatRequest(request.model, messages, {**READY, "extra_body": extra}, request.prompt))
        self._kept = instructions.content
        return self._chat.complete(request, on_text)
