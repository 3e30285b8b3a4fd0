"""Headless Chromium at the checkout and at bKash: a shopper with a mouse and a keyboard."""

import json
import re
import shutil
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

pytestmark = [pytest.mark.real_time, pytest.mark.browser]

WALLET = "01770618575"
OTP = "123456"
PIN = "12121"
"""bKash's public sandbox customer."""

LIMIT_MS = 120_000
"""Longest wait for anything on a page: far beyond need, so that a slow machine passes."""

expect.set_options(timeout=LIMIT_MS)


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            timeout=LIMIT_MS,
            executable_path=shutil.which("chromium"),
            # Chromium refuses to sandbox itself under root, which CI often is; it only ever visits
            # this machine here.
            args=["--no-sandbox", "--disable-gpu"],
        )
        yield browser
        browser.close()


@pytest.fixture
def stack(household) -> tuple[str, str]:
    """A merchant and its mock that wants its page filled in: (merchant's URL, mock's root)."""
    mock = household.mock("--profile", "fast", "--approve", "page")
    merchant = household.merchant(
        *("--variant", "prefetch", "--gateway", f"{mock}/v1.2.0-beta", "--app-key", "shop"),
        *("--profile", "fast", "--database", "shop.sqlite"),
    )
    return merchant, mock


def open_page(chromium: Browser, **options: bool) -> Page:
    """A page that waits as long as a slow machine may need."""
    page = chromium.new_page(**options)
    page.set_default_timeout(LIMIT_MS)
    return page


def counters(mock: str) -> dict[str, int]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{mock}/_mock/counters?app_key=shop", timeout=120) as answer:
        return json.load(answer)["calls"]


def pay_at_bkash(page: Page) -> None:
    """Go through bKash's three forms as a person does: type, press Enter."""
    for value in (WALLET, OTP, PIN):
        field = page.locator("input:not([type=hidden])").first
        field.fill(value)
        field.press("Enter")


def test_landing_prefetches_and_a_click_pays(chromium, stack):
    """The page warms the token while the shopper reads; a click leads to bKash and back to paid."""
    merchant, mock = stack
    page = open_page(chromium)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    with page.expect_response("**/api/bkash/refresh-token") as prefetch:
        page.goto(f"{merchant}/checkout/7?user_id=3")
    assert prefetch.value.ok
    assert "id_token" not in prefetch.value.text()
    assert counters(mock)["token_grant"] == 1

    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.wait_for_url(f"{mock}/**")
    pay_at_bkash(page)
    page.wait_for_url(f"{merchant}/checkout/result**")
    expect(page.get_by_role("heading", name="Payment complete")).to_be_visible()
    assert counters(mock)["execute_payment"] == 1
    # One grant in all: the payment found the token that the landing had fetched.
    assert counters(mock)["token_grant"] == 1
    assert not [text for text in heard if "error" in text.lower()]

    # What the guide's troubleshooting looks for in the console, where the token is warm.
    with page.expect_console_message(lambda message: "Using cached token" in message.text):
        page.goto(f"{merchant}/checkout/8?user_id=3")


def test_pay_button_works_without_javascript(chromium, stack):
    """A shopper who runs no script pays all the same."""
    merchant, mock = stack
    page = open_page(chromium, java_script_enabled=False)
    page.goto(f"{merchant}/checkout/9?user_id=4")
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.wait_for_url(f"{mock}/**")
    pay_at_bkash(page)
    page.wait_for_url(f"{merchant}/checkout/result**")
    expect(page.get_by_role("heading", name="Payment complete")).to_be_visible()


def test_shopper_who_cancels_at_bkash_is_told_so(chromium, stack):
    """Cancelling at bKash leads back to a page that says so, and no money moves."""
    merchant, mock = stack
    page = open_page(chromium)
    page.goto(f"{merchant}/checkout/10?user_id=5")
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    page.wait_for_url(f"{mock}/**")
    page.get_by_role("button", name=re.compile("cancel|close", re.IGNORECASE)).first.click()
    page.wait_for_url(f"{merchant}/checkout/result**")
    expect(page.get_by_role("heading", name="Payment cancelled")).to_be_visible()
    assert "execute_payment" not in counters(mock)
