"""Audits every hostile plan in every format, runs the commands on it, verifies plans made to
be hard to compare, and audits every hostile document; prints a JSON line each.

Run as ``python -m tests.hostile.run [audits|commands|pairs|documents [NAME…]]`` from the top of the repository, with ``FIREAUDIT_HOSTILE_SCALE=1``
for full size. Each is a process of its own, whose time and memory are measured; where one crosses a bound the exit code is 1.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

from fireaudit.app import Audit, Options, audit_text
from fireaudit.checks import algebra
from fireaudit.cli import run as fireaudit
from fireaudit.config import Settings
from fireaudit.diagnosis import case, network, search
from fireaudit.files import CannotAudit
from fireaudit.limits import USUAL, Limits
from fireaudit.outputs import FORMATS, render
from fireaudit.reading import draft, material  # noqa: F401  # read here once, not in every process
from fuzz.targets import LIVE
from tests.hostile.documents import DOCUMENTS
from tests.hostile.pairs import PAIRS
from tests.hostile.plans import PLANS, SCALE

SECONDS, MEGABYTES = 20, 500
"""Of computing, and at the peak: what no process may take; for a document, which has to be understood first, twice the time."""
SPARE = 300
"""Megabytes more for commands and documents, which hold more of a plan at once."""
REPORT, PRINTED = 30_000_000, 30_000_000 // SCALE + 200_000
"""Bytes that no report may have, and no command may print."""
MEMORY = 3_000_000_000
TWICE = 20_000
"""Bytes up to which a plan is audited twice, to see that the bytes that come out are the same."""

LIMITS = {
    name: max(1000, getattr(USUAL, name) // SCALE) if name == "max_output" else getattr(USUAL, name) // SCALE
    for name in ("max_figures", "max_findings", "max_tries", "max_output", "max_trials")
}


def rendered(format: str, audit: Audit) -> str:
    try:
        return render(format, audit, "zh")
    except CannotAudit as refusal:
        return f"{refusal.key}\n"


def audited(name: str, data: bytes) -> dict[str, object]:
    """The codes that are found, faults of the tool with what they say, and the size of each report."""
    settings = Settings(limits=Limits(**LIMITS))
    audits = [Audit((audit_text(f"{name}.yaml", data, Options(unassessed=True), settings=settings),)) for _ in range(2 if len(data) < TWICE else 1)]
    found = audits[0].findings
    reports = {format: rendered(format, audits[0]) for format in FORMATS}
    return {
        "codes": sorted({finding.code for finding in found}),
        "faults": [dict(finding.arguments) for finding in found if finding.code == "FA005"],
        "printed": max(len(text.encode("utf-8", "replace")) for text in reports.values()),
        "live": sorted(format for format, text in reports.items() if LIVE.search(text)),
        "same": all(render("json", again, "zh") == reports["json"] for again in audits[1:]),
    }


def commanded(arguments: list[str], output: Path) -> dict[str, object]:
    """The exit code of a command, and how much it prints."""
    for number in (1, 2):
        os.dup2(os.open(output.with_suffix(f".{number}"), os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    sys.argv = ["fireaudit", *arguments]
    code: object = 0
    try:
        fireaudit()
    except SystemExit as end:
        code = end.code
    said = output.with_suffix(".2").read_text(encoding="utf-8", errors="replace")
    return {"code": code, "printed": output.with_suffix(".1").stat().st_size + len(said), "error": said if "Traceback" in said else ""}


def apart(work: Callable[[], dict[str, object]], most: int = PRINTED, seconds: int = SECONDS, spare: int = 0) -> dict[str, object]:
    """What ``work`` says in a process of its own, with what it took and which bounds it crossed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(work, reading, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    found: dict[str, object] = json.loads(said) if said else {"error": f"ended by {os.waitstatus_to_exitcode(status)}"}
    taken = {"seconds": round(used.ru_utime + used.ru_stime, 2), "megabytes": used.ru_maxrss // 1024, "printed": found.get("printed", 0)}
    bounds = {"seconds": seconds, "megabytes": MEGABYTES + spare, "printed": most}
    crossed = [name for name, bound in bounds.items() if taken[name] > bound]  # type: ignore[operator]
    return {**taken, "crossed": crossed, **found}


def _child(work: Callable[[], dict[str, object]], reading: int, writing: int) -> NoReturn:
    os.close(reading)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (3 * SECONDS, 3 * SECONDS))
    try:
        said = work()
    except BaseException:
        said = {"error": traceback.format_exc()[-2000:]}
    os.write(writing, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    os._exit(0)


def commands(name: str, folder: Path) -> Iterator[list[str]]:
    """The command lines for one plan, written to files of the folder."""
    data = PLANS[name]()
    plan, other, settings = folder / "p.yaml", folder / "q.yaml", folder / "fireaudit.toml"
    plan.write_bytes(data)
    other.write_bytes(data.replace(b"1", b"2"))
    (folder / "doc.txt").write_bytes(data.replace(b"fireaudit", b"plan"))
    settings.write_text("[limits]\n" + "".join(f"{key.replace('_', '-')} = {value}\n" for key, value in LIMITS.items()), encoding="utf-8")
    under = ["--config", str(settings)]
    for command in (["show"], ["coverage"], ["prove"], ["suggest"], ["explain", "7" if data.count(b"\n") > 7 else "3"], ["fix"]):
        yield [command[0], str(plan), *command[1:], *under]
        if command[0] not in ("explain", "fix"):
            yield [command[0], str(plan), "--format", "json", *under]
    for form in ([], ["--format", "json"]):
        yield ["mutate", str(plan), "--jobs", "1", *form, *under]
    yield ["check", str(plan), "--no-cache", "--jobs", "1", *under]
    yield ["diff", str(plan), str(other), *under]
    yield ["verify", str(plan), "--source", str(folder / "doc.txt"), *under]
    yield ["baseline", str(plan), "--output", str(folder / "baseline.json"), *under]


def outcomes(what: str, names: list[str]) -> Iterator[dict[str, object]]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if what == "audits":
            for name in names or PLANS:
                data = PLANS[name]()
                yield {"name": name, "what": "audit", "bytes": len(data), **apart(lambda name=name, data=data: audited(name, data), REPORT)}  # type: ignore[misc]
        if what == "commands":
            for name in names or PLANS:
                for line in commands(name, folder):
                    said = " ".join(word for word in line if not word.startswith((scratch, "--config")))
                    yield {"name": name, "what": said, **apart(lambda line=line: commanded(line, folder / "output"), spare=SPARE)}  # type: ignore[misc]
        if what == "pairs":
            for name in names or PAIRS:
                plan, document = folder / "p.yaml", folder / "doc.txt"
                for path, data in zip((plan, document), PAIRS[name](), strict=True):
                    path.write_bytes(data)
                line = ["verify", str(plan), "--source", str(document), "--isolated"]
                yield {"name": name, "what": "verify", **apart(lambda line=line: commanded(line, folder / "output"), PRINTED, SECONDS, SPARE)}  # type: ignore[misc]
        if what == "documents":
            for name in names or DOCUMENTS:
                (folder / name).write_bytes(DOCUMENTS[name]())
                line = ["check", str(folder / name), "--no-cache", "--jobs", "1", "--isolated"]
                yield {"name": name, "what": "check", **apart(lambda line=line: commanded(line, folder / "output"), PRINTED, 2 * SECONDS, SPARE)}  # type: ignore[misc]


def scaled() -> None:
    network.MOST_TRIED //= SCALE
    search.MOST_WORK //= SCALE
    case.MOST_VERIFIED //= SCALE
    algebra.MOST_WORK //= SCALE


def main(what: str = "", *names: str) -> int:
    worst = 0
    for kind in (what,) if what else ("audits", "commands", "pairs", "documents"):
        for said in outcomes(kind, list(names)):
            worst = max(worst, 1 if said["crossed"] or said.get("error") else 0)
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return worst


if __name__ == "__main__":
    scaled()
    raise SystemExit(main(*sys.argv[1:]))
