"""Every place name of a plan, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from fireaudit.plan.model import Plan, Text


def mentions(plan: Plan) -> Iterator[Text]:
    """Names in tables, in lists and on their own, in the order of the file's sections."""
    for table in plan.tables.values():
        for column in table.columns.values():
            if column.names:
                for row in table.rows:
                    text, span = row.texts.get(column.name, ("", row.span))
                    if text and row.kind == "plain":
                        yield Text(text, span, table.at)
    for listing in plan.lists.values():
        if listing.names:
            for item, span in listing.items:
                yield Text(item, span, listing.at)
    yield from plan.names
