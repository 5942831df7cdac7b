"""Documents as they are written and published → Document: paragraphs, tables, footnotes, each with its spot."""
