"""Noun phrases of what two things do: ``the contact of A with B``, ``A's second hit on B``, ``A makes contact with B``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from .deeds import ITS
from .grammar import REJECT, Fields, Grammar
from .phrasing import ADVERB, MakeCondition, fact_of
from .reference import WHOSE


def _noun(grammar: Grammar, nouns: Iterable[str]) -> str:
    """A phrase of any of some nouns."""
    name = f"noun{len(grammar.classes)}"
    grammar.classes.append(name)
    grammar.add(name, nouns)
    return f"<{name}>"


def nominal(grammar: Grammar, nouns: Iterable[str], make: MakeCondition, between: str = "between|of") -> None:
    """Noun phrases of what two things do, such as ``contact between A and B``, ``the hit of A on B``, ``A's touch``."""
    build = fact_of(make, "event", False)

    def both(fields: Fields) -> Any:
        first, second = fields["pair"]
        return build({**fields, "a": first, "b": second})

    joint = "(with|and|on|against|to|upon|by|onto|into|at|in|off)"
    noun = _noun(grammar, nouns)
    grammar.add("happening", f"{noun} ({between}) {{pair}}", both)
    grammar.add("happening", f"{noun} ({between}) {{a:thing}} {joint} {{b:thing}}", build)
    grammar.add("happening", f"{noun} from {{a:thing}} (with|on|against|to|onto|at|by) {{b:thing}}", build)
    grammar.add("happening", f"{noun} (with|on|of|against) {{b:thing}} by {{a:thing}}", build)
    grammar.add("happening", f"{noun} by {{a:thing}} (with|on|against|of) {{b:thing}}", build)
    grammar.add("happening_noun", noun)
    grammar.add(
        "happening",
        f"{noun} {{a:single}} (/|-|x|+|&|vs|->) {{b:single}}\n{noun} LPAR {{a:single}} (,|;|/) {{b:single}} RPAR",
        build,
    )
    # 'Hit Ball with Box' is an order, which nobody can carry out.
    plain = "(collision|contact|meeting|landing|arrival|touching|hitting|bumping)"
    grammar.add("happening", f"{plain} {{a:single}} (on|with|to|against|at|in) {{b:single}}", build)
    grammar.add("happening", f"{noun} being (made|established) ({between}) {{pair}}", both)
    grammar.add("happening", f"{{a:single}} {noun} {joint} {{b:single}}", build, 0.1)
    grammar.add("happening", f"(its|their) [own] {noun} {joint} {{b:thing}}", lambda f: build({**f, "a": ITS}))
    onto = "(with|on|against|upon|onto|off)"
    grammar.add("happening", f"{noun} {onto} {{b:thing}}", lambda f: build({**f, "a": WHOSE}), 0.3)
    grammar.add(
        "event",
        f"(its|their) [own] [very] {{n:ordinal}} {noun} {onto} {{b:thing}}",
        _nth(lambda f: build({**f, "a": WHOSE})),
    )
    for lead in ("{a:thing} 's [very] {n:ordinal}", "(its|their) [very] {n:ordinal}"):
        grammar.add("event", f"{lead} {noun} {joint} {{b:thing}}", _nth(build))
    made = "(makes|make|has made|have made|making|made|has had|has|have|have had|having made|does|do|did|had|gets|get|got|is having|is making|will have|will make|establishes|comes to|come to)"
    gets = "(gets|get|got|receives|receive|received|takes|took|suffers|experiences|has received|has got|has taken|registers|feels)"
    grammar.add("fact", f"{{a:thing}} {ADVERB} {made} [already] [its|some|any] {noun} {joint} {{b:thing}}", build, 0.1)
    grammar.add("fact", f"{{b:thing}} {ADVERB} {gets} {noun} (by|from|of) {{a:thing}}", build, 0.1)
    grammar.add(
        "fact",
        f"{{a:thing}} {ADVERB} (gives|give|gave|has given|deals|dealt) (to {{b:thing}} {noun}|{{b:thing}} {noun}|{noun} to {{b:thing}})",
        build,
        0.1,
    )
    grammar.add("so", f"{{b:thing}} {gets} [its] [very] {{n:ordinal}} {noun} (by|from|of) {{a:thing}}", _nth(build))
    grammar.add("so", f"{{b:thing}} {gets} {{n:number}} {noun} (by|from|of) {{a:thing}}", _nth(build))
    grammar.add(
        "so",
        f"{{a:thing}} (gives|give|gave|has given|deals) {{b:thing}} [its] [very] {{n:ordinal}} {noun}",
        _nth(build),
    )
    comes = "(happens|happen|occurs|occur|arises|comes about|exists|appears|is made|is established|takes place|ensues|is there|is)"
    grammar.add("happening", f"between {{pair}} [there is|there comes|it comes to] {noun} [{comes}]", both, 0.1)
    grammar.add(
        "happening", f"[there is|there comes|it comes] between {{pair}} [to|there is] {noun} [{comes}]", both, 0.1
    )
    grammar.add(
        "event", f"{{a:thing}} {made} [already] [its|a|an] [very] {{n:ordinal}} {noun} {joint} {{b:thing}}", _nth(build)
    )
    grammar.add("event", f"{{a:thing}} {made} [already] {{n:number}} {noun} {joint} {{b:thing}}", _nth(build))
    grammar.add("so", f"{{a:thing}} {made} [already] {{n:number}} {noun} {joint} {{b:thing}}", _nth(build))
    grammar.add("so", f"{{pair}} (have|had|make|made) [their|a] [very] {{n:ordinal}} {noun}", _nth(both))
    grammar.add("so", f"{{a:thing}} {made} [its|a|an] [very] {{n:ordinal}} {noun} {joint} {{b:thing}}", _nth(build))
    grammar.add(
        "so",
        f"{noun} (is|has been|gets|was) [being] made {joint} {{b:thing}} by {{a:thing}}",
        lambda f: build(f).condition if build(f) is not REJECT else REJECT,
    )
    grammar.add(
        "so",
        f"{noun} (is|has been|gets|was) [being] (made|established) ({between}) {{pair}}",
        lambda f: both(f).condition if both(f) is not REJECT else REJECT,
    )
    grammar.add(
        "so",
        f"{noun} (arises|arise|occurs|occur|happens|happen|comes about|takes place|exists|appears|exist|appear|shows up|ensues|(is|are) (happening|occurring|coming|arising|taking place)) ({between}) {{pair}}",
        lambda f: both(f).condition if both(f) is not REJECT else REJECT,
    )
    grammar.add(
        "happening",
        f"{{a:thing}} 's {noun} {joint} {{b:thing}}",
        build,
    )
    grammar.add("event", f"{{a:thing}} 's [very] {{n:ordinal}} {noun} of {{b:thing}}", _nth(build))
    grammar.add("happening", f"{{a:single}} (&|and|/|-|x|+) {{b:single}} in {noun}", build)
    grammar.add("happening", f"{{a:thing}} [-|/|+|x|&|and|vs|->] {{b:thing}} {noun}", build)
    grammar.add("happening", f"{noun} : {{a:thing}} (with|on|against|and|/|-|+|&|x|->) {{b:thing}}", build)


def _nth(build: Callable[[Fields], Any]) -> Callable[[Fields], Any]:
    """A noun phrase of something for the nth time."""

    def counting(fields: Fields) -> Any:
        from .structure.said import counted

        fact = build(fields)
        return REJECT if fact is REJECT else counted(fact.condition, fields["n"])

    return counting
