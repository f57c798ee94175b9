"""Fuzzing the API: `make fuzz` runs schemathesis against a real server, by what `/api/openapi.json` promises. Nothing may crash or answer otherwise than described."""

import subprocess
import sys
from pathlib import Path

from tests.server.conftest import served

N_EXAMPLES = 200
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance"
)


def main(schemathesis: str, *options: str) -> int:
    """Return the exit code of schemathesis; its path is given, since it lives in an environment of its own."""
    with served() as server:
        command = [schemathesis, "run", f"{server.url}/api/openapi.json", "--checks", CHECKS, "--max-examples", str(N_EXAMPLES)]
        code = subprocess.run([*command, *options], check=False).returncode
        sys.stdout.write(Path(server.log).read_text())
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
