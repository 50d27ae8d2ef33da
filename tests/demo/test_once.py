"""`demo --once` ends well only when every phase happened."""

import os
import re
import subprocess
import sys

import pytest

from wanmi.demo.plan.drawing import draw
from wanmi.demo.tour import PHASES, PhaseMissing, Tour


@pytest.mark.slow
def test_one_case_goes_through_all_phases_over_http(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "wanmi.config.commandline", "demo", "--once"],
        env={**os.environ, "WANMI_HOME": str(tmp_path), "WANMI_DATABASE_URL": ""},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    told = re.findall(r"^(\d)/7 (\w+)", done.stdout, re.M)
    assert {phase for _, phase in told} == set(PHASES)
    assert [int(number) for number, _ in told] == sorted(int(number) for number, _ in told)


def test_a_case_that_stays_behind_is_told_as_missing():
    tour = Tour("http://127.0.0.1:1", draw(1, "tiny"), say=print, at=None)

    with pytest.raises(PhaseMissing):
        tour._expect({"number": "1", "phase": "collection"}, "filing")
