"""What tests of prose ask of a text: its warnings, and time in proportion to its length."""

from __future__ import annotations

import time

from fireaudit.app import Options
from fireaudit.documents import audit_document
from fireaudit.findings import Finding, Severity
from fireaudit.readers.document import Paragraph, Spot
from fireaudit.reading.prose.prose import Prose, read_prose


def warnings(text: str) -> list[Finding]:
    found = audit_document("x.txt", f"测试文件\n\n{text}\n".encode(), Options(isolated=True, lang="zh")).findings
    assert all(finding.severity is not Severity.ERROR for finding in found)
    return [finding for finding in found if finding.severity is Severity.WARNING]


def read(text: str) -> Prose:
    return read_prose([(Paragraph(text, Spot()), "")])


def takes_time_in_proportion(piece: str, end: str = "") -> bool:
    """Whether four times as many pieces of one text take no more than about four times as long."""

    def cost(size: int) -> float:
        text = piece * (size // len(piece)) + end
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    cost(500)
    small, large = cost(2_500), cost(10_000)
    return large < 10 * small + 0.2
