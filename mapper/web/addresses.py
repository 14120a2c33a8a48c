"""The addresses of the doors, each with its view. The views are imported when somebody first asks for one of a
door, so that the first page does not wait for questionnaires, scoring and summaries that nobody has opened yet.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue


@dataclass(frozen=True)
class Door:
    """`addresses`: method, path, and the name of the function in the module that answers; it is the endpoint too."""

    name: str
    module: str
    addresses: tuple[tuple[str, str, str], ...]

    def blueprint(self) -> Blueprint:
        made = Blueprint(self.name, self.module)
        for method, path, view in self.addresses:
            made.add_url_rule(path, view, _late(self.module, view), methods=[method])
        return made


@cache
def _late(module: str, view: str) -> Callable[..., ResponseReturnValue]:
    def answer(**parts: Any) -> ResponseReturnValue:
        found: ResponseReturnValue = getattr(import_module(module), view)(**parts)
        return found

    return answer


DOORS = (
    Door(
        "interview",
        "mapper.web.interview",
        (
            ("GET", "/interviews", "start"),
            ("GET", "/interviews/begin", "begin"),
            ("GET", "/interview/<survey>/<version>/<language>/<uuid:response_id>", "document"),
            ("GET", "/interviews/script/<version>.js", "script"),
            ("POST", "/interview/<survey>/<version>/<language>/<uuid:response_id>", "posted"),
            ("GET", "/interviews/thanks/<uuid:response_id>", "thanks"),
            ("GET", "/interviews/contacts/<uuid:site>", "contacts"),
        ),
    ),
    Door(
        "offline",
        "mapper.web.offline",
        (
            ("GET", "/interviews/tablet", "tablet"),
            ("GET", "/interviews/worker.js", "worker"),
            ("GET", "/interviews/manifest.webmanifest", "manifest"),
            ("GET", "/interviews/session", "session"),
        ),
    ),
    Door(
        "api",
        "mapper.web.api",
        (
            ("PUT", "/api/responses/<response_id>", "put_response"),
            ("POST", "/api/responses", "post_responses"),
        ),
    ),
    Door(
        "tablet",
        "mapper.web.tablet",
        (
            ("GET", "/api/tablet/key", "key"),
            ("GET", "/api/tablet/ready", "ready"),
            ("GET", "/tablet/documents/<survey>/<version>/<language>", "document"),
            ("GET", "/interviews/file", "file"),
            ("POST", "/interviews/file", "file"),
            ("POST", "/interviews/file/receipts", "receipts"),
        ),
    ),
    Door(
        "safeguarding",
        "mapper.web.safeguarding",
        (
            ("GET", "/safeguarding/", "listing"),
            ("GET", "/safeguarding/<uuid:case_id>", "case"),
            ("POST", "/safeguarding/<uuid:case_id>", "change"),
        ),
    ),
    Door(
        "quarantine",
        "mapper.web.quarantine",
        (
            ("GET", "/interviews/quarantine", "listing"),
            ("GET", "/interviews/quarantine/find", "find"),
            ("GET", "/interviews/quarantine/<sequence>", "response"),
            ("POST", "/interviews/quarantine/<sequence>", "decide"),
            ("POST", "/interviews/quarantine/withdraw", "withdraw"),
            ("POST", "/interviews/quarantine/open", "open_again"),
        ),
    ),
    Door(
        "paper",
        "mapper.web.paper",
        (
            ("GET", "/interviews/paper", "index"),
            ("POST", "/interviews/paper", "begin"),
            ("GET", "/interviews/paper/pages", "look"),
            ("POST", "/interviews/paper/pages", "print_"),
            ("GET", "/interviews/paper/key", "key"),
            ("POST", "/interviews/paper/key", "save"),
            ("POST", "/interviews/paper/check", "check"),
        ),
    ),
    Door("withdraw", "mapper.web.withdraw", (("GET", "/withdraw", "withdraw"), ("POST", "/withdraw", "withdraw"))),
    Door(
        "review",
        "mapper.web.review",
        (
            ("GET", "/suppliers/", "portfolio"),
            ("GET", "/suppliers/<supplier>/", "supplier"),
            ("GET", "/suppliers/<supplier>/<round>", "supplier"),
            ("GET", "/corridors/", "corridors"),
            ("GET", "/corridors/<ends>", "corridor"),
            ("GET", "/suppliers/compare", "comparison"),
            ("GET", "/suppliers/<supplier>/rounds", "rounds"),
            ("GET", "/suppliers/<supplier>/<round>/map.svg", "chain_map"),
            ("GET", "/suppliers/<supplier>/<round>/discrepancies", "discrepancies"),
            ("GET", "/suppliers/<supplier>/<round>/summary", "summary"),
            ("GET", "/suppliers/<supplier>/<round>/mapping-summary.pdf", "paper"),
            ("GET", "/suppliers/mapping-summary.xlsx", "workbook"),
        ),
    ),
    Door(
        "trace",
        "mapper.web.trace",
        (
            ("GET", "/suppliers/<supplier>/<round>/trace", "page"),
            ("GET", "/suppliers/<supplier>/<round>/why-this-band.pdf", "paper"),
        ),
    ),
    Door(
        "release",
        "mapper.web.release",
        (
            ("GET", "/releases/", "listing"),
            ("GET", "/suppliers/<supplier>/<round>/release", "prepare"),
            ("POST", "/suppliers/<supplier>/<round>/release", "publish"),
        ),
    ),
    Door(
        "actions",
        "mapper.web.actions",
        (
            ("GET", "/actions/", "listing"),
            ("GET", "/suppliers/<supplier>/<round>/findings", "findings"),
            ("POST", "/suppliers/<supplier>/<round>/findings", "note"),
            ("POST", "/suppliers/<supplier>/<round>/plan", "start"),
            ("GET", "/suppliers/<supplier>/<round>/workers", "workers"),
            ("POST", "/suppliers/<supplier>/<round>/workers", "workers"),
            ("GET", "/suppliers/<supplier>/<round>/workers/<language>", "screen"),
            ("GET", "/suppliers/<supplier>/<round>/workers/<language>.pdf", "poster"),
            ("GET", "/actions/rounds/<uuid:round_id>", "closing"),
            ("POST", "/actions/rounds/<uuid:round_id>", "closing"),
            ("GET", "/actions/<uuid:plan_id>/", "plan"),
            ("POST", "/actions/<uuid:plan_id>/propose", "propose"),
            ("POST", "/actions/<uuid:plan_id>/hand-over", "hand_over"),
            ("POST", "/actions/<uuid:plan_id>/undo", "undo"),
            ("GET", "/actions/<uuid:plan_id>/plan.xlsx", "workbook"),
            ("POST", "/actions/<uuid:plan_id>/plan.xlsx", "workbook"),
            ("GET", "/actions/<uuid:plan_id>/deadlines.ics", "calendar"),
            ("POST", "/actions/<uuid:plan_id>/conflicts/<uuid:conflict_id>", "settle"),
            ("GET", "/actions/<uuid:plan_id>/recommendations/new", "new_recommendation"),
            ("POST", "/actions/<uuid:plan_id>/recommendations/new", "new_recommendation"),
            ("GET", "/actions/<uuid:plan_id>/recommendations/<uuid:row_id>", "edit_recommendation"),
            ("POST", "/actions/<uuid:plan_id>/recommendations/<uuid:row_id>", "edit_recommendation"),
            ("GET", "/actions/<uuid:plan_id>/recommendations/<uuid:row_id>/actions/new", "new_action"),
            ("POST", "/actions/<uuid:plan_id>/recommendations/<uuid:row_id>/actions/new", "new_action"),
            ("GET", "/actions/<uuid:plan_id>/actions/<uuid:row_id>", "edit_action"),
            ("POST", "/actions/<uuid:plan_id>/actions/<uuid:row_id>", "edit_action"),
        ),
    ),
    Door(
        "remediation",
        "mapper.web.remediation",
        (
            ("GET", "/repayments/", "index"),
            ("POST", "/repayments/", "calculate"),
            ("GET", "/repayments/<uuid:decision_id>", "decision"),
            ("POST", "/repayments/<uuid:decision_id>/take-back", "take_back"),
        ),
    ),
    Door(
        "repayment_claim",
        "mapper.web.repayment_claim",
        (
            ("GET", "/repayments/claims/<uuid:claim_id>", "page"),
            ("POST", "/repayments/claims/<uuid:claim_id>/consent", "consent"),
            ("POST", "/repayments/claims/<uuid:claim_id>/interest", "interest"),
            ("POST", "/repayments/claims/<uuid:claim_id>/pay", "pay"),
            ("POST", "/repayments/payments/<uuid:payment_id>", "confirm"),
            ("POST", "/repayments/payments/<uuid:payment_id>/take-back", "take_back"),
        ),
    ),
    Door(
        "repayment_slip", "mapper.web.repayment_slip", (("GET", "/repayments/claims/<uuid:claim_id>/sheet.pdf", "pdf"),)
    ),
    Door(
        "payment_link",
        "mapper.web.payment_link",
        (
            ("POST", "/repayments/<uuid:decision_id>/links", "make"),
            ("POST", "/repayments/links/<uuid:link_id>/end", "end"),
        ),
    ),
    Door(
        "verification",
        "mapper.web.verification",
        (
            ("GET", "/repayments/<uuid:decision_id>/verification", "page"),
            ("POST", "/repayments/<uuid:decision_id>/verification", "draw"),
        ),
    ),
    Door(
        "remediation_cases",
        "mapper.web.remediation_cases",
        (
            ("GET", "/remediation-cases/", "listing"),
            ("POST", "/remediation-cases/", "create"),
            ("GET", "/remediation-cases/<uuid:case_id>", "case"),
            ("POST", "/remediation-cases/<uuid:case_id>", "change"),
        ),
    ),
    Door(
        "payment_list",
        "mapper.web.payment_list",
        (("GET", "/payment-list/<uuid:link_id>", "page"), ("POST", "/payment-list/<uuid:link_id>", "download")),
    ),
    Door(
        "study",
        "mapper.web.study",
        (
            ("GET", "/study/", "index"),
            ("GET", "/study/questionnaires/<name>", "questionnaire"),
            ("GET", "/study/preview/<name>/<language>", "preview"),
            ("GET", "/study/preview/<name>/<language>/document", "preview_document"),
            ("GET", "/study/drafts/new", "upload"),
            ("GET", "/study/drafts/sample.xlsx", "sample"),
            ("POST", "/study/drafts/new", "upload"),
            ("GET", "/study/drafts/<uuid:draft_id>", "draft"),
            ("GET", "/study/drafts/<uuid:draft_id>/files.zip", "download"),
            ("POST", "/study/drafts/<uuid:draft_id>/publish", "publish"),
            ("POST", "/study/drafts/<uuid:draft_id>/discard", "discard"),
            ("POST", "/study/questionnaires/<name>/retire", "retire"),
            ("POST", "/study/questionnaires/<name>/undo", "undo"),
            ("GET", "/study/<name>/difference", "differences"),
            ("GET", "/study/modules", "modules"),
            ("GET", "/study/indicators", "indicators"),
            ("GET", "/study/translations", "translations"),
            ("GET", "/study/data", "export"),
            ("POST", "/study/data", "export"),
        ),
    ),
    Door(
        "programme",
        "mapper.web.programme",
        (
            ("GET", "/programmes/", "listing"),
            ("POST", "/programmes/load", "load"),
            ("GET", "/programmes/stakeholders/", "stakeholders"),
            ("GET", "/programmes/at/<code>/", "dashboard"),
            ("GET", "/programmes/at/<code>/indicators/<indicator>", "indicator"),
            ("GET", "/programmes/at/<code>/results.xlsx", "workbook"),
            ("GET", "/programmes/at/<code>/results.csv", "results_csv"),
            ("GET", "/programmes/at/<code>/trainings/", "trainings"),
            ("GET", "/programmes/at/<code>/evidence/", "evidence"),
            ("GET", "/programmes/at/<code>/gender/", "gender_programme"),
            ("GET", "/programmes/at/<code>/gender/assess", "assess_programme"),
            ("POST", "/programmes/at/<code>/gender/assess", "assess_programme"),
            ("GET", "/programmes/suppliers/<supplier>/gender", "gender_supplier"),
            ("GET", "/programmes/suppliers/<supplier>/gender/assess", "assess_supplier"),
            ("POST", "/programmes/suppliers/<supplier>/gender/assess", "assess_supplier"),
            ("POST", "/programmes/gender/<uuid:row_id>/share", "share_level"),
            ("GET", "/programmes/edit/<kind>/new", "create"),
            ("POST", "/programmes/edit/<kind>/new", "create"),
            ("GET", "/programmes/edit/<kind>/<uuid:row_id>", "edit"),
            ("POST", "/programmes/edit/<kind>/<uuid:row_id>", "edit"),
            ("GET", "/programmes/edit/<kind>/<uuid:row_id>/remove", "remove"),
            ("POST", "/programmes/edit/<kind>/<uuid:row_id>/remove", "remove"),
        ),
    ),
)
