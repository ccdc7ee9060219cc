"""Which bridges are there, by what they say and when they last gave a sign of life."""

from hypothesis import given
from hypothesis import strategies as st

from downloads2mqtt.relay.hub.presence import SILENCE, Presence, instant


def test_a_bridge_without_health_is_believed_for_a_while() -> None:
    presence = Presence()
    assert not presence.online(0.0)
    presence.say(True, 10.0)
    assert presence.online(10.0 + SILENCE)
    assert not presence.online(10.1 + SILENCE)


def test_an_old_retained_sign_does_not_count_as_life() -> None:
    presence = Presence()
    presence.say(True, 0.0)
    presence.sign("started", 1000.0, 90_000.0, 0.0)
    presence.sign("health", 80_000.0, 90_000.0, 0.0)
    assert not presence.online(0.0)


def test_a_restart_counts_before_the_first_health_comes() -> None:
    presence = Presence()
    presence.say(True, 0.0)
    presence.sign("health", 0.0, 500.0, 0.0)
    assert not presence.online(0.0)
    presence.sign("started", 500.0, 500.0, 0.0)
    assert presence.online(0.0)


def test_after_the_broker_was_away_a_newer_sign_may_still_be_old() -> None:
    presence = Presence()
    presence.say(True, 0.0)
    presence.sign("health", 0.0, 0.0, 0.0)
    presence.reconnect()
    presence.sign("health", 30.0, 600.0, 600.0)
    assert not presence.online(600.0)


@given(st.floats(-1e6, 1e6), st.integers(2, 50))
def test_a_wrong_clock_keeps_no_bridge_offline(ahead: float, beats: int) -> None:
    presence = Presence()
    presence.say(True, 0.0)
    for beat in range(beats):
        now = 30.0 * beat
        presence.sign("health", now + ahead, now, now)
    assert presence.online(now)
    assert not presence.online(now + SILENCE + 1)


def test_a_sign_told_twice_is_one() -> None:
    presence = Presence()
    presence.say(True, 0.0)
    presence.sign("health", 0.0, 0.0, 0.0)
    presence.sign("health", 0.0, 0.0, 80.0)
    assert not presence.online(100.0)


def test_times_with_and_without_fractions_compare() -> None:
    assert instant("2026-11-21T10:00:00Z") < instant("2026-11-21T10:00:00.001Z") < instant("2026-11-21T12:00:01+02:00")
