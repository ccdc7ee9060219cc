"""Fixtures for every test."""

from hypothesis import settings

from tests.browser import shown

__all__ = ["shown"]

# A deadline for one example says how busy the machine is, not what is wrong.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
