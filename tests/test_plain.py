"""The plain text of most paragraphs is found in one step; it must be the same as the one found character by character."""

from __future__ import annotations

import random

from fireaudit.quantity import plain
from fireaudit.quantity.plain import plain_of

PIECES = [*"aZ1 9,.% \n\t\u3000\xa0\u2002\u2009\u202f\u2028消防站約２，％﹪∶￡㎡²³m—。·“（）①⅓〇、\u0301\x1c", "1 000", "2 345 人"]


def test_both_ways_to_the_plain_text_are_one() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        text = "".join(chance.choices(PIECES, k=chance.randint(0, 7)))
        quick, slow = plain_of(text), plain._shifted(text)
        assert (quick.text, list(quick.places)) == (slow.text, list(slow.places)), text


def test_every_character_is_folded_alike() -> None:
    for char in map(chr, range(0xFFFF)):
        assert plain_of(f"a{char}b").text == plain._shifted(f"a{char}b").text, char
