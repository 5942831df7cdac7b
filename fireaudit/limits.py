"""How much one plan may ask for before something is left undone, and said to be."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST = 64 * 1024 * 1024
"""Bytes of a file, unless the settings say otherwise of those that are audited."""

MOST_BYTES = 256 * 1024 * 1024
"""What the settings can allow at most; more is never read of anything."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a repository may set in ``[limits]``.

    ``max_bytes`` of a file that is audited; ``max_numerals`` in the running text of a document, ``max_cells`` in its tables;
    ``max_values`` of a plan file, keys, lists and mappings among them; ``max_check`` characters of a check; ``max_figures`` in
    all relations of a plan together, each counted wherever it stands; ``max_findings`` of one rule in one plan; ``max_tries``:
    sets of figures that the diagnosis of a plan tries to change; ``max_lookups``: figures, rows and places of a document that are
    looked at to verify a plan against it; ``max_output`` characters that a command prints of one plan beside its findings;
    ``max_trials``: figures that the trials of ``mutate`` go through in one plan.
    """

    max_bytes: int = LARGEST
    max_numerals: int = 50_000
    max_cells: int = 200_000
    max_values: int = 1_400_000
    max_check: int = 2000
    max_figures: int = 2_000_000
    max_findings: int = 1000
    max_tries: int = 3000
    max_lookups: int = 4_000_000
    max_output: int = 10_000_000
    max_trials: int = 10_000_000


USUAL = Limits()
