"""Stock Locust on the scenario: closed and open model, workers, refusals."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from harness.load import Crowd, Pacing, arrivals_forever
from harness.rundata import read_samples

pytestmark = pytest.mark.real_time

QUICK = ("--land-think", "0.1", "--approve-think", "0.1", "-t", "3s")


def landings(folder: Path) -> dict[str, Any]:
    """Return the rows of landing by the name of their file."""
    found = {}
    for path in sorted(folder.glob("samples-*.csv")):
        samples, _ = read_samples([path])
        found[path.name] = samples[samples["request"] == "land"].reset_index()
    return found


def test_open_model_arrives_by_itself(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """Arrivals keep their schedule whatever -u says, and go on from the first number."""
    ended = locust(
        "--host", shop.url, *QUICK, "-u", "9", "--arrival-rate", "20", "--first-arrival", "700",
        "--samples", str(tmp_path),
    )  # fmt: skip
    assert ended.status == 0, ended.log
    land = landings(tmp_path)["samples-locust.csv"].sort_values("arrival").reset_index()
    assert list(land["arrival"]) == list(range(700, 700 + len(land)))
    assert len(land) > 20
    schedule = arrivals_forever(Pacing.POISSON, rate_per_s=20, seed=1)
    for intended_ns, arrival in zip(land["intended_ns"], schedule, strict=False):
        assert intended_ns == arrival.due_ns


def test_closed_model_shops_in_a_loop(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """Each journey of each user is the next shopper; whoever is stopped fails nothing."""
    ended = locust("--host", shop.url, *QUICK, "-u", "4", "-r", "4", "--samples", str(tmp_path))
    assert ended.status == 0, ended.log
    land = landings(tmp_path)["samples-locust.csv"]
    assert sorted(land["arrival"]) == list(range(len(land)))
    assert len(land) >= 4


def test_workers_share_arrivals_and_keep_their_own_samples(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """With two processes each arrival is served once, by one of them."""
    ended = locust(
        "--host", shop.url, *QUICK, "--processes", "2", "--arrival-rate", "20",
        "--samples", str(tmp_path),
    )  # fmt: skip
    assert ended.status == 0, ended.log
    files = landings(tmp_path)
    assert sorted(files) == ["samples-locust-worker0.csv", "samples-locust-worker1.csv"]
    for worker, land in enumerate(files.values()):
        assert len(land) > 5
        assert {arrival % 2 for arrival in land["arrival"]} == {worker}


def test_same_seed_sends_the_same_shoppers(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """The users that the shop saw are those of the seed's first arrivals."""
    locust(
        "--host", shop.url, *QUICK, "--arrival-rate", "10", "--bkash-seed", "99",
        "--samples", str(tmp_path),
    )  # fmt: skip
    crowd = Crowd(99)
    arrivals = landings(tmp_path)["samples-locust.csv"]["arrival"]
    expected = {crowd.shopper(int(arrival)).user_id for arrival in arrivals}
    assert expected & set(shop.users())


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        pytest.param(["--host", "http://shop.example"], "--allow-remote shop.example", id="remote"),
        pytest.param([], "no shop to load; name it with --host", id="no host"),
        pytest.param(
            ["--host", "http://127.0.0.1:9", "--bkash-target", "nope"],
            "unknown target",
            id="target",
        ),
        pytest.param(
            ["--host", "http://127.0.0.1:9", "--arrival-rate", "-1"], "is below 0", id="rate"
        ),
    ],
)
def test_wrong_arguments_are_refused_in_one_line(
    locust: Callable[..., Any], arguments: list[str], complaint: str
) -> None:
    """Status 2 before anything is sent, and the line says what to do."""
    ended = locust(*arguments)
    assert ended.status == 2
    assert complaint in ended.log.splitlines()[-1]
    assert "Traceback" not in ended.log


def test_samples_of_another_run_are_not_mixed(
    shop: Any, tmp_path: Path, locust: Callable[..., Any]
) -> None:
    """A folder with samples belongs to the run that wrote them."""
    (tmp_path / "samples-locust.csv").write_text("precious")
    ended = locust("--host", shop.url, *QUICK, "--samples", str(tmp_path))
    assert ended.status == 2
    assert "name a fresh folder" in ended.log
    assert (tmp_path / "samples-locust.csv").read_text() == "precious"
