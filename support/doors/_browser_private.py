"""What a page shows that nobody else may read.

Private is what stands in password fields, in fields that a browser fills in with cards and one-time codes, in fields
that are named like a secret, and in whatever the page marks with `data-private`; in frames and shadow trees too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Frame, Locator, Page

PATIENCE: Final = 2_000  # milliseconds; a page that is stuck must not hold up the end of the scenario
_SHORTEST: Final = 4  # private values shorter than this are replaced only where they are the whole value of a field
_FILLED_IN: Final = ("cc-", "current-password", "new-password", "one-time-code")
_MARKED: Final = ", ".join(
    ("input[type=password]", "[data-private]", *(f'[autocomplete*="{word}" i]' for word in _FILLED_IN))
)
_TOLD: Final = """(root, marked) => {
  const names = ['name', 'id', 'aria-label', 'placeholder'];
  const all = (tree, css) => [...tree.querySelectorAll(css), ...[...tree.querySelectorAll('*')]
    .flatMap(each => each.shadowRoot ? all(each.shadowRoot, css) : [])];
  const texts = field => [field.value, field.innerText].filter(text => typeof text === 'string' && text.trim());
  const inside = each => [each, ...each.querySelectorAll('input, textarea, select')];
  return {
    marked: all(root, marked).flatMap(inside).flatMap(texts),
    fields: all(root, 'input, textarea, select').map(field => ({
      texts: ['submit', 'button', 'reset', 'checkbox', 'radio'].includes(field.type) ? [] : texts(field),
      attributes: names.map(name => [name, field.getAttribute(name)]).filter(([, value]) => value),
      labels: [...(field.labels || [])].map(label => label.textContent.trim()).filter(Boolean),
    })),
  };
}"""


@dataclass(frozen=True, slots=True)
class Private:
    """Where the private things of a page are, and what stands there."""

    places: Sequence[Locator] = ()
    values: Sequence[str] = ()


def find_private(page: Page, clean: Callable[[str], str]) -> Private:
    """What is private on the page at this moment; names are a secret's if `clean` takes their values out."""
    places, values = list[Any](), list[str]()
    for frame in page.frames:
        told = frame.locator(":root").evaluate(_TOLD, _MARKED, timeout=PATIENCE)
        places.append(frame.locator(_MARKED))
        values += told["marked"]
        for field in told["fields"]:
            found = list(_named_secret(frame, field, clean))
            places += found
            values += field["texts"] if found else []
    return Private(places, values)


def without(text: str, private: Sequence[str]) -> str:
    """The text without the private values, as they are and as they are escaped in JSON or an aria snapshot."""
    forms = {form for value in private for form in (value.strip(), json.dumps(value.strip(), ensure_ascii=False)[1:-1])}
    forms |= {" ".join(form.split()) for form in forms}
    for form in sorted(filter(None, forms), key=len, reverse=True):
        whole = re.compile(rf'(?<=: )"?{re.escape(form)}"?$', re.MULTILINE)
        text = whole.sub("[private]", text)
        if len(form) >= _SHORTEST:
            text = text.replace(form, "[private]")
    return text


def _named_secret(frame: Frame, field: dict[str, Any], clean: Callable[[str], str]) -> Iterator[Locator]:
    """The field, as often as it has a name of a secret."""
    for attribute, name in field["attributes"]:
        if _is_secret(name, clean):
            yield frame.locator(f"[{attribute}={json.dumps(name, ensure_ascii=False)}]")
    for label in field["labels"]:
        if _is_secret(label, clean):
            yield frame.get_by_label(label, exact=True)


def _is_secret(name: str, clean: Callable[[str], str]) -> bool:
    sample = json.dumps({name: "a-sample"}, ensure_ascii=False)
    return clean(sample) != sample
