"""A worker takes an interview back, with the slip and no account. The page never says whether there was one."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper import intake
from mapper.store import database
from mapper.web import limits


def withdraw() -> ResponseReturnValue:
    """The same answer for every code and number that could be right; only a slip of the pen is pointed out."""
    if request.method == "GET":
        return render_template("withdraw.html", given={}, wrong=(), done=request.args.get("done") == "1")
    number = intake.read_number(request.form.get("number", ""))
    code = intake.read_code(request.form.get("code", ""))
    if number is None or code is None:
        wrong = [name for name, read in (("number", number), ("code", code)) if read is None]
        return render_template("withdraw.html", given=request.form, wrong=wrong, done=False), 422
    limit = current_app.config["MAPPER"].withdraw_limit
    limits.sending().refuse_too_many(limit, f"withdraw:{request.remote_addr}")
    with database.transaction() as session:
        intake.withdraw_by_code(session, number, code)
    return redirect(url_for(".withdraw", done=1), 303)
