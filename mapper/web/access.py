"""Who may see what: the one place. Whatever is not listed here is refused to everybody.

Two questions are asked of every request. *May this role open this page?* is answered by `RULES`, before the view
runs. *Whose rows may it show?* is answered by `scope()`, which views hand to the queries: a reviewer sees the
suppliers of their own buyer and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

ANONYMOUS = "anonymous"
ROLES = ("auditor", "reviewer", "supplier", "researcher", "administrator", "remediation")

ANYONE = frozenset({ANONYMOUS, *ROLES})
SIGNED_IN = frozenset(ROLES)
REMEDIATION = frozenset({"remediation"})  # alone sees what is owed to whom, and nothing else
REVIEW = SIGNED_IN - REMEDIATION - {"supplier"}  # may see what was released; a supplier sees its own plan alone
ADMINISTRATOR = frozenset({"administrator"})
PLANS = SIGNED_IN - REMEDIATION  # a plan is read by whom it concerns: see `actions.seen`
AUDITOR = frozenset({"auditor"})  # decides what leaves the audit team
AUDIT_TEAM = frozenset({"auditor", "researcher", "administrator"})  # may see pseudonymous rows
RESEARCH = frozenset({"researcher", "administrator"})  # may take pseudonymous rows out

DUTY = "safeguarding"  # no role: the administrator gives it to named people of the audit team
SAFEGUARDING = frozenset({DUTY})

RULES: Mapping[str, frozenset[str]] = {  # endpoint → roles; one line each, in the order of the blueprints
    "static": ANYONE,
    "home.index": ANYONE,
    "home.healthz": ANYONE,
    "auth.sign_in": ANYONE,
    "auth.sign_out": SIGNED_IN,
    "auth.account": SIGNED_IN,
    "auth.sign_out_everywhere": SIGNED_IN,
    "auth.language": ANYONE,
    "interview.start": AUDIT_TEAM,
    "interview.begin": AUDIT_TEAM,
    "interview.document": AUDIT_TEAM,
    "interview.posted": AUDIT_TEAM,
    "interview.thanks": AUDIT_TEAM,
    "interview.script": ANYONE,
    "interview.contacts": AUDIT_TEAM,
    "offline.tablet": AUDIT_TEAM,
    "offline.worker": ANYONE,  # browsers ask for these two without saying who is signed in
    "offline.manifest": ANYONE,
    "offline.session": AUDIT_TEAM,
    "api.put_response": AUDIT_TEAM,
    "api.post_responses": AUDIT_TEAM,
    "tablet.key": AUDIT_TEAM,
    "tablet.ready": AUDIT_TEAM,
    "tablet.document": AUDIT_TEAM,
    "tablet.file": AUDIT_TEAM,
    "tablet.receipts": AUDIT_TEAM,
    "paper.index": AUDIT_TEAM,
    "paper.begin": AUDIT_TEAM,
    "paper.look": AUDIT_TEAM,
    "paper.print_": AUDIT_TEAM,
    "paper.key": AUDIT_TEAM,
    "paper.save": AUDIT_TEAM,
    "paper.check": AUDIT_TEAM,
    "withdraw.withdraw": ANYONE,
    "quarantine.listing": AUDITOR | ADMINISTRATOR,  # an administrator reads, an auditor decides
    "quarantine.response": AUDITOR | ADMINISTRATOR,
    "quarantine.find": AUDITOR | ADMINISTRATOR,
    "quarantine.decide": AUDITOR,
    "quarantine.withdraw": AUDITOR,
    "quarantine.open_again": AUDITOR,
    "safeguarding.listing": SAFEGUARDING,
    "safeguarding.case": SAFEGUARDING,
    "safeguarding.change": SAFEGUARDING,
    "review.portfolio": REVIEW,
    "review.supplier": REVIEW,
    "review.corridors": REVIEW,
    "review.corridor": REVIEW,
    "review.comparison": REVIEW,
    "review.rounds": REVIEW,
    "review.discrepancies": REVIEW,
    "review.chain_map": REVIEW,
    "review.summary": REVIEW,
    "review.paper": REVIEW,
    "review.workbook": REVIEW,
    "trace.page": REVIEW,
    "trace.paper": REVIEW,
    "release.listing": AUDITOR,
    "release.prepare": AUDITOR,
    "release.publish": AUDITOR,
    "actions.listing": PLANS,
    "actions.plan": PLANS,
    "actions.edit_recommendation": PLANS,
    "actions.new_action": PLANS,
    "actions.edit_action": PLANS,
    "actions.undo": PLANS,
    "actions.workbook": PLANS,
    "actions.settle": PLANS,
    "actions.calendar": PLANS,
    "actions.findings": REVIEW,
    "actions.note": REVIEW,
    "actions.start": REVIEW,
    "actions.propose": REVIEW,
    "actions.hand_over": REVIEW,
    "actions.new_recommendation": REVIEW,
    "actions.workers": AUDIT_TEAM,
    "actions.screen": AUDIT_TEAM,
    "actions.poster": AUDIT_TEAM,
    "actions.closing": AUDIT_TEAM,
    "remediation.index": REMEDIATION,
    "remediation.calculate": REMEDIATION,
    "remediation.decision": REMEDIATION,
    "remediation.take_back": REMEDIATION,
    "repayment_claim.page": REMEDIATION,
    "repayment_claim.consent": REMEDIATION,
    "repayment_claim.interest": REMEDIATION,
    "repayment_slip.pdf": REMEDIATION,
    "repayment_claim.pay": REMEDIATION,
    "repayment_claim.confirm": REMEDIATION,
    "repayment_claim.take_back": REMEDIATION,
    "payment_link.make": REMEDIATION,
    "payment_link.end": REMEDIATION,
    "verification.page": REMEDIATION,
    "verification.draw": REMEDIATION,
    "remediation_cases.listing": REMEDIATION,
    "remediation_cases.create": REMEDIATION,
    "remediation_cases.case": REMEDIATION,
    "remediation_cases.change": REMEDIATION,
    "payment_list.page": ANYONE,  # the employer holds an address, and a code that opens it once
    "payment_list.download": ANYONE,
    "study.index": RESEARCH,
    "study.questionnaire": RESEARCH,
    "study.preview": RESEARCH,
    "study.preview_document": RESEARCH,
    "study.upload": RESEARCH,
    "study.sample": RESEARCH,
    "study.draft": RESEARCH,
    "study.download": RESEARCH,
    "study.publish": RESEARCH,
    "study.discard": RESEARCH,
    "study.retire": RESEARCH,
    "study.undo": RESEARCH,
    "study.differences": RESEARCH,
    "study.modules": RESEARCH,
    "study.indicators": RESEARCH,
    "study.translations": RESEARCH,
    "study.export": RESEARCH,
    "programme.listing": REVIEW,
    "programme.load": AUDIT_TEAM,
    "programme.dashboard": REVIEW,
    "programme.indicator": REVIEW,
    "programme.workbook": REVIEW,
    "programme.results_csv": REVIEW,
    "programme.trainings": AUDIT_TEAM,
    "programme.stakeholders": AUDIT_TEAM,
    "programme.evidence": AUDIT_TEAM,
    "programme.gender_programme": REVIEW,
    "programme.gender_supplier": REVIEW,
    "programme.assess_programme": AUDIT_TEAM,
    "programme.assess_supplier": AUDIT_TEAM,
    "programme.share_level": AUDIT_TEAM,
    "programme.create": AUDIT_TEAM,
    "programme.edit": AUDIT_TEAM,
    "programme.remove": AUDIT_TEAM,
    "admin.index": ADMINISTRATOR,
    "admin.listing": ADMINISTRATOR,
    "admin.create": ADMINISTRATOR,
    "admin.edit": ADMINISTRATOR,
    "admin.remove": ADMINISTRATOR,
    "admin.users": ADMINISTRATOR,
    "admin.create_user": ADMINISTRATOR,
    "admin.reset_password": ADMINISTRATOR,
    "admin.switch_user": ADMINISTRATOR,
    "admin.switch_safeguarding": ADMINISTRATOR,
    "admin.tokens": ADMINISTRATOR,
    "admin.revoke_token": ADMINISTRATOR,
    "admin.trail": ADMINISTRATOR,
}

csrf = CSRFProtect()


@dataclass(frozen=True)
class Scope:
    """Whose suppliers, mappings and results may be shown: everybody's, or those of one buyer (None: of nobody)."""

    everything: bool
    buyer_id: UUID | None = None
    supplier_id: UUID | None = None  # of the role supplier, which belongs to no buyer

    def covers(self, buyer_id: UUID) -> bool:
        return self.everything or (self.buyer_id is not None and self.buyer_id == buyer_id)


class Shareable(Protocol):
    """Something that belongs to a buyer or to nobody, and that its keepers may open to that buyer's reviewers."""

    buyer_id: UUID | None
    shared: bool
    published: bool


def reads_programme(programme: Shareable) -> bool:
    """Published figures are open to everybody who signs in; others to the audit team, and once shared to the reviewers
    of the programme's own buyer."""
    seen = scope()
    if seen.everything or programme.published:
        return True
    return programme.shared and programme.buyer_id is not None and seen.covers(programme.buyer_id)


def scope() -> Scope:
    """What the person of this request may see rows of."""
    if current_user.is_authenticated and current_user.role in AUDIT_TEAM:
        return Scope(everything=True)
    mine = (getattr(current_user, name, None) for name in ("buyer_id", "supplier_id"))
    return Scope(False, *mine)


def allowed(endpoint: str, role: str | None = None) -> bool:
    """Whether a role (by default the one of this request) may open the endpoint; templates ask this for links."""
    asking = {role} if role else _mine()
    return not asking.isdisjoint(RULES.get(endpoint, frozenset())) and endpoint in current_app.view_functions


def _mine() -> set[str]:
    """The role of this request, and its duty where it has one."""
    if not current_user.is_authenticated:
        return {ANONYMOUS}
    return {current_user.role} | ({DUTY} if current_user.safeguarding else set())


def install(app: Flask) -> None:
    csrf.init_app(app)
    app.before_request(check)
    app.add_template_global(allowed, "allowed")


def check() -> ResponseReturnValue | None:
    """Stop a request that the table does not allow, or that another site may have forged."""
    if request.endpoint in (None, "static"):  # None: errors says 404 or 405
        return None
    roles = RULES.get(request.endpoint or "", frozenset())
    signed_in = current_user.is_authenticated
    if "store_failure" in g:  # raised here, where it becomes a page, and not while a page is being made
        raise g.store_failure
    if ANONYMOUS not in roles and not signed_in:
        refused: ResponseReturnValue = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return refused
    if _mine().isdisjoint(roles):
        abort(403)
    if not (signed_in and current_user.by_token):  # a browser does not send bearer tokens by itself
        csrf.protect()
    return None
