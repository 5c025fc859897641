"""Plans by a language model: a sentence, the library and the verbs go out, a manifest comes back and is checked.

After Code2Worlds' planner: what comes back is data that later stages read, and every noun and verb of the sentence is
in it or is told as left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import from_json

from ..models import ChatClient, ChatRequest, Message, OnText, render, version
from ..rules.document import examples
from ..rules.read import Reading, read
from ..rules.vocabulary import Vocabulary
from ..scene_graph import COLORS
from .accounts import Asked, Difference, asked, differences
from .acting import VerbError, arranged
from .entry import Entry
from .environment import LANDS, PASSINGS
from .errors import WorldError
from .fittings import fitted
from .lexicon import Lexicon
from .lexing import pieces
from .manifest import MOST, Arrangement, Hour, Manifest, View, Weather
from .places import RELATIONS
from .staging import stage
from .stuffs import STUFFS
from .unanswered import unanswered
from .verbs import verbs
from .words import DETERMINERS, stems

TASK = "world_plan"
PARAMETERS: dict[str, Any] = {"temperature": 0.0, "seed": 0}

TRIES = 3
"""How often a plan is asked for until it can be taken."""

MOST_TOLD = 8
"""How many things that are wrong with a plan are told at once."""


class PlanError(WorldError):
    """A model's plan that cannot be taken, with what is wrong."""


@dataclass
class PlanWriter:
    """Asks one model for plans. Without ``retrieve`` it is not told the parameters of what is near the sentence."""

    chat: ChatClient
    model: str
    library: dict[str, Entry]
    retrieve: bool = True
    parameters: dict[str, Any] = field(default_factory=lambda: PARAMETERS)

    @property
    def prompt(self) -> str:
        """Name and version of its prompt."""
        return version(TASK)

    def __call__(self, sentence: str, on_text: OnText | None = None) -> Manifest:
        """The plan of a sentence. Raises PlanError where the model gives none that can be taken, and ModelError."""
        return self._asked(list(self.question(sentence)), sentence, on_text)

    def again(self, manifest: Manifest, words: str) -> Manifest:
        """A plan changed by what was seen of its world. Raises as a first plan does."""
        plan = manifest.model_dump_json(exclude_defaults=True, exclude={"sentence"})
        seen = Message("user", render(TASK, "seen", problem=words).strip())
        asked = [*self.question(manifest.sentence), Message("assistant", plan), seen]
        return self._asked(asked, manifest.sentence, None)

    def _asked(self, messages: list[Message], sentence: str, on_text: OnText | None) -> Manifest:
        """The first plan in which nothing is wrong; else the one in which least is, and which tells that."""
        problem, before = "", ""
        best: tuple[int, Manifest] | None = None
        for _ in range(TRIES):
            request = ChatRequest(self.model, tuple(messages), self.parameters, self.prompt)
            answer = self.chat.complete(request, on_text).text.strip()
            if answer == before and best is not None:
                break  # it has nothing else to say
            wrong, plan = self._judged(answer, sentence)
            if plan is not None and not wrong:
                return plan
            if plan is not None and (best is None or len(wrong) <= best[0]):
                best = len(wrong), plan
            problem, before = "; ".join(wrong[:MOST_TOLD]), answer
            again = render(TASK, "repair", problem=problem).strip()
            messages += [Message("assistant", answer), Message("user", again)]
        if best is not None:
            return best[1]  # what of it cannot be done will be left out, and told
        raise PlanError(f"the model's plan cannot be taken, even when asked again: {problem}")

    def _judged(self, answer: str, sentence: str) -> tuple[list[str], Manifest | None]:
        """What is wrong with an answer, in words, and the plan in it where that could be taken nevertheless."""
        try:
            bare = self._complete(answer, sentence)
            found = self.differences(bare)
            self.check(bare)
        except VerbError as error:
            wrong = [str(error)]
        except WorldError as error:
            return [str(error)], None
        else:
            wrong = []
        wrong += [one.problem for one in found if one.again]
        return wrong, None if any(one.contradicts for one in found) else _telling(bare, found)

    def question(self, sentence: str) -> tuple[Message, Message]:
        """How the model is asked."""
        near = [told(entry) for entry in self.near(sentence)] if self.retrieve else []
        system = render(
            TASK,
            "system",
            colours=list(COLORS),
            most=MOST,
            stuffs=list(STUFFS),
            arrangements=get_args(Arrangement),
            relations=list(RELATIONS),
            lands=list(LANDS),
            hours=get_args(Hour),
            passings=list(PASSINGS),
            weathers=get_args(Weather),
            views=get_args(View),
            verbs=list(verbs().values()),
            rules=examples(),
            families=families(self.library),
            near=near,
        )
        return Message("system", system.strip()), Message(
            "user", render(TASK, "user", sentence=" ".join(sentence.split()))
        )

    def near(self, sentence: str) -> list[Entry]:
        """The entries that words of the sentence name, or are a kind of."""
        lexicon = Lexicon(self.library, verbs())
        found = [item.value.entry for item in pieces(sentence, lexicon) if item.kind == "noun"]
        return list({entry.name: entry for entry in found}.values())

    def accounted(self, answer: str, sentence: str) -> Manifest:
        """The plan in an answer, which tells in what it differs from the sentence. Raises PlanError for none, for words
        of the sentence that it loses, and where it contradicts it."""
        manifest = self._complete(answer, sentence)
        found = self.differences(manifest)
        if any(one.contradicts for one in found):
            raise PlanError("; ".join(one.problem for one in found if one.contradicts))
        return _telling(manifest, found)

    def _complete(self, answer: str, sentence: str) -> Manifest:
        """The plan in an answer. Raises PlanError for none, and for words of the sentence that it loses."""
        manifest = parsed(answer, sentence)
        if missing := list(self.unaccounted(manifest)):
            raise PlanError(
                f"of the sentence's words {', '.join(repr(w) for w in missing)} "
                f"{'is' if len(missing) == 1 else 'are'} neither in the plan nor in left_out"
            )
        lost = tuple(self.lost(manifest))
        return manifest.model_copy(update={"left_out": (*manifest.left_out, *lost)})

    def differences(self, manifest: Manifest) -> list[Difference]:
        """In what a plan differs from its sentence without telling it."""
        return differences(self._asked_for(manifest.sentence), manifest, self.library)

    def _asked_for(self, sentence: str) -> Asked:
        return asked(sentence, Lexicon(self.library, verbs()))

    def lost(self, manifest: Manifest) -> Iterator[str]:
        """Words that stand where a thing is named and that neither the library nor the plan knows: nothing can be asked
        for them, so they are told."""
        told = _told(_whole(manifest))
        for noun in unanswered(manifest.sentence, self.library):
            if not any(stem in told for word in noun.split() for stem in stems(word)):
                yield noun

    def check(self, manifest: Manifest) -> None:
        """Raises WorldError that says what of a plan cannot be had."""
        vocabulary = Vocabulary(stage(manifest, 0).graph)
        for rule in manifest.rules:
            if not isinstance(found := read(rule, vocabulary), Reading):
                raise PlanError(f"the rule '{rule}' cannot be read: {found}")

    def unaccounted(self, manifest: Manifest) -> Iterator[str]:
        """Nouns and verbs of the sentence that the plan has not, and does not name as left out."""
        does = {happening.does for happening in manifest.happenings}
        whole = _whole(manifest)
        things, told = {subject.thing for subject in whole.subjects}, _told(whole)
        wanted = self._asked_for(manifest.sentence)
        denied = {id(phrase.item) for phrase in wanted.phrases if phrase.negated}
        denied |= {id(act.item) for act in wanted.acts if act.negated}
        for item in wanted.items:
            said = [stem for word in item.words.split() if word not in DETERMINERS for stem in stems(word)]
            if id(item) in denied or any(len(stem) > 2 and stem in told for stem in said):
                continue
            if item.kind == "noun" and item.value.entry.name not in things and item.value.entry.family not in GROUNDS:
                yield item.words
            if item.kind == "verb" and not does and not manifest.rules:
                yield item.words


def _telling(manifest: Manifest, found: Sequence[Difference]) -> Manifest:
    """A plan that tells in what it differs from its sentence."""
    return manifest.model_copy(update={"left_out": (*manifest.left_out, *(one.told for one in found))})


def _told(manifest: Manifest) -> str:
    """All that a plan names, in small letters."""
    names = (*(s.name for s in manifest.subjects), *(s.thing for s in manifest.subjects))
    return " ".join((*manifest.left_out, *manifest.rules, *names, manifest.setting.weather)).lower()


def _whole(manifest: Manifest) -> Manifest:
    """A plan with the things that what happens in it brings with it, where that can be done."""
    try:
        return arranged(fitted(manifest), verbs())
    except WorldError:
        return manifest


GROUNDS = ("terrain", "water")
"""Families whose things may come with where it is."""


def parsed(answer: str, sentence: str) -> Manifest:
    """The manifest that an answer holds. Raises PlanError."""
    found = re.search(r"\{.*\}", answer, re.DOTALL)
    if found is None:
        raise PlanError("it holds no JSON object")
    data: Any
    try:
        data = from_json(found[0])
        return Manifest.model_validate({**data, "sentence": sentence})
    except ValueError as error:
        if not isinstance(error, ValidationError):
            raise PlanError(f"it is no JSON: {error}") from None
        problems = [f"{'.'.join(map(str, p['loc'])) or 'plan'}: {p['msg']}" for p in error.errors()[:4]]
        raise PlanError("; ".join(problems)) from None


def families(library: dict[str, Entry]) -> list[str]:
    """The library in lines, one a family: the names of its entries."""
    found: dict[str, list[str]] = {}
    for entry in library.values():
        found.setdefault(entry.family, []).append(entry.name)
    return [f"{family}: {', '.join(names)}" for family, names in sorted(found.items())]


def told(entry: Entry) -> str:
    """An entry with its parameters in a line."""
    knobs = []
    for knob in entry.knobs.values():
        if knob.kind == "seed":
            continue
        span = f"{knob.low:g} to {knob.high:g} {knob.unit}".strip() if knob.high > knob.low else knob.kind
        knobs.append(f"{knob.name} ({' | '.join(knob.choices) or span})")
    return f"{entry.name} ({entry.moves}): {', '.join(knobs)}"
