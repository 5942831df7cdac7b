"""What the verdicts mean together: cases and their repairs, conflicts, the sanity of checks, coverage, mutation."""
