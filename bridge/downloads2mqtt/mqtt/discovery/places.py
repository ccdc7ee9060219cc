"""The topics of discovery, and the names by which Home Assistant knows what they tell of. Pure."""

from dataclasses import dataclass

from downloads2mqtt.contract.topics import Topics, level

BIRTH = "homeassistant/status"
"""Where Home Assistant says `online` when it has started; its discovery prefix does not change that."""


@dataclass(frozen=True, slots=True)
class Places:
    """Below one base topic and one discovery prefix."""

    topics: Topics
    prefix: str = "homeassistant"

    @property
    def node(self) -> str:
        """The base topic as one level, which begins every name."""
        return self.topics.base.replace("/", "-")

    @property
    def births(self) -> tuple[str, ...]:
        """Where Home Assistant may say that it has started."""
        return tuple(dict.fromkeys((BIRTH, f"{self.prefix}/status")))

    @property
    def configs(self) -> str:
        """A filter for every configuration below this base topic."""
        return f"{self.prefix}/device/{self.node}/+/config"

    @property
    def component(self) -> str:
        """Where the component says whether it shows the clients."""
        return f"{self.topics.base}/home_assistant/state"

    @property
    def orders(self) -> str:
        """A filter for every switch of `paused`."""
        return f"{self.topics.base}/home_assistant/client/+/paused"

    def config(self, subject: str) -> str:
        """The configuration of `client_<client>` or `bridge_<bridge>`."""
        return f"{self.prefix}/device/{self.node}/{subject}/config"

    def identifier(self, subject: str) -> str:
        """What identifies its device."""
        return f"{self.node}_{subject}"

    def summary(self, client: str) -> str:
        """What the bridge reckons for Home Assistant alone."""
        return f"{self.topics.base}/home_assistant/client/{level(client)}"

    def paused(self, client: str) -> str:
        """Where Home Assistant switches `paused`."""
        return f"{self.summary(client)}/paused"


def client_subject(client: str) -> str:
    """The subject that a client is."""
    return f"client_{level(client)}"


def bridge_subject(bridge: str) -> str:
    """The subject that a bridge is."""
    return f"bridge_{level(bridge)}"
