"""A zip file that was uploaded, unpacked within bounds: what it states of sizes and paths is not trusted."""

import zlib
from lzma import LZMAError
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from mapper.notice import Notice

UNREADABLE = (BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError, zlib.error, LZMAError)
LONGEST = 100  # letters of a file's name
MEGABYTE = 1024**2
MOST_UNPACKED = 10 * MEGABYTE  # of a zip file, all together
MOST_FILES = 200


class CannotRead(Exception):
    """The message says what is wrong with the upload and what to do."""


def unpacked(path: Path) -> dict[PurePosixPath, bytes]:
    """Every file that matters, by its path; sizes are counted as they unpack, whatever the file states."""
    found: dict[PurePosixPath, bytes] = {}
    room = MOST_UNPACKED
    try:
        with ZipFile(path) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir() and _matters(each.filename)]
            if len(entries) > MOST_FILES:
                message = Notice(
                    "The zip file holds more than %(most)s files. Zip the module's folder alone.",
                    most=MOST_FILES,
                )
                raise CannotRead(message)
            for each in entries:
                with archive.open(each) as packed:
                    content = packed.read(room + 1)
                room -= len(content)
                if room < 0:
                    limit = MOST_UNPACKED // MEGABYTE
                    message = Notice(
                        "The zip file unpacks to more than %(most)s MB. Zip the module's folder alone.", most=limit
                    )
                    raise CannotRead(message)
                found[PurePosixPath(each.filename)] = content
    except UNREADABLE as error:
        message = Notice(
            "The zip file cannot be opened: %(error)s. Zip the folder anew, without a password.", error=error
        )
        raise CannotRead(message) from None
    return found


def _matters(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and ".." not in parts and "\\" not in name and all(len(part) <= LONGEST for part in parts)
