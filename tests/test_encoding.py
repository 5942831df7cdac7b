"""Bytes of text files: every encoding Chinese and English documents come in is read, and what is no text is refused in one line."""

from __future__ import annotations

import random

import pytest

from fireaudit.app import Options
from fireaudit.documents import audit_document
from fireaudit.readers.encoding import decoded
from fireaudit.readers.limits import UnreadableDocument

SIMPLIFIED = "全市现有消防救援站12座，消防车86辆。\n重点项目总投资48,600万元，其中中央资金20,000万元。\n"
TRADITIONAL = "全港設有消防局86間，年內處理火警37,250宗。\n預算增加63,322千元，較上年度成長。\n"
SHORT = {"gb18030": "消防车86辆", "big5": "消防車86輛"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_simplified_text_in_any_encoding(encoding: str) -> None:
    assert decoded(SIMPLIFIED.encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "gb18030", "big5", "big5hkscs"])
def test_traditional_text_in_any_encoding(encoding: str) -> None:
    assert decoded(TRADITIONAL.encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("encoding", SHORT)
def test_a_single_line_is_enough(encoding: str) -> None:
    assert decoded(SHORT[encoding].encode(encoding)) == SHORT[encoding]


def test_rare_names_among_common_words() -> None:
    text = "项目位于㙍头村、囍圩镇和堃埗社区，共建站3座，负责人为龚叕、骉犇、淼焱。\n" * 3
    assert decoded(text.encode("gb18030")) == text


def test_english_with_pounds_quotes_and_accents() -> None:
    text = "The Service spent £42.3 million on “safer homes” in Llanfair and Café Row, 5% more than in 2022.\n"
    assert decoded(text.encode("cp1252")) == text


def test_a_bad_byte_among_many_good_ones_is_let_pass() -> None:
    data = SIMPLIFIED.encode("gb18030") * 20
    assert decoded(data[:-3] + b"\xff\n").startswith(SIMPLIFIED)


def _noise(size: int, lowest: int, highest: int, seed: int) -> bytes:
    chance = random.Random(seed)
    return bytes(chance.randint(lowest, highest) for _ in range(size))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("lowest", "highest"), [(0, 255), (32, 255), (128, 255), (0x81, 0xFD), (0xA1, 0xF9)])
@pytest.mark.parametrize("size", [300, 3000])
def test_noise_is_no_text(size: int, lowest: int, highest: int, seed: int) -> None:
    with pytest.raises(UnreadableDocument, match="not_text"):
        decoded(_noise(size, lowest, highest, seed))


def test_a_text_with_a_bad_byte_is_audited_as_it_is_read() -> None:
    data = SIMPLIFIED.encode("gb18030") * 20 + b"\xff\n"
    assert audit_document("bad.txt", data, Options(isolated=True)).plan.facts
