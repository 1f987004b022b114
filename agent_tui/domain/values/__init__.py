"""Frozen values that services hand out and take in. Standard library only."""
