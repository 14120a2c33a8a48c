"""Reading without looking for garbage meanwhile."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Reading a large form makes hundreds of thousands of objects that all stay: the collector would go through them
    again and again, a sixth of the time, and find nothing to free. It goes on afterwards, whatever happened."""
    if not gc.isenabled():  # somebody around this, or beside it, sees to it
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
