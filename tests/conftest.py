from __future__ import annotations

import pytest

from fireaudit.app import Audited, Options, audit_text


@pytest.fixture
def audited() -> object:
    """Audits plan text; the head of the file is supplied."""

    def run(body: str, head: str = "fireaudit: 1\nplan: {title: 例, period: 2021-2025}\n") -> Audited:
        return audit_text("plan.yaml", (head + body).encode(), Options())

    return run
