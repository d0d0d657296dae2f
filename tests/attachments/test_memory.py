"""What the worst photo that we take costs in memory, in a process of its own; and many of them at once."""

import subprocess
import sys

import pytest

from portal.config import ROOT
from tests.attachments import attacks

pytestmark = pytest.mark.engine_free

PHONES = 3  # one more than are unfolded at the same time
MOST_MEGABYTES = 700  # 320 for one, of which 35 are Python and Pillow
UNFOLD = """
import resource, sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from portal.attachments import images

content = sys.stdin.buffer.read()
with ThreadPoolExecutor(int(sys.argv[1])) as phones:
    drawn = list(phones.map(images.reencode, [BytesIO(content) for _ in range(int(sys.argv[1]))]))
print(len(drawn), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_many_phones_with_the_worst_photo_stay_bounded():
    done = subprocess.run(
        [sys.executable, "-c", UNFOLD, str(PHONES)],
        input=attacks.webp_bomb(),
        capture_output=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )

    drawn, megabytes = map(int, done.stdout.split())
    assert drawn == PHONES
    assert megabytes < MOST_MEGABYTES
