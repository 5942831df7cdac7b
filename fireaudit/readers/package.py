"""Zip packages and XML of strangers: read within a budget that trusts no header, no DTD, no entity, nothing external."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from fireaudit.readers.limits import Limits, UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

_CHUNK = 1 << 16


class Package:
    """The parts of an Office Open XML file. All that is read from it comes out of one budget."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits, self.left, self.nodes = limits, limits.unpacked, 0
        limits.hold("members", data.count(b"PK\x01\x02"))
        try:
            self.zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            raise UnreadableDocument("damaged", part="zip") from None
        self.names = {info.filename.lstrip("/"): info for info in self.zip.infolist()}
        if any(info.flag_bits & 1 for info in self.names.values()):
            raise UnreadableDocument("encrypted")

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises ``UnreadableDocument`` where it is missing, damaged or more than is left."""
        pieces: list[bytes] = []
        try:
            with self.zip.open(self.names[name]) as part:
                while piece := part.read(_CHUNK):
                    self.left -= len(piece)
                    if self.left < 0:
                        raise UnreadableDocument("bomb")
                    pieces.append(piece)
        except (KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
            raise UnreadableDocument("damaged", part=name) from None
        return b"".join(pieces)

    def xml(self, name: str, kept: bool = True) -> _Element:
        """The root of a part; ``kept`` unless it is let go before the next is read, for all that is kept shares one bound."""
        data = self.read(name)
        count = nodes(data)
        self.limits.hold("nodes", self.nodes + count)
        self.nodes += count if kept else 0
        return parse(data, name)

    def xml_if_any(self, name: str | None) -> _Element | None:
        return self.xml(name) if name in self.names else None

    def related(self, part: str = "") -> dict[str, list[tuple[str, str]]]:
        """The parts that ``part`` refers to, by the last word of their relationship type, each with its id."""
        folder, file = posixpath.split(part)
        root = self.xml_if_any(posixpath.join(folder, "_rels", f"{file}.rels"))
        found: dict[str, list[tuple[str, str]]] = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target") or "")).lstrip("/")
                found.setdefault((relation.get("Type") or "").rpartition("/")[2], []).append((relation.get("Id") or "", target))
        return found

    def main(self) -> str:
        """The name of the part that holds the document."""
        return next((target for _, target in self.related().get("officeDocument", ()) if target in self.names), "")


def kind_of(data: bytes) -> str:
    """docx, xlsx, or office for OpenDocument. Raises ``UnreadableDocument`` for other zips and for macros."""
    package = Package(data, Limits())
    main = package.main()
    folder = main.partition("/")[0]
    macros = any(name.lower().endswith("vbaproject.bin") for name in package.names)
    if folder in ("word", "xl"):
        suffix = "docx" if folder == "word" else "xlsx"
        if macros:
            raise UnreadableDocument("macros", suffix=f".{suffix}")
        return suffix
    if package.names.get("mimetype") is not None and b"opendocument" in package.read("mimetype")[:100]:
        return "office"
    raise UnreadableDocument("unknown_format")


def parse(data: bytes, name: str) -> _Element:
    """The root of an XML part; no DTD, no entities, no network, bounded in depth. Office files are in UTF-8 or UTF-16, whatever they declare."""
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<\0!\0D\0O\0C" in data or b"\0<\0!\0D\0O" in data or b"<!ENTITY" in data:
        raise UnreadableDocument("entities", part=name)
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le" if data[:2] == b"<\0" else "utf-16-be" if data[:2] == b"\0<" else "utf-8"
    try:
        root = etree.fromstring(data, parser(encoding=encoding))
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableDocument("damaged", part=name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument("entities", part=name)
    return root


def nodes(data: bytes) -> int:
    """How many nodes there will be at most: elements, the texts between tags, and two for every attribute."""
    return data.count(b"<") - data.count(b"</") + data.count(b">") - data.count(b"><") + 2 * data.count(b"=")


def parser(**options: Any) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, **options)
