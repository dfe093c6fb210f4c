"""How long the whole Storefront takes from nothing to ready, cold and warm, with plain commands and with forked ones.

Run it as `python benchmarks/start_up.py [rounds]`. The two ways take turns in each round, so the difference holds on a
noisy machine. Warm is with everything in the page cache and a template of the database; cold is without the template
and with the files of the environment, the interpreter and the checkout dropped from the page cache (of this machine's
kernel only: a virtual disk may still have them).
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
START = """
import sys, time
begun = time.perf_counter()
from pathlib import Path
from support.environments import control_argv
from support.system import SystemClient, load
imported = time.perf_counter()
client = SystemClient.start(
    load(Path(sys.argv[1])), profile="embedded", run_id="bench", argv=control_argv(), progress=lambda text: print(text)
)
print(f"(our imports) is ready after {imported - begun:.2f} s")
print(f"(all, for the client) is ready after {time.perf_counter() - begun:.2f} s")
ready = time.perf_counter()
client.close()
print(f"(stopped) is ready after {time.perf_counter() - ready:.2f} s")
"""


def descriptions(folder: Path) -> dict[str, Path]:
    """The Storefront's file as it is, and without what is preloaded."""
    text = (ROOT / "system.toml").read_text(encoding="utf-8")
    texts = {"plain": re.sub(r"(?ms)^preload = \[.*?^\]\n", "", text), "forked": text}
    if texts["plain"] == text:
        sys.exit("system.toml preloads nothing: there is nothing to compare")
    for name, content in texts.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return {name: folder / f"{name}.toml" for name in texts}


def drop_from_page_cache() -> None:
    """Let the kernel forget the files of interpreter, environment and checkout."""
    os.sync()
    for place in {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib", "scripts")}:
        forget(place)
    for name in ("support", "demo"):
        forget(ROOT / name)


def forget(place: Path) -> None:
    """Let the kernel forget the files below a folder."""
    for path in place.rglob("*"):
        if path.is_file() and not path.is_symlink():
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)


def start(description: Path, cache: Path) -> dict[str, float]:
    """Start the system once: seconds until each part was ready."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache)}
    argv = [sys.executable, "-c", START, str(description)]
    told = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    if told.returncode:
        sys.exit(told.stderr)
    return {name: float(seconds) for name, seconds in re.findall(r"(?m)^(.+) is ready after ([\d.]+) s", told.stdout)}


def table(title: str, times: dict[str, dict[str, list[float]]]) -> None:
    """Print the medians (and the longest) of both ways."""
    print(f"\n{title:<24}" + "".join(f"{way:>18}" for way in times))
    parts = {part: None for way in times.values() for part in way}
    for part in sorted(parts, key=lambda part: statistics.median(times["forked"][part])):
        cells = (f"{statistics.median(times[way][part]):.2f} ({max(times[way][part]):.2f})" for way in times)
        print(f"{part:<24}" + "".join(f"{cell:>18}" for cell in cells))


def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"{rounds} rounds, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; seconds: median (longest)")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        ways, warm = descriptions(Path(folder)), Path(folder) / "warm"
        for title, cold in (("warm", False), ("cold", True)):
            times: dict[str, dict[str, list[float]]] = {way: defaultdict(list) for way in ways}
            if not cold:
                start(ways["forked"], warm)
            for number in range(rounds):
                for way, description in ways.items():
                    if cold:
                        drop_from_page_cache()
                    cache = Path(folder) / f"cold-{way}-{number}-{time.time_ns()}" if cold else warm
                    for part, seconds in start(description, cache).items():
                        times[way][part].append(seconds)
            table(title, times)


if __name__ == "__main__":
    main()
