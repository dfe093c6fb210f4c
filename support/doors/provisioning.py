"""What provisioning a browser is made of, for whoever provisions another program: cache, lock, commands, Node, npm."""

from ._alone import alone, workshop
from ._browser_command import DOWNLOAD_LIMIT, STEP_LIMIT, SYSTEM_CERTIFICATES, run
from ._browser_errors import BrowserUnavailable as ProgramUnavailable
from ._browser_find import cache_home, driver_home
from ._browser_node import node_from_wheel, node_home, why_not_node

__all__ = [
    "DOWNLOAD_LIMIT",
    "STEP_LIMIT",
    "SYSTEM_CERTIFICATES",
    "ProgramUnavailable",
    "alone",
    "cache_home",
    "driver_home",
    "node_from_wheel",
    "node_home",
    "run",
    "why_not_node",
    "workshop",
]
