"""What the routes of all versions work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demo.storefront.platform.limits import Limits
    from demo.storefront.platform.shops import Directory
    from demo.storefront.platform.signed_in import SignedIn

    from .baskets import Baskets
    from .closing import Closing
    from .placing import Placing
    from .reading import Reading


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Who is asking, in which shop, and the desks that answer."""

    directory: Directory
    anybody: SignedIn
    staff: SignedIn
    owner: SignedIn
    limits: Limits
    baskets: Baskets
    placing: Placing
    reading: Reading
    closing: Closing
