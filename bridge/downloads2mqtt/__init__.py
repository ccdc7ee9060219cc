"""Every download client in the house on one live MQTT bus."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("downloads2mqtt")
except PackageNotFoundError:
    __version__ = "0.0.0+source"
