"""The printed sheet for one worker who is owed money, for the remediation role alone."""

from datetime import date
from io import BytesIO
from uuid import UUID

from flask import current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from mapper.language.profile import languages, profile
from mapper.language.reader import reader
from mapper.paper import CannotPrint, page, to_pdf
from mapper.remediation import slip as texts
from mapper.remediation.instalment_plan import still_due
from mapper.store import audit, contacts, database
from mapper.store.tables_remediation import RepaymentClaim, RepaymentDecision
from mapper.web.repayment_lines import claim_or_gone, line

MOST_CONTACTS = 3


def pdf(claim_id: UUID) -> ResponseReturnValue:
    """In the language of the interview, or the one that was asked for."""
    with database.transaction() as session:
        found = claim_or_gone(session, claim_id)
        shown = line(session, found)
        if shown.standing.is_open:
            flash(_("The amount is not known yet: a sheet would say that nothing is owed."), "problem")
            return redirect(url_for("repayment_claim.page", claim_id=claim_id))
        wanted = request.args.get("language") or shown.worker.language or ""
        language = wanted if wanted in languages() else "en"
        sheet = _slip(session, found, language)
        audit.record(session, current_user.id, "print", f"claim {claim_id}", language=language)
    read = reader(language)
    try:
        content = to_pdf(page("print/slip.html", read, slip=sheet, texts=texts))
    except CannotPrint as problem:
        flash(_("PDF cannot be made on this server: Pango is not installed."), "problem")
        current_app.logger.warning("%s", problem)
        return redirect(url_for("repayment_claim.page", claim_id=claim_id))
    return send_file(BytesIO(content), mimetype="application/pdf", download_name=f"sheet-{language}.pdf")


def _slip(session: Session, claim: RepaymentClaim, language: str) -> texts.Slip:
    """What the sheet says today. The file's name tells nothing of the worker."""
    shown, made = line(session, claim), session.get_one(RepaymentDecision, claim.decision_id)
    due = still_due(claim.instalments, shown.standing.left, date.today())
    near = contacts.of_supplier(session, made.supplier_id)
    near.sort(key=lambda one: language not in one.languages)  # whoever speaks the language first
    return texts.Slip(
        number=shown.worker.number,
        currency=made.currency,
        owed=shown.standing.amount,
        came=shown.standing.paid,
        left=shown.standing.left,
        parts=[(date.fromisoformat(day), amount) for day, amount in due],
        is_listed=shown.worker.consent == "yes",
        contacts=[texts.Contact(one.organisation, one.telephone) for one in near[:MOST_CONTACTS]],
        withdraw=url_for("withdraw.withdraw", _external=True),
        is_draft=profile(language).is_draft,
        synthetic=made.synthetic,
    )
