"""Audits every hostile plan with little memory and time, renders it in every format, and prints what became of it, a JSON line each.

Run as ``python -m tests.hostile.run [NAME…]`` from the top of the repository, with ``FIREAUDIT_HOSTILE_SCALE=1`` for full size.
"""

from __future__ import annotations

import json
import re
import resource
import signal
import sys
import time
import traceback
from types import FrameType

from fireaudit.app import Audit, Options, audit_text
from fireaudit.checks import algebra
from fireaudit.config import Settings
from fireaudit.diagnosis import case, network, search
from fireaudit.files import CannotAudit
from fireaudit.limits import USUAL, Limits
from fireaudit.outputs import FORMATS, render
from tests.hostile.plans import PLANS, SCALE

MEMORY = 1_500_000_000
SECONDS = 20 if SCALE > 1 else 120
TWICE = 20_000
"""Bytes up to which a plan is audited twice, to see that the bytes that come out are the same."""

LIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal, a browser or a reader's eye would obey."""


class TooSlow(BaseException):
    """Beyond ``SECONDS`` of computing; no rule may take it for a fault of its own."""


def stop(_signal: int, _frame: FrameType | None) -> None:
    raise TooSlow


def rendered(format: str, audit: Audit) -> str:
    try:
        return render(format, audit, "zh")
    except CannotAudit as refusal:
        return f"{refusal.key}\n"


def outcome(name: str, data: bytes) -> dict[str, object]:
    """The codes that are found, faults of the tool with what they say, and the size of each report."""
    limits = Limits(max_figures=USUAL.max_figures // SCALE, max_findings=USUAL.max_findings // SCALE, max_tries=USUAL.max_tries // SCALE)
    audits = [
        Audit((audit_text(f"{name}.yaml", data, Options(unassessed=True), settings=Settings(limits=limits)),)) for _ in range(2 if len(data) < TWICE else 1)
    ]
    reports = {format: rendered(format, audits[0]) for format in FORMATS}
    return {
        "codes": sorted({finding.code for finding in audits[0].findings}),
        "faults": [dict(finding.arguments) for finding in audits[0].findings if finding.code == "FA005"],
        "sizes": {format: len(text) for format, text in reports.items()},
        "live": sorted(format for format, text in reports.items() if LIVE.search(text)),
        "same": all(render("json", again, "zh") == reports["json"] for again in audits[1:]),
    }


def main(names: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGVTALRM, stop)
    network.MOST_TRIED //= SCALE
    search.MOST_WORK //= SCALE
    case.MOST_VERIFIED //= SCALE
    algebra.MOST_WORK //= SCALE
    for name in names or list(PLANS):
        data = PLANS[name]()
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            said = outcome(name, data)
        except (Exception, TooSlow):
            said = {"error": traceback.format_exc()[-2000:]}
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        spent = round(time.process_time() - begun, 2)
        sys.stdout.write(json.dumps({"name": name, "bytes": len(data), "seconds": spent, **said}, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
