"""Evidence: every figure of a plan at its place in the document, and every figure of the document in the plan."""
