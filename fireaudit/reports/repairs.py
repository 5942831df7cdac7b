"""Cases in words: what to change, to what, and how sure that is. Used by every format that people read."""

from __future__ import annotations

from fireaudit.cases import Case, Correction, Repair
from fireaudit.messages import word

DETAILED = 6
LISTED = 60


def becomes(correction: Correction, lang: str) -> str:
    """``15``, ``48个 or less``, ``2.55 to 2.65``, ``2.60 (2.55 to 2.65 will do)``."""
    low, high = correction.low, correction.high
    if correction.unique or low == high:
        return correction.becomes
    if correction.meets and low is not None and high is not None:
        return word("will_do", lang, value=correction.becomes, low=low, high=high)
    if correction.slip:
        return correction.becomes
    if low is None or high is None:
        return word("or_less" if low is None else "or_more", lang, value=high if low is None else low)
    return word("from_to", lang, low=low, high=high)


def what(repair: Repair, lang: str) -> str:
    """Every correction of a repair with its label, place and slip, in one line."""
    return (" + " if lang == "en" else "，并 ").join(_correction(correction, lang) for correction in repair.corrections)


def _correction(correction: Correction, lang: str) -> str:
    cell = correction.cell
    place = word("at_line", lang, line=cell.span.line) + (f" · {cell.at}" if cell.at else "")
    slip = f" · {word('slip_' + correction.slip, lang)}" if correction.slip else ""
    return f"{cell.text or '–'} → {becomes(correction, lang)}  [{correction.label or cell.name} · {place}]{slip}"


def short(repair: Repair, lang: str) -> str:
    """``name printed → becomes``."""
    return " + ".join(f"{c.label or c.cell.name} {c.cell.text} → {becomes(c, lang)}" for c in repair.corrections)


def lines(case: Case, lang: str) -> list[str]:
    """What a reader is told of a case: the verdict on its repairs, then the repairs."""
    if case.certain:
        return [what(case.repairs[0], lang), verdict(case, lang)]
    told = [verdict(case, lang)]
    told += [f"{number}. {what(repair, lang)}" for number, repair in enumerate(case.repairs[:DETAILED], 1)]
    return told + further(case, lang)


def verdict(case: Case, lang: str) -> str:
    """How sure the repairs of a case are."""
    if not case.repairs:
        return word("repair_none" if case.complete else "repair_incomplete", lang)
    if case.certain:
        return word("repair_certain", lang, count=len(case.findings))
    number = len(case.repairs) + case.unlisted
    return word("repair_tied" if number > 1 else "repair_incomplete", lang, count=number)


def further(case: Case, lang: str) -> list[str]:
    """The repairs after the detailed ones in short, and whether there may be others."""
    told = []
    rest = case.repairs[DETAILED:]
    if rest:
        listed = "; ".join(short(repair, lang) for repair in rest[:LISTED])
        left = max(0, len(rest) - LISTED) + case.unlisted
        more = f"; {word('repair_unlisted', lang, count=left)}" if left else ""
        told.append(word("repair_more", lang, count=len(rest) + case.unlisted) + listed + more)
    if not case.complete and len(case.repairs) > 1:
        told.append(word("repair_incomplete", lang))
    return told
