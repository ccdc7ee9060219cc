"""Constants of the integration."""

import logging
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "downloads2mqtt"
NAME: Final = "downloads2mqtt"
LOGGER: Final = logging.getLogger(__package__)

CONF_BASE_TOPIC: Final = "base_topic"
CONF_EXCLUDED_CLIENTS: Final = "excluded_clients"
CONF_DOWNLOAD_SENSORS: Final = "download_sensors"
CONF_DOWNLOAD_SENSORS_LIMIT: Final = "download_sensors_limit"
CONF_EVENT_TYPES: Final = "event_types"

DEFAULT_BASE_TOPIC: Final = "downloads2mqtt"
DEFAULT_DOWNLOAD_SENSORS_LIMIT: Final = 20
MOST_DOWNLOAD_SENSORS: Final = 200

PLATFORMS: Final = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TODO,
)
