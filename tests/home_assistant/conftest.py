"""What the component's tests share; collected only where Home Assistant is: see script/test-home-assistant."""

from importlib.util import find_spec

if find_spec("homeassistant") is None:
    collect_ignore_glob = ["test_*.py"]
else:
    # Imported first, so that the test package's own `custom_components` does not hide ours.
    import custom_components  # noqa: F401

    from tests.home_assistant.fixtures import *  # noqa: F403
