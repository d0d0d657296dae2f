"""What the worst photo that we take costs in memory, in a process of its own.

The peak is that program's alone (VmHWM). getrusage() would not do: a process starts as a copy of the one that
starts it, and still counts that one's peak as its own when it has become another program.
"""

import re
import subprocess
import sys

import pytest

from portal.config import ROOT
from tests.attachments import attacks

pytestmark = pytest.mark.engine_free

MOST_MEGABYTES = 400  # 325 were measured, 35 of them Python and Pillow; turns.py lets two work at a time
UNFOLD = """
import sys
from io import BytesIO
from pathlib import Path
from portal.attachments import images

images.reencode(BytesIO(sys.stdin.buffer.read()))
print(Path("/proc/self/status").read_text())
"""
PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a program's own peak")


@LINUX
def test_the_worst_photo_that_we_take_is_bounded():
    done = subprocess.run(
        [sys.executable, "-c", UNFOLD],
        input=attacks.webp_bomb(),
        capture_output=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )

    assert int(PEAK.search(done.stdout.decode())[1]) // 1024 < MOST_MEGABYTES
