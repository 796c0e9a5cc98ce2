#!/usr/bin/python3
"""Runs Apertium APy on 127.0.0.1 only (it has no option for that) for as long as standard input stays open.

    apertium_loopback.py [PORT [PAIRS]]      PORT 0 (the default) takes a free one; PAIRS: /usr/share/apertium

Prints the port on a line of its own, then serves. Ends, and its pipelines with it, when standard input closes (so also
when whoever started it dies) and on SIGTERM or SIGINT. Run it with /usr/bin/python3, for which Debian installs APy.
"""

import logging
import os
import signal
import sys
import threading


def leave(*_):
    """Ends the process group: APy's pipelines are in it, and nobody else."""
    if threading.current_thread() is threading.main_thread():
        # Else the signal to the group would call this again before the process is gone.
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    os._exit(0)


def leave_with_input():
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    leave()


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    pairs = sys.argv[2] if len(sys.argv) > 2 else "/usr/share/apertium"
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    try:
        import tornado.netutil
        import tornado.tcpserver
        from apertium_apy import apy
    except ImportError as problem:
        sys.exit(f"apertium_loopback: {problem}: install apertium-apy (tests/components/install.sh)")
    if not os.path.isdir(pairs):
        sys.exit(f"apertium_loopback: no language pairs in `{pairs}` (tests/components/install.sh)")

    os.setpgid(0, 0)
    threading.Thread(target=leave_with_input, daemon=True).start()

    def bind_loopback(wanted, *_, **__):
        sockets = tornado.netutil.bind_sockets(wanted, address="127.0.0.1")
        print(sockets[0].getsockname()[1], flush=True)
        return sockets

    tornado.tcpserver.bind_sockets = bind_loopback
    apy.sig_handler = leave
    # APy writes a line per request; only what goes wrong is of interest here.
    apy.enable_pretty_logging = lambda: logging.basicConfig(level=logging.ERROR)
    arguments = ["-p", str(port), pairs]
    parse = apy.parse_args
    apy.parse_args = lambda *_: parse(arguments)
    apy.main()


if __name__ == "__main__":
    main()
