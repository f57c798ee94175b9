import asyncio
import time
from threading import Event

import pytest

from qa.exceptions import BusyError
from qa.fair_queue import FairQueue
from tests.coroutines import run


def test_no_more_run_at_once_than_the_bound() -> None:
    running, most = 0, 0

    def work() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.02)
        running -= 1

    async def ask_all() -> None:
        queue = FairQueue("work", n_at_once=2, max_waiting=64)
        await asyncio.gather(*(queue.run("a", work) for _ in range(10)))

    run(ask_all())
    assert most == 2


def test_who_asks_for_much_waits_for_themselves() -> None:
    served: list[str] = []

    async def ask_all() -> None:
        queue = FairQueue("work", n_at_once=1, max_waiting=64)
        calls = [("many", number) for number in range(6)] + [("one", 0), ("another", 0)]
        await asyncio.gather(*(queue.run(person, lambda name=f"{person} {n}": served.append(name)) for person, n in calls))  # type: ignore[misc]

    run(ask_all())
    assert served == ["many 0", "many 1", "one 0", "another 0", "many 2", "many 3", "many 4", "many 5"]


def test_one_more_than_may_wait_is_told_so() -> None:
    async def ask_all() -> list[object]:
        queue = FairQueue("work", n_at_once=1, max_waiting=3, max_waiting_each=2)
        asked = [
            queue.run(person, lambda: None) for person in ("a", "a", "a", "a", "b", "c")
        ]  # one runs, two of a and one of b wait
        return await asyncio.gather(*asked, return_exceptions=True)

    answers = run(ask_all())
    assert [isinstance(answer, BusyError) for answer in answers] == [False, False, False, True, False, True]
    assert "try again in a few seconds" in str(answers[-1])


def test_who_stops_waiting_gives_up_the_place_and_work_that_began_keeps_its_own() -> None:
    go_on = Event()

    async def ask_all() -> tuple[int, int, str]:
        queue = FairQueue("work", n_at_once=1, max_waiting=3)
        begun = asyncio.create_task(queue.run("a", go_on.wait))
        waiting = asyncio.create_task(queue.run("a", lambda: None))
        await asyncio.sleep(0)
        begun.cancel()
        waiting.cancel()
        await asyncio.wait([begun, waiting])
        n_running, n_waiting = queue.n_running, queue.n_waiting
        last = asyncio.create_task(queue.run("b", lambda: "answered"))
        await asyncio.sleep(0)
        go_on.set()
        return n_running, n_waiting, await last

    assert run(ask_all()) == (1, 0, "answered")


def test_an_error_is_given_to_who_asked_and_frees_the_place() -> None:
    async def ask_twice() -> int:
        queue = FairQueue("work", n_at_once=1, max_waiting=3)
        with pytest.raises(ZeroDivisionError):
            await queue.run("a", lambda: 1 // 0)
        return await queue.run("a", lambda: 7)

    assert run(ask_twice()) == 7
