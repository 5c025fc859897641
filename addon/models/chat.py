"""Chat completions from any OpenAI-compatible endpoint: streaming, time-outs, retries and readable errors."""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .errors import ModelError
from .messages import ChatAnswer, ChatRequest, OnText

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds, and how often to try again.

    ``silence`` bounds the wait for the next piece of an answer, ``total`` one whole answer. Busy (429), failing
    (5xx) and unreachable endpoints are asked again ``retries`` times, after ``backoff`` seconds that double each time.
    """

    connect: float = 10.0
    silence: float = 120.0
    total: float = 600.0
    retries: int = 3
    backoff: float = 1.0

    @classmethod
    def from_environment(cls) -> Patience:
        """The defaults, but ``silence`` from ``OPENAI_TIMEOUT`` (s) where it is set. Raises ModelError."""
        text = os.environ.get("OPENAI_TIMEOUT")
        if not text:
            return cls()
        try:
            silence = float(text)
        except ValueError:
            silence = 0.0
        if not 0 < silence < 86400:
            raise ModelError("request", f"OPENAI_TIMEOUT is {text!r}", "set it to a number of seconds")
        return cls(silence=silence, total=max(silence, cls.total))


class OpenAIChat:
    """A client of one endpoint through the ``openai`` package.

    ``base_url`` and ``key`` fall back to ``OPENAI_BASE_URL`` and ``OPENAI_API_KEY``. The key is kept out of every
    message. With ``online`` False only endpoints on this machine are asked.
    """

    def __init__(
        self,
        base_url: str | None = None,
        key: str | None = None,
        *,
        patience: Patience | None = None,
        online: bool = True,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url or os.environ.get("OPENAI_BASE_URL") or None
        self._key = key or os.environ.get("OPENAI_API_KEY") or ""
        self.patience = patience or Patience.from_environment()
        self._sleep = sleep
        self._online = online

    def __repr__(self) -> str:
        return f"OpenAIChat(base_url={self.base_url!r})"

    @property
    def place(self) -> str:
        """The endpoint in words; a user name or password in its address is left out."""
        if self.base_url is None:
            return "the OpenAI endpoint"
        parts = urlsplit(self.base_url)
        host = parts.hostname or self.base_url
        return f"the endpoint at {host}:{parts.port}" if parts.port else f"the endpoint at {host}"

    def complete(self, request: ChatRequest, on_text: OnText | None = None) -> ChatAnswer:
        """Stream one answer; ``on_text`` gets each piece. Raises ModelError."""
        self._check()
        wait = self.patience.backoff
        for left in range(self.patience.retries, -1, -1):
            try:
                return self._once(request, on_text)
            except ModelError as error:
                if left == 0 or not error.passing:
                    raise
            self._sleep(wait)
            wait *= 2.0
        raise AssertionError("unreachable")

    def _check(self) -> None:
        host = urlsplit(self.base_url).hostname if self.base_url else None
        if not self._online and host not in LOOPBACK:
            raise ModelError(
                "offline",
                f"online access is off, so {self.place} is not asked",
                "allow online access in Blender's preferences (System, Network), or use the local model",
            )
        if not self._key and host not in LOOPBACK:
            raise ModelError(
                "key", f"{self.place} needs an API key", "set OPENAI_API_KEY, or enter the key in the preferences"
            )

    def _once(self, request: ChatRequest, on_text: OnText | None) -> ChatAnswer:
        # Imported here: the package takes most of a second to load.
        import openai

        limits = self.patience
        pieces: list[str] = []
        timeout = openai.Timeout(limits.silence, connect=limits.connect)
        try:
            with openai.OpenAI(
                base_url=self.base_url, api_key=self._key or "none", timeout=timeout, max_retries=0
            ) as client:
                return self._stream(client, request, pieces, on_text)
        except openai.APIConnectionError as error:
            broken = ModelError("connection", f"{self.place} broke off in the middle of its answer", "try again")
            cut = bool(pieces) and not isinstance(error, openai.APITimeoutError)
            raise (broken if cut else self._explain(error, request)) from None
        except openai.OpenAIError as error:
            raise self._explain(error, request) from None
        except ValueError:
            advice = "check that the address ends in /v1 and is that of an OpenAI-compatible endpoint"
            raise ModelError(
                "request", f"{self.place} does not answer as an OpenAI-compatible endpoint does", advice
            ) from None

    def _stream(self, client: Any, request: ChatRequest, pieces: list[str], on_text: OnText | None) -> ChatAnswer:
        deadline = time.monotonic() + self.patience.total
        reason, usage, odds = "", (0, 0), list[float]()
        stream = client.chat.completions.create(
            model=request.model,
            messages=[message.sent() for message in request.messages],
            stream=True,
            stream_options={"include_usage": True},
            **request.sent_parameters(),
        )
        with stream:
            for chunk in stream:
                if chunk.usage is not None:
                    usage = (chunk.usage.prompt_tokens, chunk.usage.completion_tokens)
                for choice in chunk.choices or ():
                    reason = choice.finish_reason or reason
                    if choice.logprobs is not None:
                        odds += [token.logprob for token in choice.logprobs.content or ()]
                    if piece := choice.delta.content or "":
                        pieces.append(piece)
                        if on_text is not None:
                            on_text(piece)
                if time.monotonic() > deadline:
                    raise self._late(f"did not finish its answer in {self.patience.total:g} s")
        probability = round(math.exp(sum(odds)), 4) if odds else None
        return self._checked(ChatAnswer("".join(pieces), reason or "stop", *usage, probability))

    def _checked(self, answer: ChatAnswer) -> ChatAnswer:
        if answer.finish_reason == "length":
            raise ModelError(
                "truncated",
                f"the answer of {self.place} was cut off after {answer.completion_tokens or 'too many'} tokens",
                "shorten the rules, or allow a longer answer",
            )
        if not answer.text.strip():
            raise ModelError("empty", f"{self.place} answered nothing", "try again, or choose another model")
        return answer

    def _late(self, what: str) -> ModelError:
        return ModelError("timeout", f"{self.place} {what}", "see whether it is overloaded, or set OPENAI_TIMEOUT (s)")

    def _explain(self, error: Exception, request: ChatRequest) -> ModelError:
        """The library's error in words."""
        import openai

        place = self.place
        if isinstance(error, openai.APITimeoutError):
            return self._late(f"kept silent for {self.patience.silence:g} s")
        if isinstance(error, openai.APIConnectionError):
            return ModelError(
                "connection", f"{place} cannot be reached", "see that it runs and that its address is right", True
            )
        said = self._said(error)
        if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
            return ModelError(
                "key",
                f"{place} does not accept the API key{said}",
                "check OPENAI_API_KEY or the key in the preferences",
            )
        if isinstance(error, openai.NotFoundError):
            advice = "check the model's name, and that the address ends in /v1"
            return ModelError("model", f"{place} has no model '{request.model}'{said}", advice)
        if isinstance(error, openai.RateLimitError):
            advice = "wait a little, or check your quota"
            return ModelError("busy", f"{place} takes no more requests now{said}", advice, "quota" not in said)
        if isinstance(error, openai.InternalServerError):
            return ModelError("busy", f"{place} failed{said}", "try again later", True)
        if "context" in said.lower() or getattr(error, "code", None) == "context_length_exceeded":
            advice = "use a smaller scene or fewer rules, or a model with a longer context"
            return ModelError("context", f"the request is too long for model '{request.model}'{said}", advice)
        if request.has_pictures:
            told = f"{place} took no pictures for model '{request.model}'{said}"
            return ModelError("sight", told, "choose a model that sees, or ask without pictures")
        return ModelError("request", f"{place} refused the request{said}", "check the model's name and the address")

    def _said(self, error: Exception) -> str:
        """The endpoint's own words, short and without the key."""
        body = getattr(error, "body", None)
        inner = body.get("message") if isinstance(body, dict) else body
        words = " ".join(str(inner or getattr(error, "message", error)).split())
        if self._key:
            words = words.replace(self._key, "(key)")
        return f" (it says: {words[:200]})" if words else ""
