"""Data for a researcher as one file to download. Importing this brings pandas along."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from mapper.exchange.data_out import Wanted, export
from mapper.exchange.data_out_plan import Options
from mapper.web.study.export_form import ExportForm


def zipped(form: ExportForm, by: UUID) -> BytesIO:
    """The files of an export; nothing of them stays on the server's disk. Raises CannotExport."""
    options = Options(labels=form.values.data == "wording", multiple=form.multiple.data)
    wanted = Wanted(form.format.data, form.surveys.data, form.suppliers.data or (), form.round.data or None, options)
    content = BytesIO()
    with TemporaryDirectory() as folder, ZipFile(content, "w", ZIP_DEFLATED) as archive:
        done = export(wanted, Path(folder) / "data", by)
        for path in done.files:
            archive.write(path, path.relative_to(folder))
    content.seek(0)
    return content
