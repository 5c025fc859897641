"""What people say besides the rule: words and turns of phrase that mean nothing that could be done or waited for."""

from __future__ import annotations

VOID = frozenset([
    "the", "a", "an", "please", "kindly", "simply", "immediately", "instantly", "really", "basically", "actually",
    "right",
])  # fmt: skip
"""Words that change nothing wherever they stand."""

TALK = frozenset([
    "okay", "ok", "well", "oh", "so", "great", "good", "fine", "nice", "lovely", "dear", "poor", "thing",
    "things", "bit", "little", "love", "like", "mind", "want", "wants", "would", "could", "should", "shall",
    "may", "might", "must", "can", "will", "let", "us", "me", "my", "our", "you", "your", "we", "i", "one's",
    "promise", "last", "finally", "further", "also", "too", "as", "right", "hey", "hi", "hello", "cheers",
    "thanks", "thank", "sorry", "please", "kindly", "bet", "guess", "think", "know", "see", "say", "said", "mean",
    "means", "course", "way", "whatever", "anyway", "basically", "simply", "just", "only", "even", "really",
    "quite", "very", "much", "here", "there", "now", "then", "thus", "hence", "therefore", "job", "turn", "time",
    "moment", "instant", "point", "second", "minute", "start", "begin", "begins", "starts", "begun", "happen",
    "happens", "happened", "happening", "supposed", "going", "need", "needs", "needed", "get", "gets", "got",
    "getting", "go", "goes", "going", "gone", "do", "does", "did", "done", "be", "is", "are", "was", "were",
    "been", "being", "have", "has", "had", "having", "make", "makes", "made", "take", "takes", "taking", "taken",
    "give", "gives", "given", "it", "its", "it's", "this", "that", "these", "those", "they", "them", "their",
    "which", "who", "whose", "what", "when", "where", "while", "soon", "once", "until", "of", "to", "the", "a",
    "an", "and", "or", "at", "on", "in", "for", "from", "by", "with", "into", "onto", "upon", "over", "under",
    "up", "down", "off", "out", "about", "around", "as", "than", "but", "if", "both", "each", "every", "all",
    "any", "either", "neither", "none", "one", "two", "first", "second", "third", "another", "other", "same",
    "whole", "exactly", "precisely", "only", "just", "cue", "sign", "signal's", "whoever", "whoever's",
    "whichever", "whichever's", "quicker", "earlier", "later", "sooner", "before", "after", "already", "again",
    "still", "yet", "shall", "event", "events", "case", "order", "condition", "conditions", "rule", "effect",
    "effects", "thing's", "imparted", "conferred", "executed", "performed", "accomplished", "effected", "carried",
    "initiated", "undertaken", "commenced", "completed", "completion", "required", "prescribed", "observed",
    "somebody", "somebody's", "someone", "naturally", "ourselves", "yourself", "difference", "alike", "subject",
    "occasioned", "consequence", "consequences", "result", "results", "ensues", "ensue", "follows", "followed",
    "guessed", "easy", "wanting", "reading", "announced", "check", "checked", "sure", "watch", "await", "matter",
    "thereby", "thereupon", "whereupon", "succeeded", "showing",
])  # fmt: skip
"""Words of talk: they carry no meaning of their own that a reading could miss."""

_MACHINE = "computer|blender|team|there|all|everyone|everybody|folks|friend|mate"
_YOU = r"(?:could|can|would|will|might) you"
_MIND = r"if (?:that is|that's|it is|it's|this is) (?:ok(?:ay)?|all ?right|fine|no trouble|possible|not too much trouble)(?: (?:with|by) you)?"
_LOVELY = "cool|neat|fun|lovely|great|nice|good|perfect|wonderful|kind|brilliant|helpful|fantastic|splendid|super|awesome|marvellous"

ASIDES = (
    r"^(?:oh no|oh dear|uh[- ]?oh|oops|whoops|ouch|yikes|argh|ugh|hihi|hehe)\b\s*[,!.]*", r"(?!^)\banyways?\b(?=\s*[.!,;]|\s*$)",
    r"^(?:oh,? )?(?:poor|silly|brave|good old|dear old) $",
    # Greetings, thanks and courtesies.
    rf"^(?:hi|hello|hey|dear)(?: (?:{_MACHINE}))?\b\s*[,!.]*", r"\band hey\b,?", r"(?<=, )say,? (?=(?:in|within|over|during|about|at|by)\b)", r"(?<=,) (?:yeah|yep|yup|huh|eh|hm|hey|innit|no|see|okay)\s*(?=\?)", r"(?<=,) (?:would|do|does|did|can|could|will|should|have|has|is|are) not (?:you|we|it|they)\s*(?=[?.!])", r"\bi would (?=have\b|let\b|make\b|get\b)", r"(?<=\band ),? ?(?:hey|yep|yeah|yes|yup|boom|bang|whoosh|well|bam),",
    r"\b(?:many )?thank(?:s| you)(?: (?:a lot|so much|very much|in advance|again))?\b", r"\bcheers\b", r"\bmuch appreciated\b",
    r"\bif you (?:would|please|can|could|do not mind|will|like|want|wish)(?: (?:be so (?:kind|good|nice)|please))?\b(?! to\b),?",
    rf"\bif (?:you (?:would|could|will)|you'd) be (?:so|as) (?:{_LOVELY})(?: as to)?\b,?",
    rf"\b{_MIND}\b,?", r"\bif it (?:does not bother|suits|pleases) you\b,?",
    rf"\b{_YOU}(?: please)?(?: (?:be a dear|be so (?:kind|good|nice)|be kind enough|do me a favou?r))?(?: (?:as|and|to|as to))?(?: please)?(?= [a-z])(?! mind)",
    r"\bwould (?:you|it be possible to)?\s*mind\b", rf"\b{_YOU}\s*\?", r"\bbe so (?:kind|good|nice) (?:as to|and)\b", r"\bbe a dear and\b",
    rf"\b(?:that|it|this) would be (?:really |very |just )?(?:{_LOVELY})\b(?! (?:if|when|to)\b)", rf"\b(?:it|that) would be (?:really |very |just )?(?:{_LOVELY}) (?:if|to)\b(?: you would)?",
    rf"\b(?:it|that) (?:is|would be) (?:{_LOVELY}) (?:to|of you to)\b",
    r"\bi would (?:like|love|appreciate|prefer) it if (?=you\b)",
    # What somebody wishes, thinks or promises.
    r"\bi(?: would)?(?: really| just)? (?:like|love|want|need|prefer)(?: (?:it|you|for you))?(?: to (?:see|have|get))?(?: to(?! the\b| a\b))?\b", r"\bi want you to\b", r"\bi (?:would )?say,? (?:that )?",
    r"\bi (?:think|guess|mean|suppose|believe|promise|hope|reckon|swear)\b,?", r"\bdo not you think\b", r"\bas (?:you|we all) know\b,?",
    r"\b(?:as )?you(?: might| may| can| could)? (?:know|guess|expect|imagine|see)(?: the one)?\b(?! (?:what|how|that|when|if|the|a)\b),?", r"\byou know the one\b,?", r"\bas you (?:might|can|may) (?:guess|expect|imagine|see)\b,?",
    r"(?<=\bif )you (?:see|notice|find|spot|observe)(?: that)?\b", r"(?<=\bwhen )you (?:see|notice|find|spot|observe)(?: that)?\b", r"(?<=\bonce )you (?:see|notice|find|spot|observe)(?: that)?\b",
    r"\blet us(?: (?:say|see|have))?(?: that)?\b", r"\bmind you\b,?", r"\bfor me\b", r"\bneedless to say\b,?", r"\bno matter what(?: happens)?\b(?! (?:the|it|they|order|is|touches|hits)\b),?", r"\bto be (?:clear|honest|precise|exact)\b,?", r"\bbelieve me\b,?", r"\bfor what it is worth\b,?",
    # Openings of a speech and its links.
    r"^(?:h+m+|u+m+|e+r+m*|u+h+|a+h+|wow|phew|yay)\b\s*,?", r"(?<=,) right,(?= and)",
    r"^(?:well|ok|okay|so(?! long| soon)|oh|and|also|now|right|next|then|finally|lastly|alright|great|again(?! and)|further|furthermore|besides)\b(?:[ ,]+(?:so|and|well|then|now|right|finally|lastly|also|hey))*[ ,]+(?=(?:as|when|if|once|after|whenever|every|each|the|at|on|upon|just|could|please|for|there|you|let|give|i|half|one|it)\b|$)",
    r"^(?:well|ok|okay|so|oh|and|also|now|right|next|then|finally|lastly|alright|great)\s*[,:] ", r"^(?:okay|ok|oh|so(?! long| soon)|and|now(?! and| that))(?: so| then)?\b,? ", r"(?<=, )(?:well|okay|ok|great|now|you see|of course|naturally),\s*", r"(?<=[?!.] )(?:well|okay|ok|right|great|good|nice|perfect|fine|wonderful)\s*[,!.]\s*(?:so )?(?:right then\b)?", r"\bso right then\b",
    r",?\s*\b(?:ok|okay|alright|all right|deal|got it|agreed|clear)\s*(?=\?)", r", right\s*(?=\?)", r",?\s*\b(?:is not it|does not it|are not we|are not they|is not that so|do not you think|shall we|will you|would you|will not you|would not you|could not you|should not we|would not we|would not it|can you)\s*(?=[?:])",
    r"^(?:the )?last (?:one|thing|rule|but not least)\b(?:, (?:then|now))?\s*[,:]?", r"^(?:here is|and here is) (?:a|another|the|one)(?: [a-z]+)? (?:one|rule|thing|finale)\s*:", r"^(?:the )?same (?:sort|kind) of thing,?(?: but)?", r"^rule ?\d*\s*:",
    rf"(?:, |- )(?:{_LOVELY}|fun),? (?:is not it|right|no)\s*\?", r"\bby the way\b,?", r"\bof course\b,?", r"\(?\bpoor (?:thing|fellow|guy|little thing|soul)s?\b\)?", r"\bbless (?:it|him|her)\b", r"\bas usual\b",
    r"\b(?:we|you) (?:will|shall) not be needing it (?:any ?more|any longer)\b", r"\bdo not forget (?:that|the|about)\b,?(?: it is)?",
    r"\byou (?:are welcome|had better|'d better|are free|may want|will want|need|have|ought) to (?=[a-z])(?!have\b|be\b)",
    r"\s*[-,]?\s*\band (?:i|we) (?:do |really )?mean (?:each|every)(?: (?:and every|single))*(?: time| one)?(?: of them)?\b(?:\s*[-,])?", r",\s*mind\b(?=\s*[).,:])", r"\bit does not matter(?: to me| at all)?(?: which(?: one)?(?: it is)?)?\b(?=\s*-)", r"\b(?:that would|it would) be (?:lovely|great|nice)\b", r"\byou(?: woul)?'?d? better (?=[a-z])", r"\byou would better\b", r"\bright at that (?:touch|moment|hit)\b,?", r"\bdo not stop after the first(?: one| time)?\b",
    r"\b(?:you|we) (?:can|may|might|should|must|shall|could)(?: (?:just|now|then|simply|go and|happily|safely))* (?=(?!not\b|never\b|be\b)[a-z])",
    r"^(?:now |and |here |so )*(?:it is|this is|here is|this one is|that one is|this rule is|this)? ?(?:a|an|another|one|the)?(?: bit| little| kind| sort)?(?: of)?(?: a)? ?(?:fun|race|picky|tricky|simple|easy|nice|big|special|hard|important|grand finale|finale|last|next|final|funny|good|lovely)(?: one| rule| bit| thing)?(?: here| now)?\s*:",
    r"^to (?:get things going|start with|begin with|finish|round off|end with|wrap up|kick off)\b,?",
    # Haste.
    r"\bstraight ?away\b", r"\bright (?:away|then|there)\b", r"(?<!\bboth )(?<!\ball )\bat once\b(?! (?:both|all)\b)", r"\bon the spot\b", r"\bwithout (?:any |further )?delay\b", r"(?:, | - )(?:and )?no delay\b(?! (?:of|before|until|after)\b)", r"\bwithout (?:any )?hesitation\b", r"\bthere and then\b", r"\bthen and there\b",
    # What makes it an order.
    r"\b(?:make sure|see to it|ensure|take care|make it so)(?: that)? (?:you )?", r"\bgo ahead and\b", r"\bit is (?:needed|required|necessary|time|on you|up to you)(?: to| that)?\b", r"\bjust (?=as|when|after|then|the(?! one| once| first)|a\b)",
)  # fmt: skip
"""Turns of phrase, as patterns."""
