"""Where the oracle's answers are kept, and when and where it was asked."""

import gzip
import json
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ZONE = "Asia/Kathmandu"
NOW = datetime(2026, 3, 4, 10, 30, tzinfo=ZoneInfo(ZONE))
FOLDER = Path(__file__).parent / "answers"
RULES, FILLS = FOLDER / "rules.json.gz", FOLDER / "fills.json.gz"
Fill = dict[str, Any]


def read(path: Path) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))
    return content
