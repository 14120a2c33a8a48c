"""`mapper key`: the keys that tablets seal interviews to."""

import click


@click.group()
def key() -> None:
    """List, renew and retire the keys that tablets seal interviews to."""


@key.command(name="list")
def list_() -> None:
    """Every key that opens interviews here, the one in use last."""
    from mapper.sealing import keys

    held = keys.held()
    if not held:
        click.echo("There is no key yet. The first is made when a tablet is made ready, or by 'mapper key rotate'.")
    for each in held:
        since, until = each.made.date().isoformat(), each.until.isoformat()
        click.echo(f"{each.id}  since {since}  {f'in use until {until}' if each is held[-1] else 'opens older ones'}")


@key.command()
def rotate() -> None:
    """Make a new key; tablets take it when they are made ready or send. The older ones still open what they sealed."""
    from mapper.sealing import keys

    made = keys.rotate()
    _recorded("rotate", made.id)
    click.echo(f"Tablets seal to {made.id} until {made.until.isoformat()}.")
    click.echo(f"Copy the files of {keys.folder()} to a safe place, apart from the backups of the database.")


@key.command()
@click.argument("key_id", metavar="ID")
def retire(key_id: str) -> None:
    """Take an old key out of use. What was sealed to it and arrives later is kept unread until the key is back."""
    from mapper.sealing import keys

    try:
        aside = keys.retire(key_id)
    except keys.NoSuchKey as reason:
        raise click.ClickException(str(reason)) from None
    _recorded("retire", key_id)
    click.echo(f"Retired. Its file is {aside} now: keep it in a safe, or destroy it and every copy.")


def _recorded(action: str, key_id: str) -> None:
    from mapper.store import audit, database

    with database.transaction() as session:
        audit.record(session, None, action, f"sealing key {key_id}")
