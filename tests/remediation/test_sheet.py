"""The sheet for a worker who is owed money: one page in each language, no name, for the remediation role alone."""

from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from mapper.language.profile import languages
from mapper.language.reader import reader
from mapper.store import database as store
from mapper.store.tables import ReferralContact
from tests.conftest import SignIn
from tests.remediation.conftest import Desk, cost

YEAR = date.today().year + 1


@pytest.fixture
def owed(desk: Desk) -> tuple[Desk, str]:
    """A worker of the mill with twelve instalments, of which one was paid; the address of the sheet."""
    with store.transaction() as session:
        session.add(
            ReferralContact(code="H", country="MY", organisation="Helpline", service="legal", telephone="+60 3 1")
        )
        session.add(
            ReferralContact(code="X", country="TH", organisation="Elsewhere", service="legal", telephone="+66 1")
        )
    worker = desk.interview(cost(1200))
    desk.decide()
    desk.agree(worker, count="12", first=f"{YEAR}-07-01")
    desk.pay(worker, "100")
    return desk, f"/repayments/claims/{desk.claim(worker).id}/sheet.pdf"


def sheet(answer: Any) -> str:
    """The text of the one page."""
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    [one] = pypdfium2.PdfDocument(BytesIO(answer.data))
    return str(one.get_textpage().get_text_range()).replace("\u00a0", " ")


def test_it_says_the_amount_the_instalments_what_to_do_and_whom_to_call_and_no_name(owed: tuple[Desk, str]) -> None:
    desk, address = owed
    said = sheet(desk.client.get(address + "?language=en"))
    for text in (
        "MYR 1,200",
        "MYR 1,100",
        "MYR 100",
        f"June 1, {YEAR + 1}",
        "Helpline",
        "+60 3 1",
        "/withdraw",
        "may punish you",
    ):
        assert text in said, text
    assert "R-" in said
    assert f"July 1, {YEAR}" not in said, "that instalment came"
    for name in ("Canary Mill", "MILL", "Elsewhere", "own buyer"):
        assert name not in said, name


def test_it_is_one_page_in_every_language_and_says_that_it_is_a_draft(owed: tuple[Desk, str]) -> None:
    desk, address = owed
    assert "Draft" not in sheet(desk.client.get(f"{address}?language=en"))
    for language in languages():
        assert sheet(desk.client.get(f"{address}?language={language}")), language


def test_it_is_in_the_language_of_the_interview(owed: tuple[Desk, str]) -> None:
    desk, address = owed
    answer = desk.client.get(address)
    assert "sheet-ne.pdf" in answer.headers["Content-Disposition"]
    assert "Draft translation." not in sheet(answer)
    assert reader("ne").say("Draft translation.")[:5] in sheet(answer)


@pytest.mark.parametrize("person", ["auditor", "reviewer", "supplier", "researcher", "administrator"])
def test_nobody_else_opens_it(owed: tuple[Desk, str], sign_in: SignIn, person: str) -> None:
    assert sign_in(person).get(owed[1]).status_code == 403
