import os
import signal
import time
from contextlib import closing
from multiprocessing import active_children

from headless.evaluation.pool import Lost, Pool, run_tasks


def work(what, *arguments):
    """What a task of these tests does, in a process of its own."""
    match what:
        case "square":
            return arguments[0] ** 2
        case "process":
            return os.getpid()
        case "raise":
            raise ValueError("no such machine")
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "exit":
            os._exit(3)
        case "hang":
            time.sleep(600)
        case "large":
            return b"x" * 5_000_000
    raise AssertionError(what)


def work_after_a_while():
    time.sleep(1.5)
    return work


class SlowToStart:
    """Is `work` in a process that takes a while to come up."""

    def __reduce__(self):
        return work_after_a_while, ()


class NeverStarts:
    """Ends the process in which it would be made."""

    def __reduce__(self):
        return os._exit, (4,)


def values(tasks, workers=2, timeout=60.0, **options):
    return {done.index: done.value for done in run_tasks(work, tasks, workers, timeout, **options)}


def test_every_task_is_done_once():
    assert values([("square", k) for k in range(20)]) == {k: k * k for k in range(20)}


def test_a_process_is_replaced_after_so_many_tasks():
    found = values([("process",)] * 7, workers=1, recycle=3)
    assert [list(found.values()).count(pid) for pid in dict.fromkeys(found.values())] == [3, 3, 1]


def test_a_task_that_fails_costs_no_other():
    tasks = [("square", 1), ("crash",), ("exit",), ("raise",), ("hang",), *(("square", k) for k in range(5, 12))]
    found = values(tasks, timeout=3.0)
    assert found.pop(1) == Lost("the process of this task crashed (exit code -11)")
    assert found.pop(2) == Lost("the process of this task crashed (exit code 3)")
    assert found.pop(3) == Lost("ValueError: no such machine")
    assert found.pop(4) == Lost("stopped after 3 s without an end (timeout)")
    assert found == {0: 1, **{k: k * k for k in range(5, 12)}}


def test_the_start_of_a_process_is_not_counted_as_its_tasks():
    tasks = [("square", 3), ("hang",), ("square", 4)]
    found = [done.value for done in run_tasks(SlowToStart(), tasks, 1, 1.0)]
    assert found == [9, Lost("stopped after 1 s without an end (timeout)"), 16]


def test_a_process_that_does_not_start_is_told():
    (done,) = run_tasks(NeverStarts(), [("square", 3)], 1, 60.0)
    assert done.value == Lost("the process of this task did not start (exit code 4)")


def test_a_long_answer_comes_whole():
    assert values([("large",)] * 3, workers=1) == dict.fromkeys(range(3), b"x" * 5_000_000)


def test_leaving_early_ends_the_processes():
    results = run_tasks(work, [("square", 2), ("hang",), ("hang",)], 2, 600.0)
    assert next(results).value == 4
    results.close()
    assert not active_children()


def test_processes_stay_for_the_next_run_and_what_crashes_is_replaced():
    with closing(Pool(work, 1, 60.0)) as pool:
        (first,) = pool.run([("process",)])
        again = [done.value for done in pool.run([("process",), ("square", 3)])]
        (lost,) = pool.run([("crash",)])
        (other,) = pool.run([("process",)])
    assert again == [first.value, 9]
    assert isinstance(lost.value, Lost)
    assert other.value != first.value
    assert not active_children()
