"""The script worker: reads a script and a scene, then runs the script once for each state it is sent.

Started as ``python -s -P -S <this folder>`` with an environment that only fixes the order of sets. Messages on standard
input and output are a length (4 bytes, little endian) and a body. The first message is JSON: the script, the scene,
seed and budgets. Each further one begins with a letter: ``S`` and the state before a step as packed numbers, ``C`` for
a checkpoint, ``F`` and JSON to call a function. Answers are JSON.
"""

import array
import json
import os
import struct
import sys

# Imported before the process is confined: what compiling a script and a warning would load.
import unicodedata  # noqa: F401
import warnings

import checkpoint
import guards
from confine import confine
from record import read_records
from script import Script


def read_exactly(stream, count):
    body = stream.read(count)
    if len(body) < count:
        raise EOFError
    return body


def read_message(stream):
    (length,) = struct.unpack("<I", read_exactly(stream, 4))
    return read_exactly(stream, length)


def write_message(stream, message, most):
    body = json.dumps(message).encode()
    if len(body) > most:
        reason = "the script gives back more than %d bytes at once (answer_bytes)" % most
        body = json.dumps({"error": {"kind": "limit", "reason": reason}}).encode()
    stream.write(struct.pack("<I", len(body)) + body)
    stream.flush()


def failure(error, memory_mb):
    """What went wrong, with the script's line."""
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<script>":
            line = trace.tb_lineno
        trace = trace.tb_next
    if isinstance(error, guards.ScriptLimit):
        return {"kind": "limit", "reason": str(error), "line": line}
    if isinstance(error, MemoryError):
        return {"kind": "limit", "reason": "the script needs more than %d MB (memory_mb)" % memory_mb, "line": line}
    if isinstance(error, RecursionError):
        return {"kind": "limit", "reason": "functions call each other too deeply", "line": line}
    if isinstance(error, checkpoint.NotKeptError):
        return {"kind": "refused", "reason": str(error), "line": None}
    try:
        words = str(error.args[0] if isinstance(error, KeyError) and error.args else error)[:500]
    except Exception:
        words = "with words that cannot be printed"
    return {"kind": "failed", "reason": "%s: %s" % (type(error).__name__, words), "line": line}


def answer(script, body):
    """What a message after the first one asks for."""
    kind = body[:1]
    if kind == b"C":
        return {"checkpoint": checkpoint.save(script)}
    if kind == b"F":
        call = read_records(body[1:])
        value = checkpoint.plain(script.call(call["function"], call["inputs"]), "the value returned")
        return {"value": value, "printed": "".join(script.printed)}
    frame, count = struct.unpack_from("<II", body, 1)
    end = 9 + 8 * count
    writes = script.step(frame, array.array("d", body[end:]), array.array("i", body[9:end]))
    return {"writes": writes, "printed": "".join(script.printed)}


def main():
    sink = os.open(os.devnull, os.O_WRONLY)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    source = sys.stdin.buffer
    job = json.loads(read_message(source))
    memory_mb, most = job["budgets"]["memory_mb"], job["budgets"]["answer_bytes"]
    warnings.simplefilter("ignore")
    layers = confine(memory_mb, job["budgets"]["wall_seconds_run"])
    try:
        script = Script(job)
        if job["checkpoint"] is not None:
            checkpoint.restore(script, job["checkpoint"])
    except BaseException as error:
        write_message(output, {"error": failure(error, memory_mb)}, most)
        return
    write_message(output, {"layers": ["static gate", "injected budgets", "process", *layers]}, most)
    while True:
        try:
            body = read_message(source)
        except EOFError:
            return
        try:
            message = answer(script, body)
        except BaseException as error:
            message = {"error": failure(error, memory_mb)}
        write_message(output, message, most)


if __name__ == "__main__":
    main()
