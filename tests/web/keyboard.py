"""Somebody who has a keyboard alone, and looks where its focus is."""

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 60
_SHOWN = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const lined = (style) => style.outlineStyle !== "none" && style.outlineWidth !== "0px";
    const marked = (style) => style.boxShadow !== "none" || (lined(style) && !/, 0\\)$/.test(style.outlineColor));
    const beside = ["radio", "checkbox"].includes(at.type) ? at.labels[0] : at;
    const there = box.width > 1 && box.bottom > 0 && box.top < innerHeight;
    const seen = there && at.checkVisibility({visibilityProperty: true});
    return seen && (marked(getComputedStyle(at)) || marked(getComputedStyle(beside, "::before")));
}"""
"""Whether the focus is on the screen and marked; GOV.UK's radios are marked beside themselves."""


def go_to(page: Page, wanted: Locator) -> None:
    """Presses Tab until the focus is there; each stop on the way has to be seen."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(_SHOWN), page.evaluate("document.activeElement.outerHTML.slice(0, 300)")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {wanted}")


def press(page: Page, wanted: Locator) -> None:
    """Goes to a link or button and presses Enter."""
    go_to(page, wanted)
    page.keyboard.press("Enter")


def write(page: Page, wanted: Locator, text: str) -> None:
    """Goes to a field and types."""
    go_to(page, wanted)
    page.keyboard.type(text)
