"""The long day in short: `make soak` does the same with 25 interviews and 50 kills."""

import pytest

from tests.tablet.offline.day import Day, Plan, whole_day
from tests.tablet.offline.test_canary import CANARY, found_in

pytestmark = pytest.mark.browser


@pytest.fixture
def address(network) -> str:
    return network.address


def test_a_day_with_kills_cuts_a_full_storage_and_an_update_loses_nothing(ready, network, surveys, app):
    day = Day(ready, network, Plan(interviews=3, kills=2, cuts=2))
    whole_day(day, surveys, app)
    assert day.kills >= 2
    assert day.full == 1
    ready.stop()
    assert found_in(ready.profile, CANARY) == []
