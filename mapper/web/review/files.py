"""The summary and its parts as files: workbook, picture."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mapper.store import database
from mapper.summary import chain_layout, wording
from mapper.summary.model import Summary
from mapper.web.review.seen import score_of, summary_of, this_reader, version_asked_for
from mapper.web.review.supplier import map_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook() -> ResponseReturnValue:
    from mapper.summary.workbook import write_workbook

    supplier, round_ = request.args.get("supplier") or None, request.args.get("round") or None
    summary = summary_of(supplier, round_, version_asked_for())
    name = "mapping-summary-release.xlsx" if summary.is_release else "mapping-summary.xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        write_workbook(summary, path, this_reader())
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=WORKBOOK, as_attachment=True, download_name=name)


def chain_map(supplier: str, round: str) -> ResponseReturnValue:
    """The labour supply chain map alone, as a picture that other programs open."""
    summary = summary_of(supplier, round, version_asked_for())
    score = score_of(summary, round)
    chain = map_of(score, summary) if score else None
    if chain is None:
        abort(404)
    read, facts = this_reader(), summary.facts[supplier]
    synthetic = read.say(wording.SYNTHETIC_SHORT) if summary.synthetic else ""
    audience = read.say(wording.AUDIENCES[summary.assessment.audience])
    said = (f"{facts.name}, {round}", summary.superseded(read), audience, synthetic)
    drawing = chain_layout.draw(chain, read).with_foot(" · ".join(map(read.isolated, filter(None, said))))
    response = Response(render_template("review/chain_map.svg", drawing=drawing), mimetype="image/svg+xml")
    name = "labour-supply-chain-release.svg" if summary.is_release else "labour-supply-chain.svg"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response


def paper(supplier: str, round: str) -> ResponseReturnValue:
    """The summary of one supplier and round, ready to print."""
    from mapper.paper import CannotPrint
    from mapper.summary.paper import maps_of, summary_pdf

    summary = summary_of(supplier, round, version_asked_for())
    if score_of(summary, round) is None:
        abort(404)
    with database.session() as session:
        maps = maps_of(session, summary)
    try:
        content = summary_pdf(summary, maps, this_reader())
    except CannotPrint as problem:
        flash(_("PDF cannot be made on this server: Pango is not installed. Print the page instead."), "problem")
        current_app.logger.warning("%s", problem)
        return redirect(url_for("review.summary", supplier=supplier, round=round, version=version_asked_for()))
    return send_file(BytesIO(content), mimetype="application/pdf", as_attachment=True, download_name=_named(summary))


def _named(summary: Summary) -> str:
    return "mapping-summary-release.pdf" if summary.is_release else "mapping-summary.pdf"
