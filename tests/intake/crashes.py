"""Receives responses in a process of its own that is killed (−9) again and again; prints what was acknowledged.

Run as a script: FOLDER of the questionnaires, number of kills, responses in one transaction.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from mapper import intake
from mapper.intake import definitions
from mapper.store import database


def take_in(acknowledged: BinaryIO, together: int) -> None:
    """Without end: receive, then tell of it, as a server does. One line a transaction."""
    while True:
        body = {"survey": "recruiter", "answers": {"workers": random.randrange(1000)}}
        incoming = [intake.Incoming(uuid4(), body) for _ in range(together)]
        with database.transaction() as session:
            receipts = intake.receive_all(session, incoming, strict=True)
        told = [[str(receipt.id), receipt.sha256] for receipt in receipts]
        acknowledged.write(json.dumps(told).encode() + b"\n")
        acknowledged.flush()


def killed_once(together: int) -> list[list[str]]:
    """What was acknowledged before the kill. A line that was cut short was never read by anybody."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        take_in(os.fdopen(writing, "wb"), together)
    os.close(writing)
    with os.fdopen(reading, "rb") as lines:
        first = lines.readline()
        time.sleep(random.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        rest = lines.readlines()
    os.waitpid(child, 0)
    whole = [line for line in (first, *rest) if line.endswith(b"\n")]
    return [pair for line in whole for pair in json.loads(line)]


if __name__ == "__main__":
    folder, kills, responses_together = sys.argv[1:]
    definitions.SURVEYS = Path(folder)
    print(json.dumps([pair for _ in range(int(kills)) for pair in killed_once(int(responses_together))]))
