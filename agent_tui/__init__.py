"""The support agent's desk: the relationship before the script."""

__version__ = "0.1.0"
