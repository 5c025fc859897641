"""The process that script workers are forked from (Linux). It has loaded what a worker needs, and never sees a script.

A request on its control socket is one message. ``F`` comes with the reading and the writing end of two pipes: a fork
becomes a worker on them, and its process id is the answer. ``W`` and a process id ask for the status of that worker,
once it has ended. Numbers are eight bytes, little endian. The process ends when its host closes the socket.
"""

import os
import signal
import socket
import struct


def fork_workers(control):
    """Serve requests on the file ``control``. Returns in each fork, which is to become a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Its host hears it too, and says when to end.
    with socket.socket(fileno=control) as host:
        while True:
            request, pipes, _, _ = socket.recv_fds(host, 9, 2)
            if not request:
                os._exit(0)
            if request[:1] == b"F":
                answer = os.fork()
                if answer == 0:
                    break
                for pipe in pipes:
                    os.close(pipe)
            else:
                _, answer = os.waitpid(struct.unpack("<q", request[1:])[0], 0)
            host.send(struct.pack("<q", answer))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for target, pipe in enumerate(pipes):
        os.dup2(pipe, target)
        os.close(pipe)
