"""What a figure of an English sentence counts: the words behind it (190 hydrants), or the subject of a share or a change."""

from __future__ import annotations

import re

_NOUN_UNITS = frozenset({"people", "persons", "person", "stations", "vehicles"})
_ENDS_NOUN = re.compile(
    r"\b(?:in|by|of|for|from|to|and|or|were|was|is|are|had|has|have|during|over|at|on|with|since|while|will|that|which|who|per|each|every|against|compared"
    r"|than|across|within|after|before|between|as|but|until)\b|[.,;:()]",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:fell|falls?|fallen|rose|rises?|grew|grows?|declined?|decreased?|increased?|dropped|reach(?:ed|es)?|was|were|is|are|be|remained|stood|totall?ed"
    r"|exceeded|amounted|reduced?|will|has|have|had|to|by|from|at|up|down|about|only|some)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:compared (?:with|to)|against|than|an? (?:increase|decrease|rise|fall|drop) of|^ ?(?:and|or|to|from)|(?:,| )(?:up|down)(?: by| from)?) *$",
    re.IGNORECASE,
)
_BEFORE_NOUN = re.compile(
    r"^(?:the|a|an|its|their|new|while|and|but|of|which|in|we|it|they|this|there|these|our|against|compared with|compared to|plus|including|about|only|[0-9]{4}(?:[/–-][0-9]{2,4})?|[\s,]+)\b\s*",
    re.IGNORECASE,
)
_MOST_WORDS = 5


def english_label(before: str, behind: str, unit: str, share: bool, previous: str) -> str:
    """``previous`` is the label of the figure before it, which a comparison goes on with (compared with 356 in 2015)."""
    if unit in _NOUN_UNITS:
        return unit
    noun = _ENDS_NOUN.split(re.sub(r"^\s*(?:were|was|are|is) ", "", behind).strip(), maxsplit=1)[0].strip()
    if noun and not share:
        return " ".join(noun.split()[:_MOST_WORDS])
    if previous and _AGAIN.search(before):
        return previous
    subject = _VERB.split(before.strip(), maxsplit=1)[0].strip(" ,")
    while match := _BEFORE_NOUN.match(subject):
        subject = subject[match.end() :]
    return subject or noun or previous
