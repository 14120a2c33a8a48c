"""Data for research, taken out by a researcher of the audit team and by nobody else."""

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mapper.store import database
from mapper.web.study.export_form import ExportForm


def export() -> ResponseReturnValue:
    """The form, and the data as one zip file. The audit trail says so before the file leaves."""
    with database.session() as session:
        form = ExportForm(session)
    if not form.is_submitted():
        return render_template("study/export.html", form=form)
    if not form.validate():
        return render_template("study/export.html", form=form), 422
    from mapper.exchange.data_out import CannotExport  # brings pandas along: not before somebody takes data out
    from mapper.web.study.export_zip import zipped

    try:
        content = zipped(form, by=current_user.id)
    except CannotExport as problem:
        form.form_errors.append(str(problem))
        return render_template("study/export.html", form=form), 422
    answer = send_file(content, mimetype="application/zip", as_attachment=True, download_name="data-for-research.zip")
    answer.headers["Cache-Control"] = "no-store"  # send_file would let the browser keep a copy
    return answer
