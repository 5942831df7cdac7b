"""Texts in both languages at once, and templates and JSON in which every one of them is inert."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from fireaudit.messages import word
from fireaudit.reports.quote import plain, shown

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

LANGS = ("zh", "en")


class Both(NamedTuple):
    zh: str
    en: str


def both(say: Callable[[str], str]) -> Both:
    return Both(*(say(lang) for lang in LANGS))


def words(key: str, **arguments: object) -> Both:
    return both(lambda lang: word(key, lang, **arguments))


def environment(lang: str, load: Callable[[str], str]) -> Environment:
    """Templates in which every value is escaped, on one line, and without a character that is obeyed and not seen.

    Filters: ``attribute`` for one that the page can put into the other language, ``drawn`` for a text in SVG, ``exact``
    for one that keeps its spaces, ``embedded`` for data.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined
    from markupsafe import Markup

    def labelled(value: Both, name: str) -> Markup:
        return Markup('{0}="{1}" data-{0}-zh="{2}" data-{0}-en="{3}"').format(name, *map(_text, (value[LANGS.index(lang)], *value)))

    def drawn(value: Both) -> Markup:
        return Markup('<tspan class="zh">{}</tspan><tspan class="en">{}</tspan>').format(*map(_text, value))

    found = Environment(autoescape=True, loader=FunctionLoader(load), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_safe)
    found.globals.update(said=words, word=word, raw=Markup)
    found.filters.update(attribute=labelled, drawn=drawn, exact=_spaced, embedded=lambda value: Markup(embedded(value)))
    return found


def _safe(value: object) -> Markup:
    from markupsafe import Markup

    if isinstance(value, Markup):
        return value
    if not isinstance(value, Both):
        return _text(str(value))
    if value.zh == value.en:
        return _text(value.zh)
    return Markup('<span class="zh" lang="zh-CN">{}</span><span class="en" lang="en">{}</span>').format(*map(_text, value))


def _text(text: str) -> Markup:
    return _spaced(plain(text))


def _spaced(text: str) -> Markup:
    """Escaped; two number signs begin a command where a build log shows the page."""
    from markupsafe import Markup, escape

    return Markup(str(escape(shown(text))).replace("##", "#&#35;"))


def embedded(value: object) -> str:
    """JSON that may stand in a script element whatever its texts are: no markup begins or ends in it."""
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.replace("##", "#\\u0023")


def _plain(value: object) -> object:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Both):
        return plain(value.zh) if value.zh == value.en else [plain(value.zh), plain(value.en)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value
