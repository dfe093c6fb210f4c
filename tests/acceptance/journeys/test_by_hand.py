"""The storefront used by hand, as its README shows: the commands that stand there, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from urllib.request import ProxyHandler, build_opener

import pytest

from .conftest import ROOT, Suite

README = ROOT / "demo/storefront/README.md"


@pytest.mark.skipif(not shutil.which("curl"), reason="the README's commands use curl")
def test_a_shop_is_opened_with_the_commands_of_the_readme(suite: Suite) -> None:  # noqa: ARG001 - it has to be up
    """With the system kept up, two values asked for, and the README's block pasted, the shop has its product."""
    told = {name: _value(of) for name, of in (("FRONT", "mesh.url"), ("OPERATOR_KEY", "secrets.operator_key"))}
    block = re.search(r"## By hand\n.*?\n\n(    .*?)\n\n\S", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    script = "set -e\n" + textwrap.dedent(block[1]).replace("curl ", "curl --silent --fail-with-body ")
    settings = {**os.environ, **told}
    done = subprocess.run(["bash", "-c", script], env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with build_opener(ProxyHandler({})).open(f"{told['FRONT']}/shops/adas-tea/") as answer:
        page = answer.read().decode()
    assert "Earl Grey" in page
    assert "£4.50" in page


def _value(name: str) -> str:
    command = [sys.executable, "-m", "support", "value", name]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
