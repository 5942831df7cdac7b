"""The list of licences is that of what is installed."""

from __future__ import annotations

import importlib.util

from tests.conftest import ROOT


def test_the_list_of_licences_is_up_to_date_and_all_are_permissive() -> None:
    spec = importlib.util.spec_from_file_location("list_licences", ROOT / "scripts" / "list_licences.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    assert page == module.page(), "run scripts/list_licences.py"
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 7 and all(any(word in row[1] for word in ("MIT", "BSD", "Apache", "PSF", "ISC")) for row in rows), rows
