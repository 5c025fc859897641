"""Clients of language models: chat, recorded and pasted answers, prompts, and the local model."""

from .chat import OpenAIChat, Patience
from .errors import AdvisedError, ErrorKind, ModelError
from .messages import ChatAnswer, ChatClient, ChatRequest, Message, OnText, Picture
from .paste import CHAT_PAGE, GivenAnswer, PasteFolder, as_text
from .prompts import PROMPTS, render, version
from .record import RecordingClient, ReplayClient, request_key

__all__ = [
    "CHAT_PAGE",
    "PROMPTS",
    "AdvisedError",
    "ChatAnswer",
    "ChatClient",
    "ChatRequest",
    "ErrorKind",
    "GivenAnswer",
    "Message",
    "ModelError",
    "OnText",
    "OpenAIChat",
    "PasteFolder",
    "Patience",
    "Picture",
    "RecordingClient",
    "ReplayClient",
    "as_text",
    "render",
    "request_key",
    "version",
]
