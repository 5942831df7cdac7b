"""``read_document(path, data) → Document``: the format is told by content, by the suffix only where content is plain text."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module

from fireaudit.readers.document import Document
from fireaudit.readers.limits import Limits, UnreadableDocument


def read_document(path: str, data: bytes, limits: Limits | None = None) -> Document:
    """Raises ``UnreadableDocument`` for whatever is refused; nothing external is fetched, nothing in the file is run."""
    limits = limits or Limits()
    limits.hold("bytes", len(data))
    if not data.strip():
        raise UnreadableDocument("empty")
    try:
        form = detect(path, data)
        read: Callable[[str, bytes, Limits], Document] = getattr(import_module(f"fireaudit.readers.{form}"), f"read_{form}")
        return read(path, data, limits)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("fireaudit"):
            raise
        raise UnreadableDocument("no_library", library=error.name or "") from None
    except RecursionError:
        raise UnreadableDocument("too_many_depth", limit=f"{limits.depth:,}") from None


def detect(path: str, data: bytes) -> str:
    """docx, pdf, html, xlsx, office (by way of LibreOffice) or text. Raises ``UnreadableDocument``."""
    suffix = os.path.splitext(path)[1].lower()
    if data.startswith(b"PK\x03\x04"):
        from fireaudit.readers.package import kind_of

        return kind_of(data)
    if data.lstrip().startswith(b"%PDF-") or (suffix == ".pdf" and b"%PDF-" in data[:1024]):
        return "pdf"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnreadableDocument("encrypted")
        if "PowerPoint".encode("utf-16-le") in data:
            raise UnreadableDocument("unknown_format")
        return "office"
    head = data[:4096].replace(b"\0", b"").lower()
    if data.startswith(b"{\\rtf") or b"<?mso-application" in head:
        return "office"
    if b"<!doctype html" in head or b"<html" in head or suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if head.startswith((b"mime-version:", b"from: <saved by")):
        raise UnreadableDocument("unknown_format")
    if suffix in (".docx", ".pdf", ".xlsx", ".doc", ".wps"):
        raise UnreadableDocument("damaged", part=suffix)
    return "text"
