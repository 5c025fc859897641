"""From a scene graph, rules and a goal to a transition script."""

from .chat import ChatAnswer, ChatClient, ChatRequest, Message, OpenAIChat, Patience
from .fenced import extract_code
from .local_coder import LocalCoder
from .models import Attempt, Coder, CoderError, CodingRequest, CodingResult, OnText
from .openai_coder import OpenAICoder
from .record import RecordingClient, ReplayClient, request_key
from .repair import Repaired, code_until_runs
from .script_file import ScriptFile
from .template import TemplateCoder

__all__ = [
    "Attempt",
    "ChatAnswer",
    "ChatClient",
    "ChatRequest",
    "Coder",
    "CoderError",
    "CodingRequest",
    "CodingResult",
    "LocalCoder",
    "Message",
    "OnText",
    "OpenAIChat",
    "OpenAICoder",
    "Patience",
    "RecordingClient",
    "Repaired",
    "ReplayClient",
    "ScriptFile",
    "TemplateCoder",
    "code_until_runs",
    "extract_code",
    "request_key",
]
