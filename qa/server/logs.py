"""The log in lines of JSON, for those who gather logs: each request, each question, each error, one line each.

What people ask is their own business: a question's words are written only if whoever runs the server asks for them, and a request's query never is.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from qa.observing import listen

_log = logging.getLogger("qa.server.events")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: `time`, `level`, `logger`, `message` and what else is known, such as `error` with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def log_as_json(*, with_questions: bool) -> None:
    """Write everything that is logged from now on to standard error as lines of JSON, requests and questions too."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(logging.INFO)

    def write(event: str, details: dict[str, Any]) -> None:
        if event not in {"request", "question"}:
            return
        facts = {name: fact for name, fact in details.items() if with_questions or name != "question"}
        facts["seconds"] = round(facts["seconds"], 4)
        _log.info(event, extra={"facts": facts})

    listen(write)
