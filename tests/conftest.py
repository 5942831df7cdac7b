from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fireaudit.app import Audited, Options, audit_text


@pytest.fixture
def audited() -> object:
    """Audits plan text; the head of the file is supplied."""

    def run(body: str, head: str = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n") -> Audited:
        return audit_text("plan.yaml", (head + body).encode(), Options())

    return run


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What installs packages is skipped where pip can fetch none."""
    folder: Path = tmp_path_factory.mktemp("registry")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--retries", "0", "--timeout", "20"]
    done = subprocess.run([*command, "--dest", str(folder), "hatchling"], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"pip can install nothing here: {done.stderr.strip()[-200:]}")
