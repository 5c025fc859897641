"""A plan in the making: what a sentence has said so far, piece by piece."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import Any

from .clauses import Clauses
from .deeds import GOES_OFF
from .kinds import likeness
from .lexicon import Item, Named
from .lexing import pieces
from .places import Place
from .whereabouts import WITH
from .words import (
    ARTICLES,
    CAUSES,
    CHANGES,
    KINDS_OF_ARTICLES,
    LIKENESS,
    ORDERLY,
    PICKING,
    STANDING,
    STARTS,
    TURNING,
    UNLIKE,
    WITH_PARTS,
    is_for,
    stems,
)

WAITING = ("count", "colour", "size", "material", "measures", "shelved", "arrangement", "led")
"""What is told of a thing that is named next."""


@dataclass
class Plan(Clauses):
    """What has been read so far."""

    rules: list[str] = field(default_factory=list)
    view: str = "still"
    seconds: float = 8.0
    weather_last: bool = False
    """Whether what came last spoke of weather."""
    pointing: bool = False
    """Whether "that" or "which" came last."""
    nameless: bool = False
    """Whether a word that is not known came last that may be a noun."""
    named_last: bool = False
    """Whether what came last named a thing."""
    turned: bool = False
    """Whether a verb came last that may say that a colour changes."""

    def __deepcopy__(self, memo: Any) -> Plan:
        made = copy.copy(self)
        for name in ("subjects", "setting", "happenings", "rules", "left", "skipped", "giving"):
            setattr(made, name, copy.copy(getattr(self, name)))
        return made

    def words(self, text: str) -> None:
        """Go on by a text. Raises SentenceError."""
        for item in pieces(text, self.lexicon):
            self.take(item)
        self.end()

    def take(self, item: Item) -> None:
        """Go on by one piece. Raises SentenceError for counts that cannot be."""
        if self.flowing and not self.skipped:
            if (flows := self._flows(item)) is None:
                return
            item = flows
        if item.kind in ("verb", "preposition", "source", "edge", "pronoun", "liquid"):
            self._tell_unsaid()
        if item.kind in ("colour", "size", "material", "count"):
            self.led = self.led or bool(self.article) or item.kind == "count"
        if item.kind == "colour" and self.turned and self.verb is not None:
            self.left.append(f"{self.verb_words} {item.words}")  # "turns red" is no turning
            self.verb, self.unread, self.turned = None, self.unread + 1, False
            return
        self.direct = item.kind == "verb" or (self.direct and item.kind not in ("preposition", "source", "edge"))
        self.turned = item.kind == "verb" and item.words.split()[0] in CHANGES
        if item.kind not in ("colour", "size", "material", "noun", "participle", "unknown", "measure", "one"):
            self.article = KINDS_OF_ARTICLES.get(item.words, "")
        if self.skipped and item.kind != "break":
            self._aside(item)
            if self.skipped[0] in LIKENESS and item.kind == "noun":
                self._end_skipped()
            return
        if self._goes_on_faceless(item):
            return
        if self.predicated and item.kind not in ("colour", "size", "material", "measure", "empty"):
            self.are_so()
        if item.words in ("is", "are") and self.named_last and self.verb is None and self.fronted is None:
            self.predicated = self.actors if self.described and self.actors and not self.pointing else self.last
        self.undone = self.undone or (self.named_last and item.kind == "unknown")
        if item.kind == "unknown" and self.since_break and self.actors and not self.article:
            self.dangling = item.words.endswith("s") and item.words not in CAUSES
        self.unread += self.named_last and item.kind == "unknown"
        weather, self.weather_last = (
            self.weather_last,
            item.kind == "setting" and bool({"weather", "wind"} & set(item.value)),
        )
        self._relate(item, self.named_last)
        if self.given_off is not None and item.kind in ("empty", "verb", "unknown", "source", "preposition"):
            self.giving.append(item.words)
        named = self.named_last
        if item.words in PICKING and self.article == "the":
            self.picked = item.words
        elif item.kind == "break":
            self.picked = ""
        self.described = self.described or (named and item.words in ("that", "which", "who"))
        self.pointing = item.words in ("that", "which", "who")
        behind = named and item.words in ("that", "which", "is", "are")
        self.named_last = item.kind in ("noun", "pronoun") or behind
        if self.nameless and (item.words in ARTICLES or item.kind in ("preposition", "source", "edge", "verb")):
            self.unsaid()  # "three zorbs on a table" are no three tables
        if self.source and self.nameless and item.kind == "preposition":
            self.source = ""  # "falls from a crane onto a car" is no fall from the car
        self.lost = item.kind != "break" and (self.lost or (item.kind == "unknown" and not self.relation))
        self.nameless = item.kind == "unknown" or (self.nameless and item.kind in ("empty", "break"))
        if self.strange and item.kind not in ("unknown", "colour", "size", "material", "noun", "count"):
            self._drop_relation()
        self.strange = self.relation is not None and (item.kind == "unknown" or self.strange)
        match item.kind:
            case "part" if self.verb is not None and self.verb.name in WITH_PARTS:
                self.of_own = True
            case "colour" | "size" | "material" | "count":
                self.tell_of_next(item)
            case "one" if (one := self._one_so()) is not None:
                self._next(one)
            case "one":
                self._skip("one")
            case "arrangement":
                if self.count is not None:
                    self.left.append(f"{self.count} times {item.words}")
                self.arrangement = item.value
                self.left += [f"{item.words} (a {item.value} stands for it)"] * (item.words in UNLIKE)
            case "pace":
                self._paced(item)
            case "measure":
                self._measured(item, named)
            case "empty" if item.words in STANDING and not self.relative:
                self._stand()
                self.undone = self.undone or bool(self.last)
            case "empty" if item.words in ORDERLY:
                self.left.append(item.words)
            case "empty" if item.words in STARTS and self.last and self.verb is None and not self.since_break:
                self.started = item.words
            case "time":
                self._timed(item)
            case "turning":
                self._skip(item.words)
            case "setting" | "passing":
                self._set({"passing": item.value} if item.kind == "passing" else item.value, item.words)
            case "climate":
                self._tells_of(item)
            case "view":
                self.view = item.value
                self.verb, self.since_break = None, False
            case "with" if not self.since_break or not self.setting:
                self.left.append(item.words)
            case "preposition" if self.given_off is not None:
                pass  # it goes with what is given off
            case "preposition":
                self._preposition(item)
            case "source":
                self._sourced(item)
            case "edge":
                self._over_the_edge(item)
            case "noun":
                self._noun(item)
            case "pronoun":
                self._pronoun(item)
            case "verb":
                self._verb(item)
            case "arranged" if self.last:
                for name in self.last:
                    self.subjects[name] = self.subjects[name].model_copy(update={"arrangement": item.value})
            case "liquid":
                self._liquid(item)
            case "participle":
                self.participle = item.value
            case "stuff" if self.verb is None:
                self.given_off, self.giving = item.value, [item.words]
            case "break":
                self._break(item.value)
            case "content":
                self.fill(self.last, item)
            case "unknown" if weather and self.since_break and item.words.endswith("s"):
                self._skip(item.words)
            case "unknown" | "stuff" | "arranged":
                forms = stems(item.words) if (self.article or self.led) and not self._may_act(item, named) else ()
                like = next((found.entry for s in forms if (found := likeness(s)) is not None), None)
                self.left.append(item.words if like is None else f"{item.words} (the nearest is a {like})")

    def _may_act(self, item: Item, named: bool) -> bool:
        """Whether a word that is not known may be what somebody does."""
        return named or self.lexicon.verb([item.words]) is not None

    def _tells_of(self, item: Item) -> None:
        """A place or weather is told in front of a thing that is there: what waits for the thing goes on to wait."""
        kept = {name: getattr(self, name) for name in (*WAITING, "relation", "doubtful", "source", "ambient", "beyond")}
        for name in WAITING:
            setattr(self, name, [] if name == "shelved" else () if name == "measures" else None)
        self._set(item.value, item.words)
        for name, value in kept.items():
            setattr(self, name, value)

    def _set(self, values: dict[str, Any], words: str) -> None:
        self.unsaid()
        if self.source and values:
            self.left.append(f"{self.source} {words}")
        if self.then and values and self.happenings:
            self.left.append("then")  # weather and hours are there from the start
        if any(self.setting.get(key, value) != value for key, value in values.items()):
            self.left.append(words)
        else:
            self.setting |= values
        self.falls = words.split()[-1] in ("falls", "falling", "drifts")
        self.relation, self.source, self.doubtful, self.ambient = None, "", None, True
        self.beyond = self.verb is not None

    def _sourced(self, item: Item) -> None:
        if self.given_off is not None or (self.verb is None and self.ambient):
            return
        off = self.verb is not None and self.verb.name in GOES_OFF and item.words.startswith("off")
        if self.verb is None or not (self.verb.source or off):
            self._skip(item.words)
        else:
            self.source = item.words

    def _noun(self, item: Item) -> None:
        named: Named = item.value
        if self.of_own:
            self.of_own = False
            return
        if self.given_off is not None:
            self.doubtful = None
        if self.doubtful is not None:
            if self.doubtful in TURNING:
                self._skip(self.doubtful)
                self._aside(item)
                self.relation = self.doubtful = None
                return
            self.left.append(self.doubtful)
            self.relation = self.doubtful = None
            self._by_itself()
        if self.beyond and self.relation is None and not self.source:
            self._by_itself()  # "turns in a field of tulips"
            self.last, self.beyond = (self.named(named),), False
            return
        if self._picks(named):
            self._pick(item)
            return
        self.picked = ""
        self._others(named)
        first = item.words.split()
        if (
            len(first) > 1
            and first[0].endswith("ing")
            and not is_for(item.words)
            and (found := self.lexicon.verb(first[:1])) is not None
        ):
            self.participle = found[1]
        self._next(self.named(named))

    def _pick(self, item: Item) -> None:
        """One of several is spoken of, and it cannot be told from the others: the clause is left out."""
        word, self.count = self.picked or "one", None
        self.left.remove(word) if word in self.left else None
        self._skip(word)
        self._aside(item)
        self.picked, self.relation, self.source = "", None, ""

    def _others(self, named: Named) -> None:
        """The things of the same noun that were told of before it, as in "a red and a blue ball"."""
        shelved = self.taken_up()
        own = (self.count, self.colour, self.size, self.material)
        for told in shelved:
            self.count, self.colour, self.size, self.material = told.count, told.colour, told.size, told.material
            self.article = "a"
            self._next(self.named(replace(named, several=bool(told.count and told.count > 1))))
            self.joined, self.since_break = self.verb is None, True
        self.count, self.colour, self.size, self.material = own

    def _pronoun(self, item: Item) -> None:
        """What was spoken of: in front of a verb who acted before, behind one what was named before."""
        if self.given_off is not None and self.actors:
            self._next(self.actors[0])
            return
        if self.since_break and self.verb is None and self.relation is not None and self.relation[0] and self.seen:
            if self.lost:
                self._drop_relation()  # "the zorb beside it stands, and birds fly"
                return
            meant = (self._spoken_of(item) if self.seen[-1] in self.earlier else None) or self.seen[-1]
            self.fronted, self.relation = (self.relation[0], meant), None  # "behind it a pond"
            return
        if self.since_break and self.verb is None and self.actors:
            self._who(item)
            return
        if self._is_group(item):
            self.verb = None
            return
        known = self._spoken_of(item)
        if self.doubtful is not None and self.doubtful in TURNING:
            self._skip(self.doubtful)
            self._aside(item)
            self.doubtful = None
        elif known is None:
            self.left.append(item.words)
        else:
            self._next(known)

    def _next(self, name: str) -> None:
        """A thing comes next."""
        if self.halfway is not None:
            (who, one), self.halfway = self.halfway, None
            self.put(who, Place(relation="between", of=(one, name)))
            self.last, self.since_break = (name,), False
            return
        self.seen = (*(n for n in self.seen if n != name), name)
        if self.given_off is not None:
            self._given_off(name)
            return
        if self.arrives or self.dangling:
            self.left += [self.relation[1]] if not self.arrives and self.relation is not None else []
            self._arrive(name)
            return
        if self.host is not None and (self.joined if self.guests else self.relation == (WITH, WITH)):
            self._accompany(name)
            return
        if self.fronted is not None and name != self.fronted[1]:
            self.relation = (self.fronted[0], "")
            self._place(name, self.fronted[1])
            self.front = (name, self.subjects[name].places[-1]) if self.subjects[name].places else None
            self.relation = self.fronted = None
            if self.joined:
                self.main, self.joined = self.main or self.actors, False  # ", behind it a tree,"
        elif self.relation is not None and self.relation[0] is not None and not self.last and self.verb is None:
            if self.lost:  # "a zorb pours into a lake, and birds"
                self._drop_relation()
                self.last, self.since_break = (name,), False
            else:
                self.fronted, self.relation, self.since_break = (self.relation[0], name), None, True
            return
        if self.participle is not None:
            self._happen(self.participle, name, None)
            self.told_of = (name, self.participle.name, None, None)
            self.participle = None
        if self.verb is not None and self.ordered and not self.actors:
            self.actors, self.last, self.since_break = (name,), (name,), False
            return
        if self.verb is not None and self.actors and self.source:
            self._from(name)
        elif self.verb is not None and self.actors and self.verb.sends and self.relation is None and self.direct:
            self._sent(name)
        elif self.verb is not None and self.actors and self._is_met():
            self._all(self.verb, name)
            self.verb = None
        elif self.verb is not None and self.actors and self.relation is None and self.direct:
            self._caused(name)
        elif self.relation is not None and self.relation[0] is not None and name not in (placed := self._placed()):
            topic = self.actors[0] if self.verb is None and len(self.actors) == 1 and self.last != self.actors else None
            if topic is None or not self._place_too(topic, name):
                for one in placed:
                    self._place(one, name)
        elif self.since_break or self.joined or not self.actors:
            self.actors = (*self.actors, name) if self.joined and self.actors == self.last else (name,)
        self.last = self.actors if name in self.actors else (name,)
        self.relation, self.source, self.since_break, self.joined = None, "", False, False

    def _verb(self, item: Item) -> None:
        if self.given_off is not None:
            return  # "steam rises", until it is said from what
        if self.guests and item.words.split()[0].endswith("ing"):
            self.actors = self.guests  # "with flags waving"
        self._end_company()
        self._which(item.value)
        if self.relative:
            self._by_itself()
            self._of_last(item.value)
        if not self.actors or (self.since_break and not self.joined and self.ordered):
            if self.since_break:
                self.verb, self.ordered, self.actors, self.verb_words = item.value, True, (), item.words
            else:
                self.left.append(item.words)
            return
        self._by_itself()
        if self._is_misread(item.value):
            self.left.append(item.words)
            self.unread += 1
            return
        if self.since_break and item.value.name in ("hit", "topple", "push") and self.sent:
            self.actors = self.sent  # "a boy kicks a ball and hits a box"
        self.verb, self.ordered, self.verb_words, self.started = item.value, False, item.words, ""

    def shed(self) -> None:
        """Leaves of which several fall are weather, shed by the trees that there are."""
        down = ("fall", "descend", "sink", "float", "fly")
        fallen = {h.who for h in self.happenings if h.does in down and self.subjects[h.who].thing == "leaf"}
        named = {name for h in self.happenings if h.who not in fallen for name in (h.to, h.source)}
        for name in fallen:
            if self.subjects[name].count > 1 and len(self.subjects) > 1 and name not in named:
                self._set({"weather": "leaves"}, "leaves")
                del self.subjects[name]
                kept = [h for h in self.happenings if h.who != name]
                fewer = len(kept) < len(self.happenings)
                self.happenings = [h.model_copy(update={"after": None}) for h in kept] if fewer else kept
