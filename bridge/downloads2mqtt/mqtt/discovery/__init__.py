"""Home Assistant's own MQTT discovery: devices and entities for those who install nothing there."""
