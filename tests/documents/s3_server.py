"""A real S3 server for tests: rclone serving a folder. Says why when it cannot."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

KEY, SECRET, BUCKET = "test-key", "test-secret-of-the-tests", "vekha"


def _program() -> str:
    beside = Path(sys.executable).parent / "rclone"
    return str(beside) if beside.exists() else shutil.which("rclone") or ""


@contextlib.contextmanager
def s3_server(folder: Path) -> Iterator[str]:
    """The address of a bucket, as VEKHA_STORAGE_URL takes it; skips the test when no server starts."""
    program = _program()
    if not program:
        pytest.skip("no rclone: the S3 store is not tested")
    (folder / BUCKET).mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"127.0.0.1:{port}"
    server = subprocess.Popen(
        [program, "serve", "s3", "--addr", address, "--auth-key", f"{KEY},{SECRET}", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(folder), "RCLONE_CONFIG": str(folder / "rclone.conf")},
    )
    try:
        _wait_for(server, port)
        yield f"s3://{BUCKET}?endpoint=http://{address}"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    for _attempt in range(150):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    pytest.skip("the S3 server does not start: the S3 store is not tested")
