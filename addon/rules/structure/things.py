"""Names, groups, lists and pronouns."""

from __future__ import annotations

from typing import Any

from ..grammar import REJECT, Fields, Grammar
from ..reference import Ref, Which
from ..units import ORDINALS

PRONOUNS = ("it", "they", "them", "itself", "themselves", "that one", "this one", "that", "this", "the thing", "the object", "those", "these", "he", "she", "him", "her")  # fmt: skip


def listed(which: Which) -> Any:
    """Makes one reference of two, ``which`` of them is meant."""

    def build(f: Fields) -> Any:
        first, rest = f["a"], f["b"]
        if any(ref.which not in ("one", which) and len(ref.names) > 1 for ref in (first, rest)):
            return REJECT
        return Ref(names=tuple(dict.fromkeys((*first.names, *rest.names))), which=which)

    return build


def add(g: Grammar) -> None:
    """All phrases of this module."""
    g.value(
        "ordinal",
        {
            "very first": 1,
            "initial": 1,
            "very 1st": 1,
            **ORDINALS,
            **{f"{n}{e}": n for n in range(1, 100) for e in ("st", "nd", "rd", "th")},
        },
    )
    g.add("single", "{n:name}\n{n:group}", lambda f: f["n"])
    g.add(
        "single",
        "(object|body|mesh|constraint|joint|thing) (called|named|with name) {n:name}\n(object|body|mesh|constraint|joint) {n:name}\n{n:name} (object|body|joint|constraint)",
        lambda f: f["n"],
        cost=0.2,
    )
    g.add(
        "single",
        "(that|this|said) {n:name}\n(that|this|said|) {n:name} (thing|guy|one there|over there)\n(that|this|said) (object|body|mesh|constraint|joint|thing) [,|called|named] {n:name}",
        lambda f: f["n"],
        cost=0.15,
    )
    g.add("single", "(your|our|my) {n:name}", lambda f: f["n"], cost=0.15)
    g.add(
        "several",
        "{a:single} (and|&|as well as|together with|plus) {b:single}\n{a:single} , {b:several}\n{a:single} , and {b:single}",
        listed("all"),
    )
    g.add("choice", "{a:single} or {b:single}\n{a:single} , {b:choice}", listed("any"))
    g.add("thing", "{n:single}\n[both|all] {n:several} [alike]", lambda f: f["n"])
    g.add("thing", "[either|any of|one of|whichever of] {n:choice}", lambda f: f["n"], cost=0.1)
    g.add("thing", "neither {a:single} nor {b:single}\n(none|neither) of {a:single} and {b:single}", listed("none"))
    for word in PRONOUNS:
        g.add("thing", word, lambda f, w=word: Ref(names=(), said=w, pronoun=True), cost=0.1)
    pair = "{a:single} (and|with|&|/) {b:single}"
    g.add("pair", f"[both] {pair}", lambda f: (f["a"], f["b"]))
    g.add(
        "ellipsis",
        "{a:single} [also] [with|on|against|to|into|onto|,] {b:single} [too|also|as well]",
        lambda f: (f["a"], f["b"]),
    )
    g.add("ellipsis", "{b:single} by {a:single} [too|also|as well]", lambda f: (f["a"], f["b"]), cost=0.05)
    g.add(
        "single", "(that|this|the) {n:name} (thing|guy|fellow|one there|over there|there)", lambda f: f["n"], cost=0.2
    )
