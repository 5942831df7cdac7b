"""Running text: what is a figure, what it counts, when and of whom; lists that a stated count announces."""
