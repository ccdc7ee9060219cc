"""Fixtures for every test."""

from tests.browser import shown

__all__ = ["shown"]
