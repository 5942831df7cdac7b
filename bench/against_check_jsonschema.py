"""The full audit of the two plans against check-jsonschema's schema check alone, on the same files, side by side."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
PLANS = [str(path) for path in sorted((ROOT / "plans").glob("*.yaml"))]
COMMANDS = {
    "fireaudit check": [str(BIN / "fireaudit"), "check", *PLANS, "--format", "json", "--fail-level", "never"],
    "check-jsonschema": [str(BIN / "check-jsonschema"), "--schemafile", str(ROOT / "schemas" / "plan.schema.json"), *PLANS],
}
ROUNDS = 11


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            start = time.perf_counter()
            subprocess.run(command, check=False, capture_output=True)
            times[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    for name, median in medians.items():
        sys.stdout.write(f"{name:18} {median * 1000:7.0f} ms\n")
    ours, theirs = medians.values()
    sys.stdout.write(f"ratio              {ours / theirs:7.2f}\n")


if __name__ == "__main__":
    main()
