"""What rules cannot do yet: read, so that it can be refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ..deeds import deed
from ..grammar import Grammar
from ..model import Effect
from ..phrasing import MODAL
from ..reference import Ref

if TYPE_CHECKING:
    from ..vocabulary import Vocabulary

FINISH = "transparent|see-through|rainbow|colourful|colorful|rusty|shiny|metallic|matt|glassy|another colour|another color|a different colour|a different color"
SHADE = "[brighter|darker|lighter|completely|fully|slightly|a bit|all|half]"
LOOK = "(colour|color|material|texture|shade|hue|paint|tint|transparency|opacity|alpha|roughness|shader)"
SHINE = "(brightness|energy|intensity|emission|emission strength|strength|power|light|glow|luminosity|wattage|light energy|light colour|light color)"
MATTER = "(mass|weight|friction|bounciness|restitution|elasticity|damping|drag|air resistance|density|collision shape|margin)"
SIZE = "[much|a lot|a bit|a little|slightly|[by] {p:percent}|{n:count}|{f:number} times|twice|three times|half|thrice] (as|so) (big|large|small|tall|wide|long|high|thick) [as before|as it is|as it was|again]"
BIGGER = "(bigger|larger|smaller|taller|shorter|wider|thinner|thicker|longer|fatter|huge|tiny|giant|enormous)"
HOW = "[slowly|quickly|gradually|suddenly|smoothly|briefly|again|a bit|a little|a lot|slightly|for a moment|twice|once|loudly|softly|back|completely|out|in|up|down|away]"
AMOUNT = "[by {b:any_amount}|to {t:any_amount}|over {o:time}|for {d:time}|within {i:time}|in {i:time}|{n:count}]"

_DEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "objects cannot be added or removed": (
        ("spawn", "copy", "duplicate", "clone", "create", "generate", "emit", "produce", "delete", "remove", "destroy", "kill", "replace", "erase", "make a copy of", "spawn a copy of", "create a copy of", "spawn a new", "create a new", "add a copy of", "eliminate", "get rid of", "add another", "spawn another", "create another", "reproduce", "instantiate"),
        ("duplicate", "multiply", "explode", "die", "self-destruct", "split", "shatter", "be destroyed"),
    ),
    "things cannot be broken": (("break", "shatter", "smash", "explode", "blast * apart", "tear * apart", "fracture", "crush", "split", "blow * apart", "tear", "rip"), ("break", "shatter", "explode", "crumble", "burst", "burst apart", "break apart", "crack", "break into pieces", "fall to pieces", "tear", "crack open")),
    "shapes cannot be changed otherwise than by 'the shape key … of … goes to 1'": (("deform", "bend", "morph", "twist", "reshape", "melt", "dent", "flatten"), ("deform", "bend", "morph", "melt", "change shape", "wobble", "flatten", "dent")),
    "light cannot be changed otherwise than to a share in % or to a power in W": (("dim", "brighten", "brighten * up", "fade"), ("dim", "brighten", "sparkle", "light up brighter", "get brighter", "get darker", "glimmer", "twinkle", "glow brighter", "burn brighter")),
    "colours that are not named cannot be taken": (("paint", "colour", "color", "tint", "dye", "recolour", "recolor"), ("change colour", "change color", "change its colour", "change its color", "blush", "change hue")),
    "sounds cannot be made": (("ring", "honk", "sound", "play", "chime", "blow", "beep"), ("beep", "honk", "ring", "chime", "whistle", "sound", "make a sound", "make a noise", "make noise", "play a sound", "buzz", "sing", "scream", "squeak", "hoot", "toot", "ding", "roar", "clap", "cheer", "applaud")),
    "new joints cannot be made": (("bolt", "glue", "weld"), ("stick",)),
}  # fmt: skip
"""What cannot be done, with what somebody does to a thing and what the thing does."""

_CLAUSES: dict[str, tuple[str, ...]] = {
    "masses and materials cannot be changed": (
        f"(set|change|increase|decrease|raise|lower|double|halve|reduce|make|triple|adjust) (the|its|their|) {MATTER} of {{x:thing}} {AMOUNT}", f"(set|change|increase|decrease|raise|lower|double|halve|reduce|triple|adjust) {{x:thing}} 's {MATTER} {AMOUNT}",
        f"(set|change|increase|decrease|raise|lower|double|halve|reduce|triple) its {MATTER} {AMOUNT}", f"{MATTER} of {{x:thing}} (becomes|is set to|doubles|halves|increases|decreases|rises|falls|is doubled|is halved) {AMOUNT}", f"{{x:thing}} 's {MATTER} (becomes|is set to|doubles|halves|increases|decreases|rises|falls|is doubled) {AMOUNT} [{{q:any_amount}}]",
        "{x:thing} (becomes|gets|is|turns) [much|twice as|a lot|half as|{n:count} as] (heavier|lighter|heavy|slippery|bouncy|sticky|rough|smooth|bouncier|stickier|rubbery|massless)", "make {x:thing} [much|twice as|a lot|half as|{n:count} as] (heavier|lighter|heavy|slippery|bouncy|sticky|rough|bouncier|stickier|weightless)", "{x:thing} weighs {q:any_amount}",
    ),
    "torques cannot be exerted": (
        "(apply|exert) a (torque|twist|moment) (to|on) {x:thing} {m:mods}", "(give|apply) {x:thing} [a] (torque|twist) {m:mods}",
    ),
    "new joints cannot be made": (
        "(attach|connect|join|link|tie|glue|weld|bind|fasten|chain|couple|stick|hook|clip|bolt|fix|hang|parent) {x:thing} (to|with|on|onto|and) {b:thing} [with (a|an) (rope|hinge|joint|chain|bar|rod|cable)|together|firmly]",
        "{x:thing} (sticks|clings|is attached|is glued|is tied|is connected|is welded|gets attached|gets stuck|attaches|is hooked|hangs|is joined|is linked) (to|on|onto|with|at) {b:thing}", "(make|let|have) {x:thing} stick to {b:thing}", "(put|create|add|make) a (joint|hinge|rope|constraint|chain) between {x:thing} and {b:thing}", "(grab|pick up|catch|carry) {x:thing} with {b:thing}", "{b:thing} (grabs|picks up|grips|carries) {x:thing}",
    ),
    "surfaces cannot be changed but for their colours": (
        f"{{x:thing}} [{MODAL}] (turns|turn|becomes|become|goes|go|gets|get|is|flashes|flash|changes to|changes into|fades to|is painted|is coloured|is colored|shines|glows|changes colour to|changes color to|lights up|light up|blinks|is tinted|shall be|should be) {HOW} {SHADE} ({FINISH}) {AMOUNT}",
        f"(turn|paint|colour|color|make|dye|tint|set|render|get|have|let|colour in|light|fade|flash) {{x:thing}} [turn|become|go|be|glow|shine|to|in|painted|coloured|up in] {SHADE} ({FINISH}) {AMOUNT}",
        f"(change|set|switch|alter|turn|make|adjust|fade|swap|update|increase|decrease) {LOOK} of {{x:thing}} [to|into|=|from {{fr:spelled}} to] [{SHADE} ({FINISH})|{{t:text}}|{{q:any_amount}}|{{v:vector}}|be {SHADE} ({FINISH})]", f"(change|set|switch|turn|make|alter|adjust) ({{x:thing}} 's|its|their) {LOOK} [to|into|=|be] [{SHADE} ({FINISH})|{{t:text}}|{{q:any_amount}}|{{v:vector}}|something else|another one]",
        f"(give|lend) {{x:thing}} [a|another|a new|a different] {SHADE} [({FINISH})] {LOOK}", f"{{x:thing}} 's {LOOK} (becomes|turns|changes|is set|changes to|is|turns to|goes) [to] [{SHADE} ({FINISH})|{{v:vector}}]", f"{LOOK} of {{x:thing}} (becomes|turns|changes|is set|changes to|is|turns to|goes) [to] [{SHADE} ({FINISH})|{{v:vector}}]",
    ),
    "light cannot be changed otherwise than to a share in % or to a power in W": (
        f"(set|change|increase|decrease|raise|lower|double|halve|reduce|turn up|turn down|dim) {SHINE} of {{x:thing}} {AMOUNT}", f"(set|change|increase|decrease|raise|lower|double|halve|reduce|turn up|turn down|dim) ({{x:thing}} 's|its) {SHINE} {AMOUNT}", f"{SHINE} of {{x:thing}} (becomes|rises|falls|doubles|is set|goes up|goes down) {AMOUNT}",
        "{x:thing} (becomes|gets|is|shines|glows|burns) [twice as|much|half as|a bit] (brighter|darker|dimmer|bright|dim)", "(make|let) {x:thing} [shine|glow|burn|be] [much|a bit|twice as|half as] (brighter|darker|dimmer|bright|dim)", "(turn|dim) {x:thing} (up|down) to {p:percent}", "(make|let|have|set) {x:thing} (glow|glowing|blink|blinking|flash|flashing|flicker|flickering|aglow|pulse) {m:mods}", "(dim|turn off|turn on|switch off|switch on) the (lights|sun|sky)",
    ),
    "shapes cannot be changed otherwise than by 'the shape key … of … goes to 1'": ("(set|change|turn up|raise|drive|animate) [the] shape key [{t:text}|{w:spelled}] [of {x:thing}] [to {q:any_amount}] {m:mods}", "(morph|turn|transform|change) {x:thing} into [a|an] (cube|ball|sphere|box|cylinder|cone|{b:thing}|{w:spelled})"),
    "objects cannot be added or removed": (
        "(spawn|create|add|make|drop|generate|produce|emit|throw in|put in|release) [a|an|another|a new|one more|{n:number}|a second|five|many|more] [new|more|further|extra|other] [copy of|copies of|copy|clone of|clones of] {x:thing} {m:mods}", "(spawn|create|add|make|generate|produce) [a|an|another|{n:number}|many|more] [new|more|further] (cube|cubes|sphere|spheres|ball|balls|box|boxes|object|objects|particles|particle|confetti|fire|smoke|water) {m:mods}",
        "(take|throw) {x:thing} out of the (scene|world|game)", "{x:thing} (is|gets|shall be|should be) (deleted|removed|destroyed|duplicated|copied|cloned|spawned|erased|replaced) {m:mods}", "(delete|remove) {x:thing} from the (scene|world|game)", "[a] copy of {x:thing} (appears|is made|is created|is spawned) {m:mods}",
    ),
    "sounds cannot be made": ("(play|make|sound|trigger|start) [a|an|the] [loud|short|long|soft] (sound|noise|music|song|melody|alarm sound|horn|bell|buzzer|siren|jingle|tune|beep|fanfare|applause|thunderous applause|explosion sound) [{t:text}] [from {x:thing}|from {w:spelled}|from the loudspeakers|file|effect|at {y:thing}]", "(honk|beep|ring|whistle|applaud|cheer) [the horn|the bell] [loudly|once|{n:count}]", "(ring|honk|sound|blow|toot) {x:thing} [{n:count}|once]", "turn {x:thing} (louder|quieter)"),
    "the camera cannot be moved": (
        "camera [shall|should|must|will] (zooms|zoom|follows|follow|looks|look|moves|move|pans|pan|turns|turn|goes|go|tracks|track|shakes|shake|switches|switch|cuts|cut|flies|fly|jumps|points|focuses|tilts|rotates|shows|films|centres|centers) [in|out|at|on|onto|to|towards|around|up|down|after|over|along with|closer to|in on|away from] [{x:thing}] {m:mods}", "(zoom|pan|focus|cut|switch) [in|out|the camera|the view] [on|onto|at|to|towards] [{x:thing}] {m:mods}",
        "(shake|move|turn|tilt|rotate|point|aim|fly|switch) the camera [at|on|to|towards|around] [{x:thing}] {m:mods}", "(let|make|have) the camera (follow|zoom|track|look at|show|shake|fly to|film|zoom in on) [{x:thing}]", "(follow|film|show) {x:thing} with the camera",
    ),
    "pictures and texts cannot be made": (
        "(render|take|save|make|shoot|capture) [a|an|the] (picture|image|screenshot|photo|frame|animation|film|video|movie|scene|still|photograph) [of {x:thing}|of the scene]", "(print|say|show|display|write|log|announce|tell me|output) [the text|the message|the word|the words] {t:text} [on the screen|on screen|to the console|to the log]", "(print|show|display) [the] (frame|time|score|message|text|a message)", "take a picture",
    ),
    "the run itself cannot be changed": (
        "(stop|end|pause|quit|finish|restart|rewind|reset|freeze|abort|terminate|halt) (simulation|the simulation|everything|the run|the game|game|the animation|time|the world|the clock|the physics|physics|the scene|the playback)", "[it is] game [is] over", "(game|simulation|run|animation) (stops|ends|pauses|is over|restarts|freezes|is paused)", "(slow down|speed up) (time|the simulation|the animation|everything)", "(slow|speed) (time|the simulation|everything) (down|up)", "slow motion", "(go|switch) (to|into) slow motion", "(time|everything) (slows down|speeds up|stops|runs slower|runs faster|runs backwards)", "(start|restart) the (game|simulation) again",
    ),
}  # fmt: skip
"""What cannot be done, in other words."""

NOT_YET = " by rules yet"
"""How what rules cannot do ends."""

REASONS = tuple(dict.fromkeys([*_DEEDS, *_CLAUSES]))
"""What rules cannot do, as a refusal says it."""


class NotYet(Effect):
    """Something that rules cannot do; it is never run, for it always has a problem."""

    kind: Literal["later"] = "later"
    what: str
    lasts: ClassVar[bool] = True

    def sentence(self) -> str:
        """See `Effect.sentence`."""
        return self.what

    def python(self, name: str) -> list[str]:
        """See `Effect.python`. Raises ValueError always."""
        raise ValueError(f"{self.what}{NOT_YET}")

    def problem(self, scene: Vocabulary, name: str) -> str | None:
        """See `Effect.problem`."""
        return f"{self.what}{NOT_YET}"


def _not_yet(what: str, thing: Any) -> NotYet:
    """Without what a pronoun stands for, which there is no need to find."""
    return NotYet(what=what, thing=thing if isinstance(thing, Ref) and not thing.pronoun else Ref(names=()))


def add(grammar: Grammar) -> None:
    """Ways to say it."""
    dimensions = ("number", "percent", "length", "mass", "count", "speed", "acceleration", "force", "angle", "time")
    grammar.add("any_amount", [f"{{q:{d}}}" for d in dimensions])
    grammar.add("any_amount", "(half|double|twice|a third|zero|nothing)")
    for what, (verbs, does) in _DEEDS.items():
        make = lambda thing, mods, w=what: _not_yet(w, thing)  # noqa: E731
        deed(grammar, make, verbs=verbs, does=does)
    for what, texts in _CLAUSES.items():
        build = lambda fields, w=what: _not_yet(w, fields.get("x"))  # noqa: E731
        grammar.add("clause", [text.replace("(the|its|their|)", "[the|its|their]") for text in texts], build, cost=0.2)
