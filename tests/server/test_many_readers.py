"""Twenty people at once, through each door."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from typing import Any

import httpx

from qa.work_queues import N_AT_ONCE

N_READERS = 20
SLOW_QUESTION = "Hoeveel vreemdelingen verblijven traag in Nederland?"


def test_twenty_programs_at_once_get_an_answer(url: str) -> None:
    def ask(_: int) -> str:
        response = httpx.post(f"{url}/api/ask", json={"question": "Hoeveel vreemdelingen?"}, timeout=60)
        return f"{response.status_code} {response.json()['citations'][0]['document_id']}"

    with ThreadPoolExecutor(N_READERS) as pool:
        assert set(pool.map(ask, range(N_READERS))) == {"200 0a1b2c"}


def test_the_list_does_not_wait_for_answers(url: str) -> None:
    with ThreadPoolExecutor(N_READERS) as pool:
        n_asked = 2 * N_AT_ONCE
        asked = [pool.submit(httpx.post, f"{url}/api/ask", json={"question": SLOW_QUESTION}, timeout=60) for _ in range(n_asked)]
        assert httpx.get(f"{url}/api/documents").status_code == 200
        assert sum(answer.done() for answer in asked) <= n_asked - N_AT_ONCE  # in the queue it would have waited for one more


def question_event(config: dict[str, Any]) -> dict[str, Any]:
    """Return the event of a question, with everything that the page as it opens would send along."""
    event = next(event for event in config["dependencies"] for _, name in event["targets"] if name == "ask")
    components = {component["id"]: component for component in config["components"]}
    filters = [components[name]["props"].get("value") for name in event["inputs"][1:]]
    return {"fn_index": event["id"], "data": [{"ticket": "1", "question": "Hoeveel vreemdelingen?"}, *filters]}


def test_twenty_readers_of_the_page_at_once_get_an_answer(url: str) -> None:
    event = question_event(httpx.get(f"{url}/config").json())

    def ask(_: int) -> str:
        session = uuid.uuid4().hex
        with httpx.Client(base_url=url, timeout=60) as client:
            assert client.post("/gradio_api/queue/join", json={**event, "session_hash": session}).status_code == 200
            with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as stream:
                replies = (json.loads(line[5:]) for line in stream.iter_lines() if line.startswith("data:"))
                said = list(takewhile(lambda reply: reply["msg"] != "close_stream", replies))
        return str([reply for reply in said if reply["msg"].startswith("process_")])

    with ThreadPoolExecutor(N_READERS) as pool:
        replies = list(pool.map(ask, range(N_READERS)))
    assert all("'success': True" in reply and "0a1b2c" in reply for reply in replies), replies[0]
