"""A decision with more claims than fit on a page: chosen by what they need, found by number, a hundred at a time."""

import re

from mapper.store import database as store
from mapper.store import repayments as stored
from mapper.store.tables_remediation import RepaymentClaim, RepaymentWorker
from tests.remediation.conftest import Desk, cost


def numbers(desk: Desk, query: str) -> list[str]:
    page = desk.client.get(f"/repayments/{desk.decision().id}{query}").text
    return re.findall(r'nowrap">(R-[^<]+)<', page)


def test_claims_are_chosen_by_what_they_need_and_found_by_number(desk: Desk) -> None:
    agreed, asked, unknown = desk.interview(cost(100)), desk.interview(cost(200)), desk.interview(paid_anything="yes")
    desk.decide()
    desk.agree(agreed)
    assert set(numbers(desk, "")) == {desk.number(each) for each in (agreed, asked, unknown)}
    assert numbers(desk, "?show=ask") == [desk.number(asked)]
    assert numbers(desk, "?show=incomplete") == [desk.number(unknown)]
    assert numbers(desk, "?show=nonsense&page=x") == numbers(desk, "")
    assert numbers(desk, f"?q={desk.number(agreed)[2:].lower()}") == [desk.number(agreed)]
    assert "No claim fits" in desk.client.get(f"/repayments/{desk.decision().id}?q=zzzz").text


def test_the_totals_are_of_all_and_the_rows_of_one_page(desk: Desk) -> None:
    desk.interview(cost(100))
    desk.decide()
    decision = desk.decision()
    with store.transaction() as session:
        taken = stored.numbers(session)
        for place in range(250):
            worker = RepaymentWorker(response_id=decision.id.__class__(int=place), number=f"R-{place:07}")
            assert worker.number not in taken
            session.add(worker)
            session.flush()
            session.add(RepaymentClaim(decision_id=decision.id, worker_id=worker.id, amount="10"))
    pages = [numbers(desk, f"?page={page}") for page in (1, 2, 3, 99)]
    assert [len(each) for each in pages] == [100, 100, 51, 51]
    assert len(set(pages[0] + pages[1] + pages[2])) == 251
    assert "2,600" in desk.client.get(f"/repayments/{decision.id}?page=3").text
