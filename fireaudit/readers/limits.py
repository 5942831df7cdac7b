"""What a document may cost to read, and the one exception for a document that is not read."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableDocument(Exception):
    """The document is refused; ``key`` names its message in ``words/readers.py`` (``word("readers." + key, …)``)."""

    def __init__(self, key: str, **arguments: str) -> None:
        super().__init__(key)
        self.key, self.arguments = key, arguments


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one document, far above what a plan needs. What exceeds one is refused, never read in part."""

    bytes: int = 64 * 1024 * 1024  # the file itself
    unpacked: int = 64 * 1024 * 1024  # all parts of a zip that are read, as they come out of it
    members: int = 10_000  # entries of a zip
    nodes: int = 4_000_000  # elements, texts and attributes that are held at once, of all parts
    attributes: int = 5_000  # of one tag of a web page; the XML library compares each with every other
    depth: int = 256  # elements within elements; the XML library goes no deeper
    pages: int = 3_000
    lines: int = 1_000_000  # of a text
    paragraphs: int = 400_000  # looked at, empty ones too
    cells: int = 500_000
    positions: int = 2_000_000  # of all tables, rows times columns
    characters: int = 20_000_000
    marks: int = 2_000_000  # characters, lines and rectangles drawn on the pages of a PDF
    crossings: int = 50_000_000  # of lines drawn across with lines drawn down, on all pages of a PDF
    seconds: int = 60  # for a conversion or a PDF, which other programs' code does

    def hold(self, what: str, count: int) -> None:
        """Raises ``UnreadableDocument`` where ``count`` exceeds the limit named ``what``."""
        limit: int = getattr(self, what)
        if count > limit:
            raise UnreadableDocument(f"too_many_{what}", limit=f"{limit:,}")
