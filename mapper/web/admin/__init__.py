"""The administrator's desk: setting up, people, tokens, the audit trail."""

from flask import Blueprint

blueprint = Blueprint("admin", __name__, url_prefix="/admin")

from mapper.web.admin import desk, people, trail  # noqa: E402,F401  their routes hang on the blueprint above
