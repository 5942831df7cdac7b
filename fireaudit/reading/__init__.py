"""Meaning read out of running text: the figures it states, what they count and when, and what it lists."""
