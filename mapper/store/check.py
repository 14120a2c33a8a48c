"""Whether a database is whole: its tables, its file, its references, its audit trail."""

from dataclasses import dataclass

from sqlalchemy import text

from mapper.store import audit, database, schema


@dataclass(frozen=True)
class Findings:
    """Facts worth noting down, and problems, each as a sentence."""

    facts: tuple[str, ...]
    problems: tuple[str, ...]


def everything() -> Findings:
    """DBAPIError when the database cannot be read at all."""
    outdated = schema_problem()
    if outdated:
        return Findings((), (outdated,))
    facts, problems = [f"Tables: revision {schema.current()}, as this version needs."], [*_tables(), *_file()]
    with database.session() as session:
        verdict = audit.verify(session)
    facts.append(f"Audit trail: {verdict.events} events.")
    if verdict.broken:
        shown = ", ".join(map(str, verdict.broken[:10]))
        problems.append(f"The audit trail does not fit together at event {shown}: rows were changed or removed.")
    return Findings(tuple(facts), tuple(problems))


def schema_problem() -> str | None:
    """What to do before the program can use this database; None when nothing."""
    current, head = schema.current(), schema.head()
    if current == head:
        return None
    if current is None:
        return "The database has no tables yet: run 'mapper database upgrade'."
    if current not in schema.known():
        return f"The database is newer than this program (revision {current}): install the newer version."
    return (
        f"The tables are of an older version ({current}, needed {head}): make a backup, run 'mapper database upgrade'."
    )


def _tables() -> list[str]:
    return [f"Tables and program disagree: {difference}." for difference in schema.differences()]


def _file() -> list[str]:
    """What SQLite says about its own file. Other databases check theirs themselves."""
    if database.engine().dialect.name != "sqlite":
        return []
    with database.engine().connect() as connection:
        damage = [row[0] for row in connection.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        loose = connection.execute(text("PRAGMA foreign_key_check")).all()
    found = [f"The file is damaged: {each}. Restore the last backup." for each in damage[:10]]
    return found + [f"A row of {table} points to nothing in {target}." for table, _, target, _ in loose[:10]]
