"""What changed between two versions of a plan: figures, relations, findings and cases."""
