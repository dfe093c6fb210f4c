"""Reading a suite: whatever cannot be read is told with file and line, everything at once, and without a traceback."""

from __future__ import annotations

import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from behave.parser import ParserError
from behave.runner_util import FileNotFoundError as NoSuchFeature
from behave.runner_util import InvalidFilenameError, parse_features
from behave.step_registry import AmbiguousStep

from ..core import ConfigurationError, RehearsalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from behave.model import Feature


def read_features(locations: Iterable[Any], language: str | None) -> list[Feature]:
    """The features at these places; ConfigurationError names every file that is no feature, and its line."""
    places = list(locations)
    try:
        return list(parse_features(places, language=language))
    except (ParserError, UnicodeDecodeError, OSError):
        raise ConfigurationError("\n".join(_faults(places, language))) from None


def _faults(locations: Iterable[Any], language: str | None) -> Iterator[str]:
    for location in locations:
        try:
            parse_features([location], language=language)
        except ParserError as error:
            yield _unreadable(error, str(location.filename))
        except (UnicodeDecodeError, OSError) as error:
            yield f"{_short(location.filename)} cannot be read: {error}. A feature is a text file in UTF-8."


@contextmanager
def suite_files(base: str) -> Iterator[None]:
    """While files of the suite are loaded: their faults become ConfigurationErrors that name file and line."""
    try:
        yield
    except (RehearsalError, AmbiguousStep):
        raise
    except NoSuchFeature as error:
        msg = f"{error} does not exist. Name a feature file or a folder that holds some."
        raise ConfigurationError(msg) from error
    except InvalidFilenameError as error:
        msg = f"{error} is no feature. Name a feature file or a folder that holds some."
        raise ConfigurationError(msg) from error
    except SyntaxError as error:
        msg = f"{error.filename}:{error.lineno} is no Python: {error.msg}: {(error.text or '').strip()}"
        raise ConfigurationError(msg) from error
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if _is_of(frame.filename, base)]
        where = f"{_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else "The suite"
        msg = f"{where} cannot be loaded: {type(error).__name__}: {error}"
        raise ConfigurationError(msg) from error


def _unreadable(error: ParserError, filename: str) -> str:
    said = " ".join(str(error).split()).partition('": ')[2] or str(error)
    line = f":{error.line}" if error.line else ""
    return f"{_short(filename)}{line} is no Gherkin: {said}."


def _is_of(filename: str, base: str) -> bool:
    """Whether a file belongs to the suite: behave names its step files as they were found, relative ones too."""
    path = Path(filename)
    return not path.is_absolute() or path.is_relative_to(base)


def _short(filename: str) -> str:
    path = Path(filename)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(filename)
