"""The targets of fuzzing over their corpus and over seeded changes of it; coverage-guided runs are ``make fuzz``."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzz.targets import TARGETS

CORPUS = Path(__file__).parent.parent / "fuzz" / "corpus"
WORDS = tuple(
    line.strip('"').encode().decode("unicode_escape").encode("latin-1") for line in (CORPUS.parent / "words.dict").read_text("utf-8").splitlines() if line
)
CHANGES = 800
"""Of the inputs of one target, in all."""


def changed(data: bytes, dice: random.Random) -> bytes:
    """A few bytes lost, doubled, replaced or put in, words of the formats among them."""
    out = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(out) + 1)
        piece = dice.choice((b"", dice.choice(WORDS), bytes([dice.randrange(256)]), bytes(out[at : at + dice.randint(1, 40)]) * 2))
        out[at : at + dice.choice((0, 0, 1, 9))] = piece
    return bytes(out)


def test_every_target_has_a_corpus_and_every_corpus_a_target() -> None:
    assert {folder.name for folder in CORPUS.iterdir()} == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_a_value_or_a_refusal_whatever_the_bytes(name: str) -> None:
    dice = random.Random(name)
    paths = sorted((CORPUS / name).iterdir())
    for path in paths:
        data = path.read_bytes()
        TARGETS[name](data)
        for _ in range(CHANGES // len(paths)):
            data = changed(path.read_bytes(), dice)
            try:
                TARGETS[name](data)
            except Exception as error:
                pytest.fail(f"{type(error).__name__}: {error} for {data!r}")
