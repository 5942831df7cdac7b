"""The outline of a document: headings, contents list, annexes, boxes, and for every block its place in the document's own numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fireaudit.readers.document import Block, Document, Grid, Paragraph, Spot
from fireaudit.reading.numbering import NAMED, Numbered, numbered
from fireaudit.reading.texts import compare, one_line

LONGEST_HEADING = 60
_LONGEST_LATIN = 110
_SENTENCE = re.compile(r"[。；;！!？?]|[，,：:、]$|[.][ ]+[A-Z]")
_RUN_IN = re.compile(r"(?P<title>[^。：:；;，,0-9]{2,30}[。：:])(?P<rest>.{8,})", re.DOTALL)
_PAGE = re.compile(r"[-—–\s]*(?P<page>[0-9]{1,4}|[IVXLivxl]{1,6})[-—–\s]*")
_DOTS = ".．·․‥_"
_SPACES = " \t\n\u3000\xa0"
_CONTENTS = re.compile(r"目\s*[录錄次]|(?i:table of contents|contents)")
_UNNUMBERED = re.compile(r"(?:附件|附表|附录|附錄|附图|附圖)\s*(?:[:：]\s*(?![0-9一二三四五六七八九十]+[、.．]).*)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """``text`` as printed, on one line; ``block`` the index of its paragraph, ``parent`` that of its parent among the headings."""

    text: str
    label: str
    depth: int
    parent: int
    block: int
    spot: Spot


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list, or an annex or a box with its title."""

    text: str
    page: str
    spot: Spot


@dataclass(frozen=True, slots=True)
class Outline:
    """``places`` has one place for each block; ``body`` the indexes of the paragraphs that say something beside heading what follows."""

    title: str
    headings: tuple[Heading, ...]
    contents: tuple[Entry, ...]
    annexes: tuple[Entry, ...]
    boxes: tuple[Entry, ...]
    places: tuple[str, ...]
    body: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A paragraph that may be a heading; ``run_in``: text follows its title in the same paragraph."""

    block: int
    number: Numbered | None
    level: int | None
    text: str
    run_in: bool = False

    @property
    def style(self) -> str:
        return self.number.style if self.number else f"level{self.level}"


def read_outline(document: Document) -> Outline:
    blocks = document.blocks
    listed, contents = _contents(blocks)
    title_at = _title(blocks, listed)
    skipped = {*listed, *title_at}
    found = [c for i, block in enumerate(blocks) if i not in skipped and isinstance(block, Paragraph) and (c := _candidate(i, block))]
    found = _filled(blocks, skipped, found)
    while bad := _list_items(found, _stacked(found), blocks):
        found = [c for c in found if c.block not in bad]
    stacked = _stacked(found)
    places, used = _places(blocks, found, stacked)
    entries = tuple(_titled(blocks, found, used))
    annexes = tuple(e for kind, e in entries if kind == "annex")
    boxes = tuple(e for kind, e in entries if kind == "box")
    silent = skipped | used | {c.block for c in found if not c.run_in}
    body = frozenset(i for i, block in enumerate(blocks) if isinstance(block, Paragraph) and i not in silent and block.text.strip())
    title = "".join(one_line(_text(blocks[i])) for i in title_at)
    headings = tuple(_headings(blocks, found, stacked))
    return Outline(title, headings, tuple(contents), annexes, boxes, places, body)


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def title_like(text: str) -> bool:
    """Short, and no sentence."""
    longest = LONGEST_HEADING if re.search(r"[\u3400-\u9fff]", text) else _LONGEST_LATIN
    return 0 < len(text) <= longest and not _SENTENCE.search(text)


def _candidate(index: int, block: Paragraph) -> _Candidate | None:
    text = one_line(block.text)
    number = numbered(text)
    if number is None:
        if block.level is not None and 0 < len(text) <= 2 * LONGEST_HEADING:
            return _Candidate(index, None, block.level, text)
        return _Candidate(index, None, 0, text) if _UNNUMBERED.fullmatch(text) and title_like(text.rstrip(":：")) else None
    if number.style == "article":
        return None
    if title_like(text) or (block.level is not None and len(text) <= 2 * LONGEST_HEADING):
        return _Candidate(index, number, block.level, text) if number.title or number.style == "annex" else None
    # 附件1：重点项目表 ends in no sentence mark either, but （一）组织领导。各级…… runs on.
    run_in = _RUN_IN.match(number.title) if number.rank >= 4 else None
    if run_in:
        heading = text[: len(text) - len(run_in["rest"])].rstrip("。：:")
        return _Candidate(index, number, None, heading, run_in=True)
    return None


def _filled(blocks: Sequence[Block], skipped: set[int], found: Sequence[_Candidate]) -> list[_Candidate]:
    """With the items in between that have the number that goes before, but run on as a sentence: of 1. to 9. all are headings or none."""
    filled = list(found)
    heads = {candidate.block: candidate.number for candidate in found}
    running: dict[str, list[tuple[int, Numbered]]] = {}  # by style, the items numbered one after the other since the last heading
    for index, block in enumerate(blocks):
        if index not in heads:
            number = _item_number(block) if index not in skipped else None
            if number is not None:
                run = running.setdefault(number.style, [])
                if run and run[-1][1].value + 1 != number.value:
                    run.clear()
                run.append((index, number))
        elif (head := heads[index]) is not None:
            before = running.pop(head.style, [])
            if before and before[-1][1].value + 1 == head.value:
                filled += (_run_on(item, number, blocks[item]) for item, number in before)
            running = {style: run for style, run in running.items() if run[0][1].rank < head.rank}
    return sorted(filled, key=lambda candidate: candidate.block)


def _item_number(block: Block) -> Numbered | None:
    number = numbered(one_line(_text(block)))
    return number if number is not None and (number.rank >= 4 or number.style == "annex") and number.style != "article" else None


def _run_on(index: int, number: Numbered, block: Block) -> _Candidate:
    """An item that is a sentence: headed by its first words."""
    text = one_line(_text(block))
    ends = re.search("[。；;：:]", text)
    return _Candidate(index, number, None, text[: min(ends.start() if ends else len(text), 2 * LONGEST_HEADING)], run_in=True)


def _contents(blocks: Sequence[Block]) -> tuple[set[int], list[Entry]]:
    """The blocks of the contents list, and its lines with their pages."""
    start = next((i for i, b in enumerate(blocks) if isinstance(b, Paragraph) and _CONTENTS.fullmatch(b.text.strip())), None)
    if start is None:
        return _led(blocks)
    inside = [start]
    entries: list[Entry] = []
    lone: list[tuple[int, str]] = []
    seen: set[str] = set()
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        text = block.text.strip("\n") if isinstance(block, Paragraph) else "。"
        plain = compare(text)
        led = _led_line(text)
        page = _PAGE.fullmatch(text.strip())
        if not page and (len(plain) > LONGEST_HEADING + 20 or "。" in plain or plain in seen):
            break
        inside.append(index)
        if page:
            lone.append((len(entries), page["page"]))
        elif plain:
            name, number = led if led else _glued(one_line(text))
            seen.add(compare(name))
            entries.append(Entry(one_line(name), number, block.spot))
    return _settled(blocks, inside, entries, lone)


def _led_line(text: str) -> tuple[str, str] | None:
    """A title and its page, with leaders or a gap between them."""
    line = text.strip()
    before = line.rstrip("0123456789")
    page = line[len(before) :]
    if not 0 < len(page) <= 4 or len(text) > 4 * LONGEST_HEADING:
        return None
    for leaders in (f"…{_DOTS}{_SPACES}", _SPACES):
        title = before.rstrip(leaders)
        gap = before[len(title) :]
        if title and "\n" not in title and ("…" in gap or "\t" in gap or sum(map(gap.count, _DOTS)) > 2 or (len(gap) > 1 and not gap.strip(_SPACES))):
            return title, page
    return None


def _glued(text: str) -> tuple[str, str]:
    """A title and the page printed right behind it, as converters leave them: ``第一节 主要成效 12`` or ``…成效12``."""
    match = re.fullmatch(r"(?P<title>.*[^\s0-9.\-年月日])\s*(?P<page>[0-9]{1,3})", text)
    return (match["title"], match["page"]) if match and numbered(text) else (text, "")


def _settled(blocks: Sequence[Block], inside: list[int], entries: list[Entry], lone: list[tuple[int, str]]) -> tuple[set[int], list[Entry]]:
    """Pages that stand alone are given to the line after them where a page comes first, else to the line before."""
    if lone:
        after = lone[0][0] == 0
        pages = {index if after else index - 1: page for index, page in lone}
        entries = [replace(entry, page=entry.page or pages.get(i, "")) for i, entry in enumerate(entries)]
    if any(entry.page for entry in entries):
        later = {compare(_text(block)) for block in blocks[inside[-1] + 1 :]}
        # What follows the last page belongs to the text, unless the text heads something with it further on.
        while entries and not entries[-1].page and compare(entries[-1].text) not in later:
            spot = entries.pop().spot
            while inside and _spot(blocks[inside[-1]]) != spot:
                inside.pop()
            inside = inside[:-1]
    return (set(inside), entries) if len(entries) > 1 else (set(inside[:1]), [])


def _spot(block: Block) -> Spot:
    return block.spot


def _led(blocks: Sequence[Block]) -> tuple[set[int], list[Entry]]:
    """A contents list without its heading: three or more lines in a row that end in leaders or a tab and a page."""
    run: list[tuple[int, Entry]] = []
    for index, block in enumerate(blocks):
        led = _led_line(block.text) if isinstance(block, Paragraph) else None
        if led and numbered(led[0]):
            run.append((index, Entry(one_line(led[0]), led[1], block.spot)))
        elif len(run) >= 3:
            break
        elif _text(block).strip() or isinstance(block, Grid):
            run = []
    return ({index for index, _ in run}, [entry for _, entry in run]) if len(run) >= 3 else (set(), [])


def _title(blocks: Sequence[Block], listed: set[int]) -> list[int]:
    """The paragraphs of the document's title: the first there is, if it is no sentence, no numbered heading and no name of a sheet."""
    for index, block in enumerate(blocks):
        text = one_line(_text(block))
        if isinstance(block, Grid) or index in listed or block.spot.sheet is not None:
            return []
        if text:
            unfit = numbered(text) or not title_like(text.rstrip("：:"))
            return [] if unfit else [index]
    return []


def _stacked(found: Sequence[_Candidate]) -> list[tuple[int, int]]:
    """For each candidate its depth and the index of its parent, -1 at the top."""
    stack: list[int] = []
    result: list[tuple[int, int]] = []
    for index, candidate in enumerate(found):
        if candidate.style != "box":  # a box stands among the text of a section, and ends no heading
            stack = stack[: _keep(stack, found, candidate)]
        result.append((len(stack), stack[-1] if stack else -1))
        if candidate.style != "box":
            stack.append(index)
    return result


def _keep(stack: list[int], found: Sequence[_Candidate], new: _Candidate) -> int:
    """How many of the open headings stay open above ``new``."""
    if new.number is None or new.number.rank < 0:
        levels = [i for i, s in enumerate(stack) if (found[s].level or 0) >= (new.level or 0) or found[s].style == new.style]
        return levels[0] if levels and new.level else 0 if not new.level else len(stack)
    for position, s in enumerate(stack):
        if found[s].style == new.style:
            return position
    # A number that goes on where a run of another style stopped is of that run: 三、 and then 4、
    if new.number.value > 1 and new.number.style not in NAMED:
        for position in range(len(stack) - 1, -1, -1):
            other = found[stack[position]].number
            if other is not None and other.value + 1 == new.number.value and other.rank >= 4:
                return position
    for position, s in enumerate(stack):
        other = found[s].number
        if other is not None and other.rank > new.number.rank:
            return position
        if other is None and new.level is not None and (found[s].level or 0) >= new.level:
            return position
    return len(stack)


def _list_items(found: Sequence[_Candidate], stacked: Sequence[tuple[int, int]], blocks: Sequence[Block]) -> set[int]:
    """Candidates that only begin items of a list: no text stands between one and the next, or the run has one member."""
    runs: dict[tuple[int, str], list[int]] = {}
    for index, candidate in enumerate(found):
        runs.setdefault((stacked[index][1], candidate.style), []).append(index)
    parents = {parent for _, parent in stacked}
    bad: set[int] = set()
    for (parent, _), run in runs.items():
        first = found[run[0]]
        if first.number is None or first.number.rank < 4 or any(found[i].level for i in run):
            continue
        heads = [i for i in run if i in parents or found[i].run_in or _has_body(i, found, blocks)]
        alone = len(run) == 1 and run[0] not in parents and not _continues(found, stacked, run[0], parent)
        if alone or not [i for i in heads if i != run[-1]] and len(run) > 1:
            bad |= {found[i].block for i in run}
    return bad


def _has_body(index: int, found: Sequence[_Candidate], blocks: Sequence[Block]) -> bool:
    end = found[index + 1].block if index + 1 < len(found) else len(blocks)
    return any(isinstance(block, Grid) or block.text.strip() for block in blocks[found[index].block + 1 : end])


def _continues(found: Sequence[_Candidate], stacked: Sequence[tuple[int, int]], index: int, parent: int) -> bool:
    """Whether a lone number goes on from a sibling of another style."""
    number = found[index].number
    for earlier in range(index - 1, -1, -1):
        if stacked[earlier][1] == parent:
            other = found[earlier].number
            return number is not None and other is not None and other.value + 1 == number.value and other.rank >= 4
    return False


def _places(blocks: Sequence[Block], found: Sequence[_Candidate], stacked: Sequence[tuple[int, int]]) -> tuple[tuple[str, ...], set[int]]:
    """The place of each block, and the paragraphs that only title an annex or a box."""
    at_block = {c.block: i for i, c in enumerate(found)}
    places: list[str] = []
    used: set[int] = set()
    here = box = ""
    for index, block in enumerate(blocks):
        if index in at_block:
            number = at_block[index]
            if found[number].style == "box":
                box = _label(found[number])
            else:
                here, box = _path(number, found, stacked), ""
            if found[number].style == "annex":
                used |= _following_title(blocks, index, found[number], at_block)
        own = _box_of(block)
        places.append(own or box or here)
        if isinstance(block, Grid):
            box = ""
    return tuple(places), used


def _box_of(block: Block) -> str:
    """``专栏3`` where a table's first cell says so."""
    number = numbered(one_line(block.cells[0].text)) if isinstance(block, Grid) and block.cells else None
    return number.label if number and number.style == "box" else ""


def _label(candidate: _Candidate) -> str:
    if candidate.number:
        return candidate.number.label
    return re.split(r"[:：]", candidate.text)[0].strip().replace("/", "／")


def _path(index: int, found: Sequence[_Candidate], stacked: Sequence[tuple[int, int]]) -> str:
    labels: list[str] = []
    while index >= 0:
        labels.append(_label(found[index]))
        index = stacked[index][1]
    return "/".join(reversed(labels))


def _following_title(blocks: Sequence[Block], index: int, candidate: _Candidate, at_block: dict[int, int]) -> set[int]:
    """The paragraph below ``附表 2`` that is its title."""
    if candidate.number is None or candidate.number.title:
        return set()
    for following in range(index + 1, min(index + 6, len(blocks))):
        text = one_line(_text(blocks[following]))
        if isinstance(blocks[following], Grid) or following in at_block:
            break
        if text:
            return {following} if title_like(text) else set()
    return set()


def _titled(blocks: Sequence[Block], found: Sequence[_Candidate], used: set[int]) -> Iterator[tuple[str, Entry]]:
    """Annexes and boxes with their titles, in reading order; a table may carry the title of its box in its first cell."""
    by_block = {c.block: c for c in found}
    pending: list[tuple[str, Entry]] = []
    for index, block in enumerate(blocks):
        candidate = by_block.get(index)
        number = candidate.number if candidate else None
        if isinstance(block, Grid) and _box_of(block):
            number = numbered(one_line(block.cells[0].text))
        if number is not None and number.style in ("annex", "box"):
            entry = Entry(f"{number.label} {number.title}".strip(), "", block.spot)
            if not pending or pending[-1][1].text != entry.text:  # a caption again as the first cell of its table
                pending.append((number.style, entry))
        elif index in used and pending:
            kind, entry = pending[-1]
            pending[-1] = (kind, replace(entry, text=f"{entry.text} {one_line(_text(block))}"))
    yield from pending


def _headings(blocks: Sequence[Block], found: Sequence[_Candidate], stacked: Sequence[tuple[int, int]]) -> Iterator[Heading]:
    """Headings without annexes and boxes, which have lists of their own."""
    kept: dict[int, int] = {-1: -1}
    for index, candidate in enumerate(found):
        depth, parent = stacked[index]
        if candidate.style in ("annex", "box") or parent not in kept:
            continue
        kept[index] = len(kept) - 1
        yield Heading(candidate.text, _label(candidate), depth, kept[parent], candidate.block, blocks[candidate.block].spot)
