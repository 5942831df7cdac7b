"""Coverage-guided fuzzing: ``python -m fuzz.run TARGET [libFuzzer options]``, or all targets, ``python -m fuzz.run all SECONDS``.

New inputs go to ``fuzz/found/TARGET``, what broke something to ``fuzz/found/TARGET/crash-…``."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).parent
BOUNDS = ("-timeout=20", "-rss_limit_mb=1500", "-close_fd_mask=1")


def fuzz(name: str, options: list[str]) -> None:
    """Does not return."""
    import atheris

    with atheris.instrument_imports(include=["fireaudit"]):
        from fuzz.targets import TARGETS
    found = HERE / "found" / name
    found.mkdir(parents=True, exist_ok=True)
    words = (f"-dict={HERE / 'words.dict'}", f"-artifact_prefix={found}/crash-", *BOUNDS)
    atheris.Setup([sys.argv[0], *words, *options, str(found), str(HERE / "corpus" / name)], TARGETS[name])
    atheris.Fuzz()


def fuzz_all(seconds: int) -> int:
    """Each target for ``seconds``, one a core; a line each as it ends, and 1 if any broke."""

    def one(name: str) -> bool:
        start = time.monotonic()
        done = subprocess.run([sys.executable, "-m", "fuzz.run", name, f"-max_total_time={seconds}"], capture_output=True, text=True)
        last = (done.stderr.strip().splitlines() or [""])[-1]
        sys.stdout.write(f"{name}: {'broken' if done.returncode else 'sound'} after {time.monotonic() - start:.0f} s: {last[:200]}\n")
        sys.stdout.flush()
        return done.returncode == 0

    names = sorted(folder.name for folder in (HERE / "corpus").iterdir())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return 0 if all(list(pool.map(one, names))) else 1


if __name__ == "__main__":
    if sys.argv[1] == "all":
        sys.exit(fuzz_all(int(sys.argv[2])))
    fuzz(sys.argv[1], sys.argv[2:])
