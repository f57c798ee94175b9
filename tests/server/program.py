"""Serves the small documents on a free port and prints the address; the accounts come from the environment, public hosts from the arguments."""

import os
import sys

from qa.server.accounts import load_accounts
from qa.server.hosts import served_names
from qa.server.logs import log_as_json
from qa.server.serving import serve
from tests.page.small_library import small_desk


def _say(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if "--log-json" in sys.argv:
        sys.argv.remove("--log-json")
        log_as_json(with_questions=False)
    accounts = load_accounts(None, os.environ)
    names = served_names("127.0.0.1", sys.argv[1:])
    serve(small_desk(), host="127.0.0.1", port=0, on_ready=_say, accounts=accounts, names=names)
