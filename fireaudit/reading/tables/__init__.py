"""Grids of a document as tables with headings, units, rows by kind, totals and what they are sums of."""
