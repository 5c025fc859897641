"""Clients of language models: chat, recorded and pasted answers, prompts, and the local model."""

from .chat import ChatAnswer, ChatClient, ChatRequest, Message, OnText, OpenAIChat, Patience
from .errors import AdvisedError, ErrorKind, ModelError
from .primed import PrimedChat
from .prompts import PROMPTS, render, version
from .record import RecordingClient, ReplayClient, request_key

__all__ = [
    "PROMPTS",
    "AdvisedError",
    "ChatAnswer",
    "ChatClient",
    "ChatRequest",
    "ErrorKind",
    "Message",
    "ModelError",
    "OnText",
    "OpenAIChat",
    "Patience",
    "PrimedChat",
    "RecordingClient",
    "ReplayClient",
    "render",
    "request_key",
    "version",
]
