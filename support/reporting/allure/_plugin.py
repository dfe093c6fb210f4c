"""What a suite says through allure's functions, heard through allure-python-commons."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from allure_commons import hookimpl

from ...core import Exhibit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

    from ...core import Evidence

_TEXTUAL: Final = ("text/", "application/json", "application/xml", "application/yaml")


class Listener(Protocol):
    """Who is told."""

    def evidence(self) -> Evidence:
        """The evidence of what runs now."""

    def mark(self, name: str, value: object) -> None:
        """What the running scenario, or what stands around it, says of itself."""

    def keep_for_run(self, exhibit: Exhibit) -> None:
        """Something that concerns the run as a whole."""

    def error_of_run(self, message: str, trace: str) -> None:
        """An error that concerns the run as a whole."""


class Plugin:
    """A plug-in of allure-python-commons; its methods are the hooks of that library."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._open: dict[str, AbstractContextManager[None]] = {}

    @hookimpl
    def attach_data(self, body: Any, name: str | None, attachment_type: Any, extension: str | None) -> None:  # noqa: ANN401
        """`allure.attach`."""
        self._listener.evidence().keep(_exhibit(body, name, attachment_type, extension))

    @hookimpl
    def attach_file(self, source: str, name: str | None, attachment_type: Any, extension: str | None) -> None:  # noqa: ANN401
        """`allure.attach.file`."""
        self._listener.evidence().keep(_file(source, name, attachment_type, extension))

    @hookimpl
    def global_attach_data(self, body: Any, name: str | None, attachment_type: Any, extension: str | None) -> None:  # noqa: ANN401
        """`allure.global_attach`."""
        self._listener.keep_for_run(_exhibit(body, name, attachment_type, extension))

    @hookimpl
    def global_attach_file(self, source: str, name: str | None, attachment_type: Any, extension: str | None) -> None:  # noqa: ANN401
        """`allure.global_attach.file`."""
        self._listener.keep_for_run(_file(source, name, attachment_type, extension))

    @hookimpl
    def global_error(self, message: str, trace: str | None) -> None:
        """`allure.global_error`."""
        self._listener.error_of_run(message, trace or "")

    @hookimpl
    def start_step(self, uuid: str, title: str, params: Mapping[str, object]) -> None:
        """`allure.step` is entered."""
        self._open[uuid] = action = self._listener.evidence().action(title, params)
        action.__enter__()

    @hookimpl
    def stop_step(self, uuid: str, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:  # noqa: ANN401
        """`allure.step` is left."""
        if (action := self._open.pop(uuid, None)) is not None:
            action.__exit__(exc_type, exc_val, exc_tb)

    @hookimpl
    def add_title(self, test_title: str) -> None:
        """`allure.dynamic.title`."""
        self._listener.mark("title", test_title)

    @hookimpl
    def add_description(self, test_description: str) -> None:
        """`allure.dynamic.description`."""
        self._listener.mark("description", test_description)

    @hookimpl
    def add_description_html(self, test_description_html: str) -> None:
        """`allure.dynamic.description_html`."""
        self._listener.mark("description_html", test_description_html)

    @hookimpl
    def add_label(self, label_type: str, labels: tuple[Any, ...]) -> None:
        """`allure.dynamic.label`, and `severity`, `epic`, `tag` and the others that are labels."""
        for value in labels:
            self._listener.mark("labels", [str(label_type), str(getattr(value, "value", value))])

    @hookimpl
    def add_link(self, url: str, link_type: str, name: str | None) -> None:
        """`allure.dynamic.link`, `issue` and `testcase`."""
        self._listener.mark("links", [str(link_type), url, name])

    @hookimpl
    def add_parameter(self, name: str, value: object, excluded: bool | None, mode: Any) -> None:  # noqa: ANN401, FBT001
        """`allure.dynamic.parameter`."""
        told = {"name": name, "value": str(value), "excluded": excluded, "mode": getattr(mode, "value", mode)}
        self._listener.mark("parameters", told)


def _exhibit(body: Any, name: str | None, attachment_type: Any, extension: str | None) -> Exhibit:  # noqa: ANN401
    media_type = str(getattr(attachment_type, "mime_type", attachment_type) or "")
    media_type = media_type or ("text/plain" if isinstance(body, str) else "application/octet-stream")
    ends = extension or getattr(attachment_type, "extension", None)
    return Exhibit(
        "attachment", name or "Attachment", _readable(body, media_type), media_type, {"extension": ends} if ends else {}
    )


def _file(source: str, name: str | None, attachment_type: Any, extension: str | None) -> Exhibit:  # noqa: ANN401
    path = Path(source)
    guessed = attachment_type or mimetypes.guess_type(path.name)[0]
    return _exhibit(path.read_bytes(), name or path.name, guessed, extension or path.suffix.lstrip("."))


def _readable(body: Any, media_type: str) -> str | bytes:  # noqa: ANN401
    """Text as text, so that it is read for secrets."""
    if isinstance(body, bytes | bytearray) and media_type.startswith(_TEXTUAL):
        try:
            return bytes(body).decode()
        except UnicodeDecodeError:
            return bytes(body)
    return bytes(body) if isinstance(body, bytes | bytearray | memoryview) else str(body)
