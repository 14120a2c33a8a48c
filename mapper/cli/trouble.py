"""What a person is told when the store cannot be used, for every command."""

from sqlalchemy.exc import DBAPIError

from mapper.store import check


def explain(error: Exception) -> str:
    """The reason and the remedy: tables missing or outdated, a full or unwritable disk, a server that is away."""
    try:
        outdated = check.schema_problem()
    except DBAPIError:
        outdated = None
    reason = getattr(error, "orig", None) or error
    full = "Free some space or make the folder writable, then try again. Nothing was stored by half."
    away = "Check MAPPER_DATABASE_URL and whether the database is running."
    is_disk = any(word in str(reason).lower() for word in ("disk", "full", "readonly", "read-only", "unable to open"))
    return outdated or f"The store cannot be used: {reason}. {full if is_disk else away}"
