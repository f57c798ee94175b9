"""Whatever one client does, others are answered; and what runs when the server is stopped is finished."""

import asyncio
import contextlib
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp

from qa.server.body_size import BodySize
from qa.server.connections import BoundedConnection
from tests.coroutines import run
from tests.server.conftest import ROOT, served
from tests.server.test_many_readers import SLOW_QUESTION, question_event

N_FILES = 512


def component_with(config: dict[str, Any], function: str) -> int:
    """Return the id of the component of the page that offers a function."""
    return next(
        int(component["id"]) for component in config["components"] if function in str(component["props"].get("server_fns", ""))
    )


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait until something has happened, at most half a minute."""
    until = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.05)


def call(url: str, function: str, data: object, component: int) -> httpx.Response:
    body = {"data": data, "fn_name": function, "session_hash": "s", "component_id": component}
    return httpx.post(f"{url}/gradio_api/component_server", json=body, timeout=120)


def test_silent_connections_take_nobodys_place(tmp_path: Path) -> None:
    def few_files() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (N_FILES, N_FILES))

    command = [sys.executable, "-m", "tests.server.program"]
    with (tmp_path / "log").open("w") as log, contextlib.ExitStack() as opened:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=few_files)
        opened.enter_context(process)
        opened.callback(process.kill)
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        for _ in range(2 * N_FILES):
            opened.enter_context(socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=60))
        assert httpx.get(f"{url}/healthz", timeout=60).status_code == 200
        assert httpx.post(f"{url}/api/ask", json={"question": "vreemdelingen"}, timeout=60).status_code == 200


def test_a_full_queue_of_lists_says_so_and_stops_nothing_else() -> None:
    with served() as server, ThreadPoolExecutor(70) as pool:
        config = httpx.get(f"{server.url}/config").json()
        lists, welcome = component_with(config, "answer_listed"), component_with(config, "draw_welcome")
        listed = [
            {"label": "1", "text": f"{SLOW_QUESTION} {number}", "language": "nl"} for number in range(60)
        ]  # one that was asked is not embedded again
        asked = [pool.submit(call, server.url, "answer_listed", one, lists) for one in listed]
        wait_for(lambda: 'bronvraag_queue_turned_away_total{queue="lists"} 0' not in httpx.get(f"{server.url}/metrics").text)
        for answer in (
            httpx.get(f"{server.url}/healthz"),
            httpx.get(f"{server.url}/api/documents"),
            call(server.url, "draw_welcome", None, welcome),
        ):
            assert answer.status_code == 200
        refused = [answer.result().json()["error"] for answer in asked if answer.done() and "error" in answer.result().json()]
        assert len([answer for answer in asked if not answer.done()]) > 40
        assert refused[0].startswith("De server heeft het druk: er wachten al")
        os.kill(server.pid, signal.SIGKILL)
        for answer in asked:
            answer.exception()


def test_what_runs_is_finished_when_the_server_is_stopped() -> None:
    with served() as server, ThreadPoolExecutor(10) as pool:
        event = question_event(httpx.get(f"{server.url}/config").json())
        event["data"][0]["question"] = SLOW_QUESTION
        with httpx.Client(base_url=server.url, timeout=60) as page, page.stream("GET", "/gradio_api/heartbeat/h") as heartbeat:
            assert heartbeat.status_code == 200
            asked = [
                pool.submit(httpx.post, f"{server.url}/api/ask", json={"question": SLOW_QUESTION}, timeout=60) for _ in range(6)
            ]
            page.post("/gradio_api/queue/join", json={**event, "session_hash": "h"})
            stream = pool.submit(lambda: httpx.get(f"{server.url}/gradio_api/queue/data?session_hash=h", timeout=60).text)
            wait_for(lambda: "bronvraag_open_requests 7.0" in httpx.get(f"{server.url}/metrics").text)
            os.kill(server.pid, signal.SIGTERM)
            assert [answer.result().status_code for answer in asked] == [200] * 6
            assert "process_completed" in stream.result()
            assert "0a1b2c" in stream.result()
        assert server.log.read_text() == ""


async def _serve(app: ASGIApp, **bounds: Any) -> tuple[uvicorn.Server, asyncio.Task[None], int]:
    listener = socket.create_server(("127.0.0.1", 0))
    connection: Any = partial(BoundedConnection, **bounds)
    server = uvicorn.Server(
        uvicorn.Config(app, http=connection, log_level="critical", lifespan="off", timeout_graceful_shutdown=1)
    )
    task = asyncio.create_task(server._serve([listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    return server, task, listener.getsockname()[1]


def test_who_says_nothing_or_too_slowly_or_reads_nothing_is_left() -> None:
    async def connect() -> list[bytes]:
        app = BodySize(PlainTextResponse("x" * 20_000_000), max_seconds=0.3)
        server, task, port = await _serve(app, max_connections=50, speak_s=0.3, listen_s=0.3)
        said = []
        for start, then in [
            (b"", b""),
            (b"GET / HTTP/1.1\r\n", b"x-a: 1\r\n"),
            (b"POST /api/ask HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n", b""),
            (b"GET / HTTP/1.1\r\nhost: a\r\n\r\n", b""),
        ]:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1000)
            writer.write(start)
            with contextlib.suppress(OSError):
                for _ in range(10):
                    await asyncio.sleep(0.1)
                    writer.write(then)
                    await writer.drain()
            try:
                async with asyncio.timeout(20):
                    said.append((await reader.read())[:12])
            except OSError:
                said.append(b"")
            writer.close()
        server.should_exit = True
        await task
        return said

    silent, dripping, slow_body, deaf = run(connect())
    assert (silent, dripping, slow_body) == (b"", b"", b"HTTP/1.1 408")
    assert deaf in {b"", b"HTTP/1.1 200"}


def test_bodies_together_take_a_bounded_part_of_memory() -> None:
    async def send_many() -> list[int]:
        app = BodySize(PlainTextResponse("x"), max_held_bytes=30 * 1024**2)
        server, task, port = await _serve(app, max_connections=50)
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            go_on = asyncio.Event()

            async def body() -> Any:
                yield b"x" * (10 * 1024**2)
                await go_on.wait()
                yield b"x"

            posts = [asyncio.create_task(client.post("/gradio_api/queue/join", content=body())) for _ in range(5)]
            await asyncio.wait(posts, return_when=asyncio.FIRST_COMPLETED, timeout=10)
            go_on.set()
            answers = await asyncio.gather(*posts, return_exceptions=True)
            # who is refused while still sending may find the connection closed before it reads why
            statuses = [answer.status_code if isinstance(answer, httpx.Response) else 503 for answer in answers]
            assert all(isinstance(answer, httpx.Response | httpx.TransportError) for answer in answers)
            again = await client.post("/gradio_api/queue/join", content=b"x" * (10 * 1024**2))
        server.should_exit = True
        await task
        return [*statuses, again.status_code]

    *statuses, again = run(send_many())
    assert statuses.count(503) >= 1
    assert statuses.count(200) >= 2
    assert again == 200


def test_a_body_of_100_mb_gets_its_sentence(url: str) -> None:
    for path in ("/api/ask", "/mcp", "/gradio_api/queue/join"):
        response = httpx.post(f"{url}{path}", content=b"x" * 100_000_000, timeout=60)
        assert (response.status_code, "too large" in response.json()["detail"]) == (413, True), path


def test_metrics_count_what_is_asked_without_saying_it(url: str) -> None:
    httpx.post(f"{url}/api/ask", json={"question": "Hoeveel vreemdelingen?"})
    text = httpx.get(f"{url}/metrics").text
    for line in (
        r'bronvraag_requests_total{method="POST",route="/api/ask",status="200"} \d',
        r'bronvraag_queue_waiting{queue="questions"} 0\.0',
        r"bronvraag_library_documents 3\.0",
        r'bronvraag_request_seconds_bucket{le="\+Inf",route="/api/ask"} \d',
        r"process_resident_memory_bytes \d",
    ):
        assert re.search(line.replace("{", r"\{").replace("}", r"\}"), text), line
    assert "vreemdelingen" not in text


def test_the_log_in_json_says_what_happened_and_not_what_was_asked() -> None:
    with served("--log-json") as server:
        httpx.get(f"{server.url}/api/ask", params={"question": "geheime vreemdelingen"})
        httpx.get(f"{server.url}/healthz")
        wait_for(lambda: "/healthz" in server.log.read_text())
        lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    requests = [line for line in lines if line["message"] == "request"]
    assert [(line["method"], line["path"], line["status"]) for line in requests[:2]] == [
        ("GET", "/api/ask", 200),
        ("GET", "/healthz", 200),
    ]
    assert "geheime" not in str(lines)
    assert requests[0]["client"] == "127.0.0.1"
