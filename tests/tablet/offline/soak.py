"""The long day, by hand or `make soak`: 25 interviews in four languages; see day.py for what goes wrong meanwhile.

At the end every finished interview is on the server exactly once, every draft resumes, and no marker word lies in the
browser's profile. The settings SOAK_INTERVIEWS, SOAK_KILLS, SOAK_CUTS and SOAK_SEED make it longer or another one.
"""

import os

import pytest

from tests.tablet.offline.day import LIST, Day, Plan, whole_day
from tests.tablet.offline.test_canary import CANARY, found_in

pytestmark = pytest.mark.browser
IDLE = 10  # seconds
MOST_MEMORY = 20  # MB


@pytest.fixture
def address(network) -> str:
    return network.address


def setting(name: str, otherwise: int) -> int:
    return int(os.environ.get(f"SOAK_{name}", otherwise))


def test_a_whole_day(ready, network, surveys, app, capsys):
    plan = Plan(setting("INTERVIEWS", 25), setting("KILLS", 50), setting("CUTS", 10), setting("SEED", 4))
    day = Day(ready, network, plan)
    whole_day(day, surveys, app)
    assert day.kills >= plan.kills
    assert found_in(ready.profile, CANARY) == []
    on_draft, memory = at_rest(ready)
    day.go(LIST)
    on_list, memory_of_list = at_rest(ready)
    with capsys.disabled():
        up, down = day.cuts
        others = sum(network.cuts.values()) - up - down
        print(
            f"\n{len(day.finished)} interviews, {day.kills} kills, full storage {day.full} times, "
            f"{up} sendings cut on the way there and {down} on the way back, {others} other cuts, "
            f"update at try {day.updates}; "
            f"script in {IDLE} idle seconds {on_draft:.1f} ms (interview), {on_list:.1f} ms (list); "
            f"memory of the script {memory:.1f} MB (interview), {memory_of_list:.1f} MB (list)"
        )
    assert max(memory, memory_of_list) < MOST_MEMORY
    assert max(on_draft, on_list) < 5, "nothing runs while nobody touches the tablet"


def at_rest(tablet) -> tuple[float, float]:
    """Milliseconds of script while nobody touches the page, and its memory in MB."""
    session = tablet.context.new_cdp_session(tablet.page)
    session.send("Performance.enable")
    tablet.page.wait_for_timeout(3000)

    def told(name: str) -> float:
        return next(each["value"] for each in session.send("Performance.getMetrics")["metrics"] if each["name"] == name)

    before = told("ScriptDuration")
    tablet.page.wait_for_timeout(IDLE * 1000)
    used = told("ScriptDuration") - before
    session.send("HeapProfiler.collectGarbage")
    return used * 1000, told("JSHeapUsedSize") / 2**20
