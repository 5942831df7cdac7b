"""Source text with spans, its validation, and the frozen Plan built from it."""
