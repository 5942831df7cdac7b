"""Numbers as list numbering prints them, and signs that word processors write as positions in symbol fonts."""

from __future__ import annotations

_SUPERSCRIPT = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_PLAIN, _FORMAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_SYMBOL = {
    0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
    0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBC: "…", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ", 0x70: "π", 0x57: "Ω", 0x44: "Δ", 0xE5: "∑", 0xD6: "√",
}  # fmt: skip
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA4: "◎", 0xA7: "▪",
    0xA8: "□", 0xAB: "★", 0xAA: "✦", 0xB2: "✧", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + n: c for n, c in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")}, **{0x8B + n: c for n, c in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}  # fmt: skip
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x54: "☒", 0x53: "☒", 0x51: "☒", 0xA3: "□", 0x97: "●", 0xA2: "■", 0xEA: "★", 0xEB: "★"}


def symbol(font: str, code: int) -> str:
    """The sign at a position of a symbol font; a position nobody knows gives a bullet rather than nothing."""
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}.get(font.lower())
    if table is not None and place in table:
        return table[place]
    if 0xE000 <= code <= 0xF8FF or (table is not None and code < 0x100 and not 0x20 <= code < 0x7F):
        return "•"
    return chr(code) if 0x20 <= code < 0xD800 or 0xF900 <= code < 0xFFFE else ""


def raised(text: str, before: str) -> str:
    """Raised figures stay apart from the figure they follow: 10⁴ is not 104. Those of units (m2) are ordinary figures."""
    return text.translate(_SUPERSCRIPT) if before[-1:].isdigit() or not before[-1:].isascii() else text


def numbered(form: str, number: int) -> str:
    """``number`` in one of the number formats of Office Open XML; formats that are not known print as digits."""
    n = min(max(number, 0), 99_999)
    match form:
        case "none":
            return ""
        case "decimalZero":
            return f"{n:02}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(c) + 0xFEE0) for c in str(n))
        case "lowerLetter" | "upperLetter":
            letters = chr(97 + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            return _roman(n) if form == "upperRoman" else _roman(n).lower()
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x245F + n) if 0 < n <= 20 else str(n)
        case "decimalEnclosedParen":
            return chr(0x2473 + n) if 0 < n <= 20 else f"({n})"
        case "decimalEnclosedFullstop":
            return chr(0x2487 + n) if 0 < n <= 20 else f"{n}."
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting" | "taiwaneseCountingThousand":
            return _counted(n, _PLAIN, "十百千")
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return _counted(n, _FORMAL, "拾佰仟")
        case "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" | "koreanDigital2":
            return "".join("〇一二三四五六七八九"[int(c)] for c in str(n))
        case "ideographTraditional":
            return _STEMS[n - 1] if 0 < n <= 10 else str(n)
        case "ideographZodiac":
            return _BRANCHES[n - 1] if 0 < n <= 12 else str(n)
        case "ideographEnclosedCircle":
            return chr(0x327F + n) if 0 < n <= 10 else str(n)
    return str(n)


def _counted(n: int, digits: str, places: str) -> str:
    if n >= 10_000:
        return str(n)
    text, gap = "", False
    for place, c in enumerate(str(n)):
        power = len(str(n)) - place - 1
        if c == "0":
            gap = bool(text)
            continue
        text += (digits[0] if gap else "") + digits[int(c)] + (places[power - 1] if power else "")
        gap = False
    short = text.startswith(digits[1] + places[0]) and n < 20 and digits is _PLAIN
    return (text[1:] if short else text) or digits[0]


def _roman(n: int) -> str:
    text = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"], strict=True
    ):
        text += letters * (n // value)
        n %= value
    return text
