"""What the worst photo that we take costs in memory, in a process of its own."""

import subprocess
import sys

import pytest

from portal.config import ROOT
from tests.attachments import attacks

pytestmark = pytest.mark.engine_free

MOST_MEGABYTES = 400  # 325 were measured, 35 of them Python and Pillow; turns.py lets two work at a time
UNFOLD = """
import resource, sys
from io import BytesIO
from portal.attachments import images

images.reencode(BytesIO(sys.stdin.buffer.read()))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_the_worst_photo_that_we_take_is_bounded():
    done = subprocess.run(
        [sys.executable, "-c", UNFOLD],
        input=attacks.webp_bomb(),
        capture_output=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )

    assert int(done.stdout) < MOST_MEGABYTES
