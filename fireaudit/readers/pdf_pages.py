"""What is drawn on the pages of a PDF, as JSON on stdout; run as a script of its own, so that a file that crashes or
exhausts the PDF library takes nothing else down. Lengths are hundredths of a point, from the top left corner as seen."""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Callable
from typing import Any

_THIN = 300  # a filled rectangle no wider than this is a line
_MOST_DEPTH = 8
_MOST_BOOKMARKS = 5_000
Place = Callable[[Any, Any], tuple[int, int]]


class TooMuch(Exception):
    """More pages or marks than were allowed."""


def pages(data: bytes, most_pages: int, most_marks: int) -> list[dict[str, Any]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    if len(document) > most_pages:
        raise TooMuch("pages")
    read: list[dict[str, Any]] = []
    left = most_marks
    for number in range(len(document)):
        page = document[number]
        read.append(_page(page, left))
        left -= len(read[-1]["chars"]) // 5 + len(read[-1]["across"]) // 3 + len(read[-1]["down"]) // 3
        page.close()
    return read


def headings(data: bytes) -> list[tuple[int, int, str]]:
    """Level, page and title of each bookmark."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    found: list[tuple[int, int, str]] = []
    for mark in document.get_toc(max_depth=9):
        where = mark.get_dest()
        page = where.get_index() if where is not None else None
        if page is not None and len(found) < _MOST_BOOKMARKS:
            found.append((mark.level + 1, page + 1, mark.get_title()))
    return found


def _page(page: Any, most: int) -> dict[str, Any]:
    left, bottom, right, top = page.get_bbox()
    turned = page.get_rotation()
    spots: dict[int, Place] = {
        0: lambda x, y: (_int(x - left), _int(top - y)),
        90: lambda x, y: (_int(y - bottom), _int(x - left)),
        180: lambda x, y: (_int(right - x), _int(y - bottom)),
        270: lambda x, y: (_int(top - y), _int(right - x)),
    }
    place = spots.get(turned, spots[0])
    size = _int(right - left), _int(top - bottom)
    across: list[int] = []
    down: list[int] = []
    image = _objects(page.raw, place, across, down, most)
    width, height = size if turned % 180 == 0 else size[::-1]
    return {"width": width, "height": height, "chars": _chars(page, place, most), "across": across, "down": down, "image": image}


def _int(length: Any) -> int:
    return int(round(min(max(length, -20_000), 20_000) * 100))


def _chars(page: Any, place: Place, most: int) -> list[int]:
    """Five numbers a character: its code, left, top, right, bottom."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    handle, box = text.raw, pdfium.FS_RECTF()
    at = ctypes.byref(box)
    found: list[int] = []
    count = pdfium.FPDFText_CountChars(handle)
    if count > most:
        raise TooMuch("marks")
    for i in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, i)
        if code < 32 or pdfium.FPDFText_IsGenerated(handle, i) == 1 or not pdfium.FPDFText_GetLooseCharBox(handle, i, at):
            continue
        (x0, y0), (x1, y1) = place(box.left, box.top), place(box.right, box.bottom)
        found += (code, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    text.close()
    return found


def _objects(holder: Any, place: Place, across: list[int], down: list[int], most: int) -> bool:
    """Lines drawn across and down, three numbers each: where it lies, from, to. Gives back whether there is a picture."""
    import pypdfium2.raw as pdfium

    image = False
    stack: list[tuple[Any, int, Any, Any, tuple[Any, ...]]] = [(holder, 0, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, (1, 0, 0, 1, 0, 0))]
    seen = 0
    while stack:
        of, depth, count, get, outer = stack.pop()
        for i in range(count(of)):
            seen += 1
            if seen > most:
                raise TooMuch("marks")
            thing = get(of, i)
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                _path(thing, _times(_matrix(thing), outer), place, across, down)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MOST_DEPTH:
                stack.append((thing, depth + 1, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, _times(_matrix(thing), outer)))
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                image = True
        if (len(across) + len(down)) // 3 > most:
            raise TooMuch("marks")
    return image


def _matrix(thing: Any) -> tuple[Any, ...]:
    import pypdfium2.raw as pdfium

    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(m))
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(m: tuple[Any, ...], n: tuple[Any, ...]) -> tuple[Any, ...]:
    (a, b, c, d, e, f), (p, q, r, s, t, u) = m, n
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _path(thing: Any, matrix: tuple[Any, ...], place: Place, across: list[int], down: list[int]) -> None:
    """The straight lines of a path: strokes, and filled rectangles so thin that they are lines."""
    import pypdfium2.raw as pdfium

    a, b, c, d, e, f = matrix
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, ctypes.byref(fill), ctypes.byref(stroke))
    x, y = ctypes.c_float(), ctypes.c_float()
    shapes: list[list[tuple[int, int]]] = []
    for i in range(min(pdfium.FPDFPath_CountSegments(thing), 20_000)):
        segment = pdfium.FPDFPath_GetPathSegment(thing, i)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = place(a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not shapes:
            shapes.append([])
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            shapes[-1].clear()
        shapes[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            shapes[-1].append(shapes[-1][0])
    for shape in shapes:
        left, right = min(p[0] for p in shape), max(p[0] for p in shape)
        upper, lower = min(p[1] for p in shape), max(p[1] for p in shape)
        if fill.value and min(right - left, lower - upper) <= _THIN and len(shape) > 3:
            if right - left >= lower - upper:
                across += ((upper + lower) // 2, left, right)
            else:
                down += ((left + right) // 2, upper, lower)
        elif stroke.value:
            for (x0, y0), (x1, y1) in zip(shape, shape[1:], strict=False):
                if abs(y0 - y1) <= 50 < abs(x0 - x1):
                    across += ((y0 + y1) // 2, min(x0, x1), max(x0, x1))
                elif abs(x0 - x1) <= 50 < abs(y0 - y1):
                    down += ((x0 + x1) // 2, min(y0, y1), max(y0, y1))


def _bound(seconds: int, memory: int) -> None:
    """No more time and memory than allowed, where the system can hold a process to it; less where it already does."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, bound))


def main() -> None:
    most_pages, most_marks, seconds, memory = map(int, sys.argv[1:5])
    _bound(seconds, memory)
    data = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"pages": pages(data, most_pages, most_marks), "headings": headings(data)}
    except ModuleNotFoundError as error:
        answer = {"missing": error.name}
    except MemoryError:
        sys.exit(1)
    except TooMuch as error:
        answer = {"too_much": str(error)}
    except Exception as error:  # the library's own errors; what matters is only whether a password is asked for
        answer = {"refused": "encrypted" if "assword" in str(error) or "ecurity" in str(error) else "damaged"}
    sys.stdout.write(json.dumps(answer, separators=(",", ":")))


if __name__ == "__main__":
    main()
