"""Extraction needs no network."""

import subprocess
import sys
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"

SCRIPT = """
import sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"}:
        print("NETWORK", event, arguments)
        raise RuntimeError(f"{event} {arguments}")

sys.addaudithook(refuse)
sys.argv = ["meetextract", "extract", sys.argv[1], "--output", "-"]
from meetextract.cli import main
main()
"""


def test_extraction_opens_no_connection() -> None:
    command = [sys.executable, "-c", SCRIPT, str(CORPUS)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == len([*CORPUS.glob("*.txt")])


def test_the_watch_works() -> None:
    script = SCRIPT.split("sys.argv =")[0] + "import socket\nsocket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert "NETWORK" in done.stdout
    assert done.returncode == 1
