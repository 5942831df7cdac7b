"""Tables and documents for tests, as a reader would give them."""

from __future__ import annotations

from fireaudit.readers.document import Block, Document, Grid, GridCell, Paragraph, Spot


def grid(text: str, number: int = 1, header_rows: int = 0) -> Grid:
    """One row a line, cells between bars; ``<`` joins a cell to the one before it, ``^`` to the one above."""
    rows = [[cell.strip(" ") for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    cells = []
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row, 1):
            if cell in ("<", "^"):
                continue
            columns, below = 1, 1
            while c + columns - 1 < len(row) and row[c + columns - 1] == "<":
                columns += 1
            while r + below - 1 < len(rows) and rows[r + below - 1][c - 1 : c] == ["^"]:
                below += 1
            cells.append(GridCell(cell.replace("_", "\u3000"), r, c, Spot(table=number, row=r, column=c), below, columns))
    return Grid(tuple(cells), Spot(table=number), header_rows)


def document(*parts: str | Block, path: str = "plan.docx") -> Document:
    """Paragraphs as text, tables as text that begins with a bar."""
    blocks: list[Block] = []
    paragraphs = tables = 0
    for part in parts:
        if isinstance(part, str) and part.lstrip().startswith("|"):
            tables += 1
            blocks.append(grid(part, tables))
        elif isinstance(part, str):
            paragraphs += 1
            blocks.append(Paragraph(part, Spot(paragraph=paragraphs)))
        else:
            blocks.append(part)
    return Document(path, "docx", tuple(blocks))
