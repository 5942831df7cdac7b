"""One renderer a format: a pure function from an Audit to text."""
