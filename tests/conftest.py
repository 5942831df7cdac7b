from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from fireaudit.app import Audited, Options, audit_text

ROOT = Path(__file__).parent.parent
# The same examples in every run, so that a run says something about the change; FIREAUDIT_RANDOM=1 looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
if not os.environ.get("FIREAUDIT_RANDOM"):
    settings.load_profile("repeatable")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests share no cache with whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIREAUDIT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def audited() -> object:
    """Audits plan text; the head of the file is supplied."""

    def run(body: str, head: str = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n") -> Audited:
        return audit_text("plan.yaml", (head + body).encode(), Options())

    return run


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What fireaudit is built and run with, fetched once; the environment in which pip installs from there alone.
    What installs packages is skipped where pip can fetch none."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    folder = tmp_path_factory.mktemp("wheels")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--retries", "1", "--constraint", str(ROOT / "constraints.txt")]
    done = subprocess.run([*pip, "--dest", str(folder), *needed], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"pip can fetch nothing here: {done.stderr.strip()[-200:]}")
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_NO_COMPILE": "1", "PIP_CONFIG_FILE": os.devnull}
