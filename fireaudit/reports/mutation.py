"""What a run of corruptions shows: rates, and the figures that nothing would protect."""

from __future__ import annotations

from collections.abc import Iterable

from fireaudit.diagnosis.corruption import KINDS
from fireaudit.diagnosis.mutation import Trial, rate
from fireaudit.messages import inert, word
from fireaudit.mutate import Score
from fireaudit.plan.model import Cell, Plan
from fireaudit.reports.coverage import percent


def _rates(score: Score) -> dict[str, tuple[int, int]]:
    singles, pairs = score.singles, score.pairs
    provable = [t for t in singles if t.provable]
    crossed, once = [t for t in provable if t.crossed], [t for t in provable if not t.crossed]
    sure = [t for t in pairs if t.provable]
    return {
        "noticed": rate(singles, "noticed"),
        "provable_noticed": rate(provable, "noticed"),
        "provable_suspected": rate(provable, "suspected"),
        "crossed_first": rate(crossed, "first"),
        "once_first": rate(once, "first"),
        "pairs_noticed": rate(sure, "noticed"),
        "pairs_suspected": rate(sure, "suspected"),
    }


def render(score: Score, lang: str, weakest: int) -> str:
    plan = score.audited
    lines = [f"{plan.source.path}  {plan.plan.title}"]
    figures = sum(not cell.quantity.missing for cell in plan.plan.cells.values())
    if not figures:
        return "".join(inert(line) + "\n" for line in (*lines, "  " + word("no_figures", lang))) + "\n"
    lines.append("  " + word("mutate_head", lang, trials=len(score.singles), figures=figures, pinned=score.pinned, crossed=score.crossed))
    if score.figures_left or score.pairs_left:
        tried, limit = figures - score.figures_left, plan.settings.limits.max_trials
        lines.append("  " + word("mutate_left", lang, tried=tried, figures=figures, pairs=score.pairs_left, limit=limit))
    for name, (part, whole) in _rates(score).items():
        if name == "pairs_noticed":
            lines.append("  " + word("mutate_pairs", lang, number=len(score.pairs), seed=score.seed, sure=whole))
        lines.append(f"    {word('mutate_' + name, lang)}  {part}/{whole}  {percent(part, whole)}")
    lines.append("  " + word("mutate_kinds", lang))
    for kind in KINDS:
        part, whole = rate([t for t in score.singles if t.kinds == (kind,)], "noticed")
        if whole:
            lines.append(f"    {word('corrupt_' + kind, lang)}  {part}/{whole}  {percent(part, whole)}")
    weak = score.weakest()
    if weak and weakest:
        lines.append("  " + word("mutate_weakest", lang, shown=min(weakest, len(weak)), number=len(weak)))
    advice = _Advice(plan.plan)
    for cell, noticed, tried in weak[:weakest]:
        lines.append(f"    {cell.span.line}:{cell.span.column}  {cell.label or cell.name}  {cell.text}  {noticed}/{tried}")
        lines.append(f"      {word('mutate_protect', lang)} {advice.on(cell)}")
    return "".join(inert(line) + "\n" for line in lines) + "\n"


class _Advice:
    """The check that would protect a figure, with … where the drafter must say which other figure it has to meet."""

    def __init__(self, plan: Plan) -> None:
        self.columns: dict[str, str] = {}
        for table in plan.tables.values():
            for row in table.rows:
                for column, cell in row.cells.items():
                    self.columns[cell.name] = f"sum({table.name}.{column}) == …" if table.total is None else f"{table.name}.{column} == …"

    def on(self, cell: Cell) -> str:
        return self.columns.get(cell.name) or f"{cell.name.split('@')[0].split('#')[0]} == …"


def document(score: Score) -> dict[str, object]:
    rates = {name: {"part": part, "of": whole} for name, (part, whole) in _rates(score).items()}
    advice = _Advice(score.audited.plan)
    left = {"figures": score.figures_left, "pairs": score.pairs_left}
    return {
        "path": score.audited.source.path,
        "title": score.audited.plan.title,
        "seed": score.seed,
        "figures": sum(not cell.quantity.missing for cell in score.audited.plan.cells.values()),
        "pinned": score.pinned,
        "crossed": score.crossed,
        "rates": rates,
        "kinds": {kind: dict(zip(("part", "of"), rate([t for t in score.singles if t.kinds == (kind,)], "noticed"), strict=True)) for kind in KINDS},
        "weakest": [
            {"name": cell.name, "label": cell.label, "text": cell.text, "line": cell.span.line, "noticed": noticed, "of": tried,
             "check": advice.on(cell)}
            for cell, noticed, tried in score.weakest()
        ],
        "unnoticed": _listed(t for t in score.singles if t.provable and not t.noticed),
        "unsuspected": _listed(t for t in (*score.singles, *score.pairs) if t.provable and t.noticed and not t.suspected),
    } | ({"not_tried": left} if any(left.values()) else {})  # fmt: skip


def _listed(trials: Iterable[Trial]) -> list[dict[str, object]]:
    return [{"cells": list(t.cells), "texts": list(t.texts), "kinds": list(t.kinds)} for t in trials]
