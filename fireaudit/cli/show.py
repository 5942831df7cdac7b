"""``fireaudit show``."""

from __future__ import annotations

from fireaudit.cli.base import Format, OneLang, Paths, TextOrJson, Under, _, app, emit, language_of, options_of, piped, with_settings


@app.command(help=_("列出规划的每个数、它的读法和核对它的关系数。", "List every figure of a plan, its reading and the relations that touch it."))
@with_settings
def show(paths: Paths, under: Under, lang: OneLang = None, format: TextOrJson = Format.text) -> None:
    from fireaudit.app import audit
    from fireaudit.messages import inert, word
    from fireaudit.quantity import spell
    from fireaudit.reports.machine import dump

    stdin = piped() if "-" in paths else None
    audited = audit(paths, options_of(under, lang), stdin)
    language = language_of(lang, audited.lang)
    rows = []
    for plan in audited.plans:
        touching = plan.touching()
        for cell in plan.plan.cells.values():
            quantity = cell.quantity
            relations = [
                {"code": o.relation.code, "verdict": o.verdict.value, "text": f"{o.relation.left.text()} {o.relation.op} {o.relation.right.text()}"}
                for o in touching.get(cell.name, [])
            ]
            rows.append(
                {"path": plan.source.path, "line": cell.span.line, "column": cell.span.column, "name": cell.name, "label": cell.label,
                 "at": cell.at or None, "text": cell.text, "reading": None if quantity.missing else str(quantity.interval),
                 "unit": spell(quantity.unit.dimension), "relations": relations}
            )  # fmt: skip
    if format is Format.json:
        emit(dump(rows))
        return
    for row in rows:
        reading = word("missing", language) if row["reading"] is None else f"{row['reading']} {row['unit']}"
        emit(inert(f"{row['path']}:{row['line']}:{row['column']} {row['name']}  {row['label']}  “{row['text']}” = {reading}") + "\n")
        for relation in row["relations"] if isinstance(row["relations"], list) else []:
            emit(inert(f"    {relation['code']} {relation['verdict']}: {relation['text'][:160]}") + "\n")
        if not row["relations"]:
            emit(f"    {word('untouched', language)}\n")
