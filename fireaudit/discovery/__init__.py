"""Discovery: relations that the figures of a plan seem to satisfy, each with its support; what chance explains is left alone."""
