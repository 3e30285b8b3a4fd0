"""The fixtures, in the test suite of another project."""

import subprocess
import sys
import textwrap

import pytest

SHOP = """
    import httpx
    import pytest

    CHECKOUT = "tokenized/checkout"


    def grant(mock, http):
        known = mock.credentials
        answer = http.post(
            f"{mock.base_url}/{CHECKOUT}/token/grant",
            json={"app_key": known.app_key, "app_secret": known.app_secret},
            headers={"username": known.username, "password": known.password},
        )
        return {"authorization": answer.json()["id_token"], "x-app-key": known.app_key}


    def create(mock, http, guard):
        order = {
            "mode": "0011", "payerReference": "x", "callbackURL": "http://shop.test/callback",
            "amount": "5", "currency": "BDT", "intent": "sale", "merchantInvoiceNumber": "i",
        }
        return http.post(f"{mock.base_url}/{CHECKOUT}/create", json=order, headers=guard).json()


    def buy(mock, http):
        guard = grant(mock, http)
        payment_id = create(mock, http, guard)["paymentID"]
        mock.approve(payment_id)
        url = f"{mock.base_url}/{CHECKOUT}/execute"
        return http.post(url, json={"paymentID": payment_id}, headers=guard).json()
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project that has nothing but pytest, the mock and a shop that buys with httpx."""
    # Whether this package is installed, so that pytest finds the plugin by itself, or not.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makepyfile(shop=SHOP)
    pytester.syspathinsert()
    return pytester


def run(project: pytest.Pytester, tests: str, *options: str) -> pytest.RunResult:
    project.makepyfile(test_shop="from shop import *\n\n\n" + textwrap.dedent(tests))
    strict = ("-p", "mock_bkash.pytest_plugin", "-W", "error", "--strict-markers")
    # In this process the plugin is known already, where pytest found it by itself.
    known = ("-W", "ignore:Module already imported so cannot be rewritten")
    return project.runpytest_inprocess(*strict, *known, *options)


def test_a_blocking_shop_pays_in_process(project: pytest.Pytester):
    """By the transport, and by respx at bKash's own address."""
    done = run(
        project,
        """
        def test_transport(mock_bkash_app):
            with httpx.Client(transport=mock_bkash_app.transport) as http:
                assert buy(mock_bkash_app, http)["transactionStatus"] == "Completed"
            assert mock_bkash_app.ledger()["total_poisha"] == 500

        def test_respx(mock_bkash_router):
            with httpx.Client() as http:
                assert buy(mock_bkash_router, http)["transactionStatus"] == "Completed"
            assert mock_bkash_router.ledger()["total_poisha"] == 500
            assert mock_bkash_router.base_url == "https://tokenized.sandbox.bka.sh/v1.2.0-beta"
        """,
    )
    done.assert_outcomes(passed=2)


def test_an_awaiting_shop_pays_in_process(project: pytest.Pytester):
    """On whatever loop the test runs."""
    done = run(
        project,
        """
        import asyncio

        async def granted(mock, http):
            known = mock.credentials
            answer = await http.post(
                f"{mock.base_url}/{CHECKOUT}/token/grant",
                json={"app_key": known.app_key, "app_secret": known.app_secret},
                headers={"username": known.username, "password": known.password},
            )
            return answer.json()["statusCode"], mock.counters()["calls"]

        def test_app(mock_bkash_app):
            async def main():
                transport = httpx.ASGITransport(app=mock_bkash_app.app)
                async with httpx.AsyncClient(transport=transport) as http:
                    return await granted(mock_bkash_app, http)

            assert asyncio.run(main()) == ("0000", {"token_grant": 1})

        def test_respx(mock_bkash_router):
            async def main():
                async with httpx.AsyncClient() as http:
                    return await granted(mock_bkash_router, http)

            assert asyncio.run(main()) == ("0000", {"token_grant": 1})
        """,
    )
    done.assert_outcomes(passed=2)


def test_a_fault_that_never_fired_fails_the_test(project: pytest.Pytester):
    """It would have proved nothing; unless that is meant."""
    done = run(
        project,
        """
        def test_idle(mock_bkash_app):
            mock_bkash_app.inject("response-lost")

        def test_meant(mock_bkash_app):
            mock_bkash_app.inject("response-lost", must_fire=False)

        def test_fired(mock_bkash_app):
            mock_bkash_app.inject("reset;operations=token_grant")
            with httpx.Client(transport=mock_bkash_app.transport) as http:
                with pytest.raises(httpx.ReadError):
                    grant(mock_bkash_app, http)
        """,
    )
    done.assert_outcomes(passed=3, errors=1)
    done.stdout.fnmatch_lines(["*the fault plan response-lost never fired*must_fire=False*"])


def test_the_mock_is_chosen_by_fixture_and_marker(project: pytest.Pytester):
    """The nearest word counts: test over class over project."""
    project.makeconftest(
        """
        import pytest

        @pytest.fixture(scope="session")
        def mock_bkash_options():
            return ("--profile", "fast", "--approve", "auto")
        """
    )
    done = run(
        project,
        """
        def status(mock):
            with httpx.Client(transport=mock.transport) as http:
                guard = grant(mock, http)
                page = create(mock, http, guard)["bkashURL"]
                return http.get(page).status_code

        def test_project(mock_bkash_app):
            assert status(mock_bkash_app) == 302

        @pytest.mark.mock_bkash("--approve", "page")
        class TestPage:
            def test_class(self, mock_bkash_app):
                assert status(mock_bkash_app) == 200

            @pytest.mark.mock_bkash("--approve", "auto")
            def test_test(self, mock_bkash_app):
                assert status(mock_bkash_app) == 302

        @pytest.mark.mock_bkash("--profile", "quick")
        def test_wrong(mock_bkash_app):
            pass
        """,
    )
    done.assert_outcomes(passed=3, errors=1)
    done.stdout.fnmatch_lines(["*options of the mock: --profile: unknown profile 'quick'*"])


@pytest.mark.real_time
def test_a_shop_pays_on_a_socket(project: pytest.Pytester):
    """Tests share a process per choice of options, and see nothing of each other."""
    done = run(
        project,
        """
        SEEN = []

        @pytest.mark.parametrize("turn", range(3))
        def test_live(mock_bkash, turn):
            with httpx.Client() as http:
                assert buy(mock_bkash, http)["transactionStatus"] == "Completed"
            assert mock_bkash.ledger()["total_poisha"] == 500
            assert mock_bkash.counters()["payments_created"] == 1
            SEEN.append((mock_bkash.origin, mock_bkash.app_key))
            assert len({origin for origin, _ in SEEN}) == 1
            assert len({key for _, key in SEEN}) == turn + 1

        @pytest.mark.mock_bkash("--token-limit", "enforce")
        def test_another(mock_bkash):
            with httpx.Client() as http:
                grant(mock_bkash, http), grant(mock_bkash, http)
                with pytest.raises(KeyError):
                    grant(mock_bkash, http)
            assert mock_bkash.origin not in {origin for origin, _ in SEEN}
        """,
    )
    done.assert_outcomes(passed=4)


@pytest.mark.real_time
def test_workers_of_xdist_do_not_meet(project: pytest.Pytester):
    """Each has a process of its own, and no app key is given twice."""
    done = run(
        project,
        """
        @pytest.mark.parametrize("turn", range(6))
        def test_live(mock_bkash, turn):
            with httpx.Client() as http:
                assert buy(mock_bkash, http)["transactionStatus"] == "Completed"
            assert mock_bkash.counters()["payments_created"] == 1
        """,
        *("-p", "xdist", "-n", "2"),
    )
    done.assert_outcomes(passed=6)


def test_nothing_is_loaded_before_a_fixture_is_used():
    """pytest loads the plugin in every project of whoever has the mock installed."""
    program = (
        "import sys, mock_bkash.pytest_plugin;"
        " print(sorted(m for m in sys.modules if m.split('.')[0] in"
        " {'mock_bkash', 'starlette', 'uvicorn', 'msgspec', 'click', 'httpx', 'respx'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "['mock_bkash', 'mock_bkash.pytest_plugin']"
