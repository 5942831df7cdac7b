"""What running text states of its own figures: sums, parts, changes, differences, shares, means, restatements."""
