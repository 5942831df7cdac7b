"""Cells of figures as statements print them: negatives between brackets or behind a triangle, marks for what is not disclosed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from fireaudit.reading.figures import is_figure
from fireaudit.reading.grid import Line, Piece

_BRACKETED = re.compile(r"[(（]\s*(?P<figure>[£$€¥￥]?\s?[0-9][0-9,，.]*(?:\s*[%％])?)\s*[)）](?P<unit>[%％]?)")
_MONEY = re.compile(r"^(?P<sign>[-−(（]?)\s*(?:US|HK|NT|RMB|CNY)?\s?[$£€¥￥]\s*(?=[-(（]?[0-9])")
_NOTHING = re.compile(r"(?:US|HK|NT)?[$£€¥￥]\s?[-—–－]{1,2}")
_TRIANGLE = re.compile(r"[△▲]\s*(?P<figure>[0-9][0-9,，.]*\s*[%％]?)")
_WITHHELD = re.compile(r"[*＊×✕xX#※]{1,3}|\.\.|[nN]\.?/?[aAdDsS]\.?|不详|不詳|保密|缺|未公布|不适用|不適用")
_OF_CHANGES = re.compile(r"增减|增減|变动|變動|差[额異额]|(?i:change|variance|difference|surplus|deficit|\(decrease\))")


def as_figures(headers: Sequence[Line], body: Sequence[Line]) -> list[Line]:
    """Rows with their negatives written with a minus, and what is withheld as missing, in columns that hold figures."""
    lines = [list(line) for line in body]
    for c in range(1, len(lines[0]) if lines else 0):
        texts = [line[c].text for line in lines if line[c].text]
        figures = sum(is_figure(text) and not _BRACKETED.fullmatch(text) for text in texts)
        signed = figures or any(_OF_CHANGES.search(line[c].text) for line in headers)
        readable = sum(_plain(text, True) != text or is_figure(text) for text in texts)
        if not texts or readable * 2 <= len(texts):
            continue
        some = 0 < sum(bool(_MONEY.match(text)) for text in texts) < len(texts)
        for line in lines:
            line[c] = _read(line[c], bool(signed), some)
    return lines


def _read(piece: Piece, signed: bool, some: bool) -> Piece:
    """``some``: only some cells of the column show the currency, the first and the totals, and all are meant."""
    text = _plain(_MONEY.sub(r"\g<sign>", piece.text) if some else piece.text, signed)
    return piece if text == piece.text else replace(piece, text=text)


def _plain(text: str, signed: bool) -> str:
    if match := _TRIANGLE.fullmatch(text) or (_BRACKETED.fullmatch(text) if signed else None):
        return "-" + match["figure"].strip() + (match.groupdict().get("unit") or "")
    return "—" if _NOTHING.fullmatch(text) else "…" if _WITHHELD.fullmatch(text) else text
