from __future__ import annotations

import pytest

from support.core import ConfigurationError
from support.doors._browser_private import without
from support.doors.browser import _origin

SNAPSHOT = (
    '- textbox "Password": hunter2\n- textbox "PIN": "42"\n- textbox "Age": 42 years\n- text: hunter2 and "a \\"b\\" c"'
)


def test_private_values_leave_the_text() -> None:
    """A long value goes wherever it stands, a short one only where it is the whole of a field; quoted forms too."""
    assert without(SNAPSHOT, ["hunter2", "42", 'a "b" c']) == (
        '- textbox "Password": [private]\n- textbox "PIN": [private]\n- textbox "Age": 42 years\n'
        '- text: [private] and "[private]"'
    )


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("HTTP://Shop.example:80/basket?x=1", "http://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("http://[::1]:8080/", "http://[::1]:8080"),
    ],
)
def test_origins_are_written_as_browsers_write_them(url: str, origin: str) -> None:
    """Default ports, paths and capital letters do not matter."""
    assert _origin(url) == origin


def test_what_is_no_origin_is_refused() -> None:
    """A name without a scheme is a ConfigurationError with an example."""
    with pytest.raises(ConfigurationError, match=r"'shop\.example' is no origin; expected one such as"):
        _origin("shop.example")
