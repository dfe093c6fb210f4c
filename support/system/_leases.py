"""Who uses the system: one lease a connection, for exactly as long as the connection lives."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ..core import Permit
from ._guests import LeaseInfo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._guests import Guest
    from ._temporary import Temporary

_LOG: Final = logging.getLogger(__name__)
_LONGEST_CLEANUP: Final = 30.0


class Leases:
    """The leases that were given; a guest that fails to undo what a lease did is told, and noted in the log."""

    def __init__(self, guests: Sequence[Guest], temporary: Temporary) -> None:
        self._guests, self._held, self._temporary = guests, dict[str, LeaseInfo](), temporary

    def take(self, run_id: str, addresses: Mapping[str, str]) -> LeaseInfo:
        """Give a lease to a run; until `permit` says what, nothing may be done under it."""
        lease_id = secrets.token_hex(4)
        lease = LeaseInfo(lease_id, run_id, addresses, Permit(frozenset()), temporary=self._temporary.make(lease_id))
        self._held[lease.lease_id] = lease
        return lease

    def permit(self, lease: LeaseInfo, permit: Permit) -> LeaseInfo:
        """The same lease with what may be done under it."""
        self._held[lease.lease_id] = permitted = replace(lease, permit=permit)
        return permitted

    async def end(self, lease: LeaseInfo) -> list[str]:
        """End a lease: one guest after the other undoes what was done under it; what could not be undone.

        The guests are told whether it was the `last` of its run: workers of a run have leases of their own.
        """
        if not self._held.pop(lease.lease_id, None):
            return []
        lease = replace(lease, last=lease.run_id not in self.runs())
        faults = [fault for guest in self._guests if (fault := await self._undo(guest, lease))]
        await asyncio.to_thread(self._temporary.remove, lease.lease_id)
        return faults

    async def end_all(self) -> None:
        """End all leases."""
        await asyncio.gather(*map(self.end, tuple(self._held.values())))

    def runs(self) -> list[str]:
        """The runs that hold a lease."""
        return [lease.run_id for lease in self._held.values()]

    async def _undo(self, guest: Guest, lease: LeaseInfo) -> str:
        try:
            async with asyncio.timeout(_LONGEST_CLEANUP):
                await guest.lease_ended(lease)
        except Exception as error:  # noqa: BLE001 - it is told and logged, and the other guests go on
            told = f"{guest.name} could not undo what run {lease.run_id} did"
            _LOG.exception(told)
            return f"{told}: {str(error) or type(error).__name__}"
        return ""
