"""From a document to the plan file it amounts to: outline, tables, indicators, figures in prose, and the draft."""
