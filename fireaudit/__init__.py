"""fireaudit: audits the figures of public plans."""

__version__ = "0.1.0"
