"""A client of the local model's server that need not read the instructions of a prompt anew for every rule."""

from __future__ import annotations

from .messages import ChatAnswer, ChatClient, ChatRequest, Message, OnText

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
        self._kept: Message | None = None

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """See `ChatClient.complete`."""
        instructions = request.messages[0]
        parameters = {**READY, "extra_body": {"cache_prompt": instructions == self._kept}}
        messages = (instructions, Message("user", "?"))
        self._kept = None
        self._chat.complete(ChatRequest(request.model, messages, parameters, request.prompt, GRAMMAR))
        self._kept = instructions
        return self._chat.complete(request, on_text)
