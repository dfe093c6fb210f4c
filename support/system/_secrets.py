"""The secrets of a system: generated for one that we start, or taken from our environment."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from ..core import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._model import SystemDescription


def given_secrets(description: SystemDescription) -> Mapping[str, str]:
    """Those that are in our environment, by name: they are known before the system is met."""
    variables = {name: source.partition(":")[2] for name, source in description.secrets.items()}
    return {name: os.environ[variable] for name, variable in variables.items() if variable in os.environ}


def secrets_of(description: SystemDescription) -> Mapping[str, str]:
    """Values by name; ConfigurationError names every variable that is not set."""
    given = {name: source.partition(":")[2] for name, source in description.secrets.items()}
    if unset := [name for name, variable in given.items() if variable and variable not in os.environ]:
        file = description.path.name
        told = (f"{file}: secrets.{name}: the environment variable {given[name]} is not set. Set it." for name in unset)
        raise ConfigurationError("\n".join(told))
    return {name: os.environ[var] if var else secrets.token_urlsafe(24) for name, var in given.items()}
