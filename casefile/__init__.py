"""Casefile: the case file of a child's EHC plan, kept by a parent on their own computer."""

__version__ = "0.1.0"
