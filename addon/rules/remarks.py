"""Remarks: clauses between marks that say nothing about the scene, such as ``simple as that``, by phrases of their own.

A piece of a text may be left out only if it is such a remark from its first word to its last and names nothing of the
scene. What nobody has written down as a remark, such as ``but gently`` or ``and stays there``, is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from .claims import AT_THE_END, Claim, add_claims
from .grammar import Grammar, Parser
from .lexer import Lattice, Token
from .openings import opening
from .talk import VOID
from .vocabulary import Vocabulary

NOISES = """
    (hmm|hm|mm|mhm|hooray|hurray|hurrah|yay|yippee|woohoo|wow|whoa|ah|aha|ha|haha|hah|hehe|heh|oh|ooh|uh|um|er|erm|eh|huh|phew|whew|gosh|golly|goodness|hallelujah|bravo|lol)
    (boom|kaboom|bang|ding|ding dong|dong|bam|pow|whoosh|swoosh|whee|wheee|bingo|voila|voilà|presto|hey presto|tada|ta-da|ta da|splat|thud|thump|poof|pling|plop|bonk|clang|tick tock)
    (yes|yeah|yep|yup|sure|mind|hey|oh (well|dear|my|yes|boy|right)|my my|fun fun fun|cheers|bless you|well well|well well well|so there|et voilà|et voila)
"""
FINE = """
    (simple|lovely|fun|cool|great|neat|sweet|good|fine|wonderful|beautiful|perfect|brilliant|fantastic|super|awesome|marvellous|marvelous|amazing|excellent|funny|silly|tricky|clever|smart|interesting|exciting|boring|dull|obvious|trivial|straightforward|satisfying|elegant|cute|weird|strange|odd|curious|spectacular|impressive|magical|magnificent|glorious|splendid|terrific|logical|natural|important|handy|useful|cosy|cozy|charming|delightful|pleasant|hilarious|ridiculous|pretty)
    (nice|easy|nice and (simple|tidy|neat)|super simple|super easy|dead simple|dead easy|plain and simple|plain simple)
"""
PLAINLY = """
    (simple|easy) as (that|this|pie|abc|anything|can be|it gets)
    as (simple|easy) as (that|this|pie|it gets)
    (easy peasy|easy-peasy|piece of cake|child's play|no sweat|plain sailing|a piece of cake|simple enough|easy enough|fair enough|good enough|good stuff|good fun|great fun|lots of fun|such fun|fun times|good times)
    (just|exactly) like that
    (like magic|like a charm|as if by magic|magic|as planned|as intended|as promised|as discussed|as agreed|as expected|as mentioned|as i said|as said|like i said|as it were|so to speak|as they say|as one does|as you do|just for fun|for fun|for the fun of it|just because|for what it is worth|for good luck|for luck)
"""
HOW = "[so|very|really|quite|rather|pretty|just|all|truly|that|too|a bit|a little|kind of|sort of|awfully|terribly|absolutely|totally|simply|always|certainly|definitely|probably|surely|rather a|quite a|such a]"
MARKERS = """
    (anyway|anyways|anyhow|after all|if you ask me|i promise|promise|i swear|honestly|frankly|obviously|naturally|clearly|as you can see|as you see|trust me|believe me|hopefully|you know|i think|i guess|i suppose|i hope|i bet|no doubt|for sure|by the way|really|actually|though|is not it|do not you think|in my opinion|to be honest|to be fair|i must say|i have to say|of course|believe it or not|luckily|fortunately|thankfully|inevitably|undoubtedly|presumably|evidently|apparently|admittedly|understandably|unsurprisingly|surprisingly|amazingly|certainly|definitely|surely|finally|of necessity|as always|as ever|as usual|sadly|folks|everyone|everybody|my friend|friends|dear|mate|basically|in short|so i am told|they say|so they say)
"""
THIS = "(that|this|it|here|which|that one|this one|and that|and this)"
IS = "(is|was|will be|would be|should be|must be|has been|has to be|looks|sounds|seems|feels|is going to be|might be|may be|could be)"
NOUNS = """
    (idea|whole idea|basic idea|plan|whole plan|point|whole point|finish|finale|grand finale|big finale|ending|happy ending|big ending|trick|whole trick|thing|main thing|bit|part|fun part|main part|story|whole story|aim|dream|show|spirit|deal|gist|joke|favourite|favorite|favourite (bit|part|one|moment|rule)|favorite (bit|part|one|moment|rule)|highlight|surprise|magic|fun|test|little test|experiment|demo|game|beauty|beauty of it|setup|secret|whole secret|job|logic|whole thing|concept|gag|punchline|moment|big moment|last (one|thing|bit|part|rule|step)|final (one|thing|bit|part|rule|step)|one|rule|classic|delight|pleasure|sight|view|spectacle|mess|treat|wonder|scene|pity|shame|shot|throw|kick|lob|jump|leap|toss|flight|bang|start|launch|push|shove|swing)
"""
OF_US = "(happy|glad|good|pleased|proud|curious|excited|fine|delighted|satisfied|thrilled|amused|impressed|grateful|thankful|done|all done|finished|all set|good to go|all good|ready|all ready|done here|finished here|through|all friends|all happy|happy bunnies|nearly there|almost there|nearly done|almost done|tired|hungry|bored|sure|certain|so excited)"
WE = "(we|i|you|everyone|everybody|all of us|we all|you all|people|the kids|the children|the audience|the whole team|the boss|my (kids|boss|friends|team|students|teacher))"
ARE = "(am|are|is|will be|can be|would be|shall be)"
KNOW = "(love|like|enjoy|adore|know|hope|believe|promise|think|guess|remember|understand|agree|recall|get|see|bet|suppose|swear|imagine|appreciate|will love|will like|will enjoy|will see|would love|can not wait|have to love|got to love|gotta love|will understand|look forward to)"
WHAT = "[so|that|it|this|these things|those things|(that|this) (bit|part|one|moment|sound|idea|effect|trick|game|stuff)|the (idea|gist|drill|picture|point|rest of it|feeling|sound|sight|effect|plan|drift)|what i mean|what i am getting at|how it goes|how this goes|how it works|to see it|to see that|to watch it|to watch that]"
HEARD = "(thump|thud|bang|noise|sound|crash|click|clang|clunk|clack|smack|whack|bump|boom|splash|squeak|rattle|difference|breeze|draught|draft|wind|impact|music)"
STRANGE = "{w:strange}"
SAYINGS = """
    (here we go|here goes|here it goes|off we go|there we go|there you go|there you have it|there it is|that is it|that is all|that is that|that is about it|that is everything|that is the lot|that is all there is to it|that is all for now|that is us|and done|done|job done|all done|happy days|voilà tout|the end|and scene)
    (brace yourself|hold on tight|wait for it|listen up|listen|look|watch this|just watch|wait and see|picture this|imagine that|drum roll|drumroll|guess what|you know what|and guess what|what happens|and what happens|what happens then|and what then|what then|you say|ready|are you ready|you ready|say no more|enjoy|have fun|good luck|fingers crossed|touch wood|knock on wood|wish me luck|why not|who knows|you never know|do not worry|do not ask|do not ask me why|do not forget|no worries|no surprise there|no surprises there|not bad|no big deal|no problem)
    (last|final|one last|one more|one final|another|next|the next|the last|the final|a last|a final|just one more|one other) (thing|one|bit|rule|step|request|wish|point|item|part)
    (one more|and one more|next up|last up|last but not least|last not least|and finally|for the grand finale|for the finale|for the big finale|for the finish|to top it off|to top it all off|to finish off|to finish|to round things off|to round it off|to kick things off|to kick off|to kick us off|to get us started|to get things started|to start us off|first off|for starters|for a start|moving on|next|lastly|now then|on we go|onwards)
    (go on|go on then|carry on|off we go|and off we go)
    [and] [now|here] (it gets|comes|it becomes|things get) [the] (fun|interesting|tricky|exciting|good|best|fun part|fun bit|interesting part|interesting bit|tricky part|tricky bit|good part|good bit|best part|best bit|nice part|nice bit|clever bit|clever part|big finish|grand finale|finale|twist|surprise)
    (and|so|now|next)  (the|my|another) (fun|interesting|tricky|good|best|nice|clever|last|final|next|easy) (part|bit|one|rule|thing)
    (and|but|so|now) [here is|this is|that is|now|comes] (the|my) (part|bit|one|rule|thing) (i|we|you) [really] (like|love|enjoy) [best|most|the most|the best]
    (here is|this is|that is|now|here comes) (the|my) (part|bit|one|rule|thing) (i|we|you) [really] (like|love|enjoy) [best|most|the most|the best]
    (that|this|it) is (how|the way|what|why|where) (it|this|that|things|i|we|you) [really|always] (works|goes|is|work|go|want|wanted|had in mind|mean|meant|imagined|imagine|like it|like|love|need|picture it|pictured it|see it|am after|are after|planned|planned it|hoped for|are here for|am here for)
    [just] (what|as) (i|we) (want|wanted|had in mind|need|needed|planned|imagined|hoped for|hoped|like)
    (so|so that) (we|you|everyone|everybody|i|people|the audience) (can|will|may) [all] (see it|know|notice|notice it|tell|relax|enjoy it|enjoy the show|be happy|applaud|clap|cheer|go home)
    that (should|will|ought to|would) (do it|do|do nicely|do the trick|be it|be all|be that)
    (that is|and that is|this is) (the end [of it|of that|of the story]|what it is [there] for|what they are [there] for|all there is)
    (does that|does this|does it|that|this|it) (make|makes) sense
    so [that] (it|they|he|she|nothing|nobody|no one|this|that) (does|do|can|will|should|may|must|shall) not [ever] (get (stuck|lost|in the way|broken|damaged|hurt|jammed)|block the way|jam|be in the way|be damaged|be lost)
    so [that] (nothing|nobody|no one) (gets|is) (stuck|lost|broken|damaged|hurt|jammed)
    if i (remember|recall) (right|rightly|correctly|well)
    as far as (i|we) (am concerned|are concerned|know|can see|can tell)
    [and|which|because] it (will|does|makes) [for sure|surely|certainly|a <nice> [little] (noise|sound)]
    (is|are|will|would) not (it|that|this|they) [be|just] (<nice>|so <nice>)
    do not ask [me] [why|how]
    [and|but] nothing (else|more|fancy|special|more than that)
    it is (getting|so|already) (late|cold)
    nice and (simple|tidy|neat)
    let (me|us) (think|see|look|imagine)
    same as (always|ever|usual)
    have a (nice|good|great|lovely) (day|one|time|evening|weekend)
    (all|everything) (is|will be) (well|good|fine|great|lovely|perfect)
    (you guessed it|as you guessed|you have guessed it|would you believe it|no difference [there]|same thing [again|there]|same again|the same again|same deal|no surprise|no rush|no fuss|no hurry|without fuss|no messing|no messing about|no nonsense)
    (we|you|i|it) (do not|does not|will not|shall not|need not|must not|should not) (wait|hang about|hang around|take|be|dawdle|dally|linger|have to wait|need to wait) [too|very|that|for] long [here|this time|now|with this one]
    not (wanting|liking|wishing|going|one|about) to be (left out|outdone|left behind|forgotten|left alone|late)
    (off|on) we go
    (the|now the) other one (too|as well)
    [or] (will|would|could|can|wo) (you|we) [not] [please|kindly|mind]
    (shall we|if you (will|would|like|can)|please and thank you|i (do not|would not) (mind|care)|whatever|up to you|as you like|or hey|hey)
    (it is all|all) the same [to (me|us)]
    let us (go|get going|begin|start|get started|get moving|do this|do it|see|roll|have fun|go on|move on|get on with it|get to it|get rolling)
    (gravity|physics|nature|newton) (does|will do|takes care of|will take care of|handles|can do|will see to) (the rest|it|everything|this|that)
    (the rest|everything else) is (gravity|physics|up to (gravity|physics|nature|newton))
    (all good|so far so good|all well and good|makes sense|that makes sense|it makes sense|sounds good|sounds fun|sounds simple|sounds easy|you bet|thank goodness|thank god|about time|about time too|at long last|long live physics|physics is fun|science)
"""


@dataclass(frozen=True)
class Rest:
    """A text without its remarks and without what it claims of the whole rule."""

    text: str
    asides: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()


LONGEST = 80
"""Characters of a remark at most."""


@dataclass(frozen=True)
class _Piece:
    """What stands between two marks."""

    start: int
    end: int
    mark: str
    """The mark after it."""


def _add(g: Grammar) -> None:
    for name, texts in (
        ("noise", NOISES), ("nice", FINE), ("marker", MARKERS), ("noun", NOUNS), ("core", PLAINLY), ("core", SAYINGS),
    ):  # fmt: skip
        g.add(name, texts)
    to = "[to (watch|see|look at|hear|think of|behold)|that way|like that|for (us|me|everyone|everybody|sure|all)|really|indeed|of (it|you|them|him|her)]"
    g.add("core", f"{THIS} {IS} {HOW} <nice> {to}")
    g.add(
        "core", f"{THIS} {IS} {HOW} [a|an|our|my|your|the|another] [<nice>] <noun> [of it|here|for (today|now|us|me)]"
    )
    g.add("core", f"{HOW} (simple|lovely|fun|cool|great|neat|wonderful|beautiful|perfect|brilliant|fantastic|awesome|marvellous|amazing|excellent|funny|silly|tricky|clever|interesting|exciting|boring|obvious|straightforward|satisfying|elegant|cute|nice) {to}")  # fmt: skip
    g.add("core", "[what|such|quite|rather] [a|an] [very|really|rather] <nice> [little|old|bit of|piece of] <noun>")
    g.add("core", f"(what|quite) [a|an] [<nice>] [little|big|great] (<noun>|{STRANGE})")
    g.add("core", f"{WE} [all|both] {ARE} {HOW} {OF_US} [now|then|with it|with that|about it|here]")
    g.add("core", f"{WE} [all|really|just|do|always|both] {KNOW} {WHAT}")
    dimly = "[probably|surely|likely|hopefully|maybe|perhaps|also|even|certainly|definitely|just]"
    g.add("core", f"[{WE}] {dimly} [will|may|might|can|should|could|would] {dimly} (hear|feel|notice|recognise|recognize|smell) [it|that|this|them|the|a|some|its|quite a|(the|a|its) (loud|big|little|small|familiar|nice|lovely|soft|dull) {HEARD}|{HEARD}|(the|a|some|its|quite a) {HEARD}]")  # fmt: skip
    here = "(in here|out here|outside|today|tonight|these days|around here|up here|down here|in this room|in this place|this time of year|in this office)"
    g.add("core", f"it (is|gets|has been|was) {HOW} ({STRANGE}|<nice>) {here}")
    g.add("lead", "(and|so|well|oh|because|since|as|but|yes|now|ok|okay|hey|hm|hmm|ah)")
    g.add(
        "remark",
        "[<lead>] <core>\n[<lead>] [<core>] <marker>\n<lead> <marker> <core>\n<marker> [,] <core>\n<noise>\n<noise> <noise>\n<lead> <noise>\n<noise> <core>\n[<lead>] <core> <marker> <marker>",
    )
    g.add("remark", f"[what|such|quite] [a|an] <nice> [little|old] {STRANGE} <marker>")
    g.add(
        "remark",
        "[<lead>] (they|these|those|these two|those two|the two) are [just|really|such|quite] (a pair|twins|friends|inseparable|best friends|a team|a couple|a happy pair|a fine pair|alike|siblings) [<marker>]",
    )
    g.add(
        "bracketed",
        f"[what|such|quite] [a|an] <nice> [little|old] {HEARD}\n<remark>\n[what|such|quite] [a|an] <nice> [little|old] {STRANGE}\n[still|always] [the|a|my|our] (poor|dear|good old|old) (thing|fellow|guy|soul|chap|one)",
    )


@cache
def _grammar() -> Grammar:
    found = Grammar()
    _add(found)
    add_claims(found)
    return found


@cache
def _known() -> frozenset[str]:
    """Words that mean something in rules."""
    from .read import grammar

    return frozenset(grammar().words)


class _Piecewise(Lattice):
    """A piece of a text, with the words of which rules know nothing as ``strange``."""

    def own(self, start: int) -> list[tuple[int, Token]]:
        """See `Lattice.own`."""
        found = super().own(start)
        if any(token.kind in ("name", "group", "key", "quantity") for _, token in found):
            return found
        return found + [(end, Token("strange", token.value)) for end, token in found if _is_strange(token)]


def _is_strange(token: Token) -> bool:
    return (
        token.kind == "word"
        and re.fullmatch(r"[^\W\d_]{3,}", token.value) is not None
        and not token.value.endswith(("ly", "ing", "ed", "wards", "wise"))
        and token.value not in _known()
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TALKING = _words("""
    i you we they he she it this that these those my your our his her its their me us them myself yourself who
    which what how why am is are was were be been being do does did have has had will would shall should can could
    may might and but so because as to of for about a an the just really very quite rather pretty truly such all
    everyone everybody anyone people folks there here oh ah well look looks looking looked sound sounds feel feels
    seem seems bit little lot lots bunch million time day thing things way stuff part one rule job kind sort old
    big good best most more such like see ask bother much indeed right yes ok okay though anyway also even maybe
    perhaps always going gonna got get gets
""")
"""Words that say nothing by themselves, as long as a word that shows that somebody just talks stands among them."""

SHOWING = _words("""
    think thinking thought guess guessing suppose know knows knew idea trust believe believes remember imagine
    hope hopes hoping promise promised bet wonder wondering curious agree understand love loves lovely nice great
    cool fun funny happy glad proud fine wonderful beautiful perfect brilliant fantastic super awesome marvellous
    amazing excellent interesting exciting satisfying elegant cute splendid favourite favorite cheers applause huh
    eh hooray hurrah classic fancy simple obvious begging beg bless poor dear guy fellow friend friends mate folks
    thanks thank grateful appreciate appreciated enjoy enjoys admire delight pleasure welcome voilà voila tada
    trick magic honest honestly concerned important similar reckon
""")
"""Words that show that somebody just talks."""


PEOPLE = _words("""
    everyone everybody people folks we you i all
""")
CHEERING = _words("""
    cheer cheers cheering clap claps clapping applauds applaud smile smiles laugh laughs celebrate celebrates
    enjoys dream dreams dance dances
""")


def _is_talk(text: str) -> bool:
    """Whether all words are talk, one of them surely."""
    words = [word for word in re.findall(r"[^\W_]+(?:['-][^\W_]+)*", text.lower()) if word not in VOID]
    if CHEERING & set(words) and PEOPLE & set(words) and not {"it", "he", "she", "they"} & set(words):
        return all(word in TALKING or word in SHOWING or word in CHEERING for word in words)
    return 0 < len(words) <= 9 and bool(SHOWING & set(words)) and all(w in TALKING or w in SHOWING for w in words)


def _spoken(text: str, bracketed: bool, vocabulary: Vocabulary) -> Claim | bool:
    """The claim that a piece of a text makes; else whether it is a remark."""
    if not text or len(text) > LONGEST or _names_something(text, vocabulary):
        return False
    parser = Parser(_grammar(), _Piecewise(text, vocabulary))
    claims: list[tuple[float, Claim]] = parser.readings("claim")
    if claims:
        return claims[0][1]
    return bool(parser.readings("bracketed" if bracketed else "remark")) or _is_talk(text)


_BORDER = re.compile(r"\s*(?:[.!?;,:]+(?=\s|$|[)\]])|(?<=\s)-(?=\s)|[()\[\]])\s*")
_RANKS = " ,-:;!?."


def _pieces(told: str, vocabulary: Vocabulary) -> list[_Piece]:
    """A text between its marks; None of a mark within a name or a quantity parts anything."""
    lattice = Lattice(told, vocabulary)
    found: list[_Piece] = []
    start = place = 0
    while place < len(told):
        begin = lattice.skip(place)
        whole = max(
            (end for end, t in lattice.own(begin) if t.kind in ("name", "quantity", "vector", "text")), default=0
        )
        if whole:
            place = max(place + 1, len(told[:whole].rstrip()))
        elif border := _BORDER.match(told, place):
            found.append(_Piece(start, place, border[0].strip()[-1:]))
            start = place = max(border.end(), place + 1)
        else:
            place += 1
    return [*found, _Piece(start, len(told), "")]


def _names_something(text: str, vocabulary: Vocabulary) -> bool:
    lattice = Lattice(text, vocabulary)
    tokens = [t for place in range(len(text)) for _, t in lattice.own(place)]
    kinds = {t.kind for t in tokens if t.kind != "key" or t.value.lower() not in ("on", "off")}
    return bool(kinds & {"name", "group", "vector", "text", "key"})


def _between(left: str, right: str, blank: bool) -> str:
    """The mark that stays where what stood between two is left out."""
    if not left or not right:
        return right
    if left in "([":
        return "" if right in ")]" else left
    if right in ")]" or left in ")]" or right in "([":
        return right
    if blank and left in ",-" and right in ",-":
        return ""
    return max(left, right, key=_RANKS.index)


_LAST = re.compile(
    r"(.+\S)\s+(?:and (?!.*\band\b)|(?=so (?:that )?(?:it|they|he|she|we|you|everyone)\b))(\S.*)", re.IGNORECASE
)
_NAMELY = re.compile(r"that is|i mean|in other words|namely|to be (?:precise|exact)", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:only |but only |just )?(?:when|once|if|as soon as|after|the moment|whenever|every|each|at|on)\b", re.IGNORECASE
)
_SORRY = re.compile(
    r"(?:oh )?(?:i am )?(?:so )?sorry(?: to (?:bother|trouble|disturb) you(?: again)?| about (?:that|this))?",
    re.IGNORECASE,
)
_BUT = re.compile(r"(?:but|and|so)\s+", re.IGNORECASE)


def without_remarks(told: str, vocabulary: Vocabulary) -> Iterator[Rest]:
    """What is left of a text without its remarks and claims: first as it is if it has none."""
    yield from _without_pieces(told, vocabulary)
    if head := opening(told, vocabulary):
        for rest in _without_pieces(told[len(head) :].strip(), vocabulary):
            yield replace(rest, asides=(head[:-1].strip(), *rest.asides))


def _without_pieces(told: str, vocabulary: Vocabulary) -> Iterator[Rest]:
    pieces = _pieces(told, vocabulary)
    texts = [told[p.start : p.end].strip() for p in pieces]
    depth = 0
    found = []
    for n, (before, text) in enumerate(zip(["", *(p.mark for p in pieces)], texts, strict=False)):
        depth += (before in ("(", "[")) - (before in (")", "]"))
        follows = texts[n + 1] if n + 1 < len(texts) else ""
        said = (_NAMELY.fullmatch(text) and _WHEN.match(follows)) or (n == 0 and _SORRY.fullmatch(text))
        heads = n == 0 and pieces[0].mark == ":" and _is_heading(text, vocabulary)
        found.append(bool(said) or heads or _spoken(text, depth > 0, vocabulary))
    last = max((n for n, text in enumerate(texts) if text), default=0)
    found = [what if n == last or what not in AT_THE_END else False for n, what in enumerate(found)]
    whole = list(texts)
    asides = [text for text, what in zip(texts, found, strict=True) if what is True]
    claims = [what for what in found if not isinstance(what, bool)]
    for n, text in enumerate(texts):
        parts = _LAST.match(text) if found[n] is False else None
        if parts and (what := _spoken(parts[2], False, vocabulary)):
            texts[n] = parts[1]
            asides += [parts[2]] if what is True else []
            claims += [what] if not isinstance(what, bool) else []
            if not isinstance(first := _spoken(parts[1], False, vocabulary), bool):
                claims.append(first)
                found[n] = True
    if not asides and not claims:
        yield Rest(told)
        return
    seen = set[str]()
    for blank in (False, True):
        rest = _rest([(text, bool(what), p.mark) for text, what, p in zip(texts, found, pieces, strict=True)], blank)
        if rest not in seen:
            seen.add(rest)
            yield Rest(rest, tuple(asides), tuple(claims))
    if claims:
        # What could be a claim can also be what is waited for: 'Ball and Plate: once they touch, open Door'.
        pieces_left = [(text, what is True, p.mark) for text, what, p in zip(whole, found, pieces, strict=True)]
        yield Rest(_rest(pieces_left, True), tuple(aside for aside in asides if aside in whole))


def _is_heading(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a word or two before a colon are of none of those of which rules know anything: ``Safety:``."""
    words = [word.lower() for word in text.split() if word.lower() not in VOID]
    if not 0 < len(words) <= 2 or _names_something(text, vocabulary):
        return False
    return all(_is_strange(Token("word", word)) and word not in WHEN_EVER for word in words)


WHEN_EVER = _words("""
    sometimes often seldom rarely tomorrow today tonight daily maybe perhaps occasionally mostly usually normally
    yesterday alternately randomly twice thrice half
""")
"""Words of which rules know nothing though they say when or how often something is done."""


def is_aside(told: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is nothing but remarks."""
    return any(
        rest.asides and not rest.claims and not rest.text.strip(" .!?,;:-")
        for rest in without_remarks(told, vocabulary)
    )


def _rest(pieces: list[tuple[str, bool, str]], blank: bool) -> str:
    told, before = "", ""
    for n, (text, is_out, mark) in enumerate(pieces):
        if n and not told:
            text = _BUT.sub("", text, count=1) if _BUT.match(text) else text
        if is_out or not text:
            before = _between(before, mark, blank) if told else (mark if mark in ("(", "[") else "")
        else:
            told += f" {before} {text}" if before in ("(", "-", "[") else f"{before} {text}"
            before = mark
    return f"{told}{before}".strip()
