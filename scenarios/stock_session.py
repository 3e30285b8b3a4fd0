"""The session of stock Locust: `locust -f scenarios/checkout.py --host URL`, with all that it has.

Closed model: each of `-u` users shops in a loop, every time as another shopper. Open model with
`--arrival-rate`: Locust's own users leave at once, and shoppers arrive by themselves. With workers,
each has its share of the arrivals and writes its own sample file. `--payments` ends the test by
count.
"""

import logging
from collections.abc import Callable
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import NoReturn

import gevent  # type: ignore[import-untyped]
from gevent import Greenlet
from gevent.pool import Group  # type: ignore[import-untyped]
from locust.env import Environment
from locust.runners import MasterRunner, WorkerRunner

from harness.clock import monotonic_ns
from harness.errors import ConfigurationError, HarnessError
from harness.load import Arrival, ExitStatus, Pacing, arrivals_forever
from scenarios.arrivals import Errand, send_out
from scenarios.quota import Quota
from scenarios.run import Run, open_recorder
from scenarios.session import finish, give_up
from scenarios.settings import Settings, stock_settings

__all__ = ["StockSession"]

TICK_S = 1.0

logger = logging.getLogger(__name__)


class StockSession:
    """Drive shoppers by Locust's command line or web UI.

    Args:
        environment: Locust's.
        start_user: starts a user for an errand, in the group given.

    Raises:
        ConfigurationError: an argument cannot be used. A host that is not known yet is looked at
            when the test starts.
    """

    def __init__(
        self, environment: Environment, start_user: Callable[[Errand, Group], None]
    ) -> None:
        self.run: Run | None = None
        self._environment = environment
        assert environment.parsed_options is not None
        self._options = environment.parsed_options
        self._start_user = start_user
        self._shoppers = Group()
        self._greenlets: list[Greenlet] = []
        self._quota: Quota | None = None
        self._tests = 0
        self._own_arrivals = count()
        # A web UI overwrites any option by a form's field, and a master those of its workers.
        # Where requests may go and where files are written stays with this process's own line.
        self._allowed_hosts = tuple(self._options.allow_remote)
        self._samples = Path(self._options.samples) if self._options.samples else None
        if environment.host or self._must_know_host():
            self._settings()
        self._refuse_old_samples()

    def start(self) -> None:
        """Begin a test, as it is set now: a web UI may have changed host and arguments."""
        self.run = None
        try:
            self._begin(self._settings())
        except HarnessError as error:
            logger.error("%s", error)
            if self._options.headless or isinstance(self._environment.runner, WorkerRunner):
                give_up(self._environment, status=ExitStatus.PLAN_REFUSED)
            else:
                assert self._environment.runner is not None
                gevent.spawn(self._environment.runner.stop)

    def stopping(self) -> None:
        """Stop arrivals; who is under way has `--stop-timeout` to finish."""
        if self._quota is not None:
            self._quota.close()
        gevent.killall(self._greenlets)
        self._shoppers.join(timeout=self._environment.stop_timeout)
        self._shoppers.kill()

    def stopped(self) -> None:
        """Close the sample file."""
        if self.run is not None:
            self.run.close()

    def next_errand(self) -> Errand | None:
        """Return the next shopper of the closed model; None in the open model."""
        run, quota = self.run, self._quota
        if run is None or quota is None or self._options.arrival_rate or not quota.take():
            return None
        return Errand(run.settings.shops[0], self._arrival(monotonic_ns() - run.origin_ns))

    def _must_know_host(self) -> bool:
        """Tell whether nobody can name the host later: no web UI, no master."""
        return bool(self._options.headless and not self._options.worker)

    def _refuse_old_samples(self) -> None:
        if self._samples is not None and any(self._samples.glob("samples-*.csv")):
            raise ConfigurationError(
                f"--samples {self._samples} holds samples of an earlier run; name a fresh folder"
            )

    def _settings(self) -> Settings:
        options = self._options
        if options.arrival_rate < 0:
            raise ConfigurationError(f"--arrival-rate {options.arrival_rate!r} is below 0")
        if options.payments < 0:
            raise ConfigurationError(f"--payments {options.payments!r} is below 0")
        return stock_settings(
            options,
            host=self._environment.host,
            allowed_hosts=self._allowed_hosts,
            samples=self._samples,
        )

    def _begin(self, settings: Settings) -> None:
        runner = self._environment.runner
        if isinstance(runner, MasterRunner):
            # It goes to the workers with all other options: they need it to share the arrivals.
            self._options.expect_workers = runner.worker_count
            return
        index, workers = self._share()
        if index >= workers:
            raise ConfigurationError(
                f"this is worker {index + 1} of {workers}: others were lost; restart the master"
            )
        self._tests += 1
        quota = Quota(
            int(self._options.payments),
            index=index,
            workers=workers,
            on_end=partial(finish, self._environment),
        )
        origin_ns = monotonic_ns()
        run = Run(
            self._environment,
            settings,
            recorder=open_recorder(settings, suffix=self._suffix(), origin_ns=origin_ns),
            origin_ns=origin_ns,
            on_failure=partial(give_up, self._environment, status=ExitStatus.RECORDER_FAILED),
            on_finished=quota.finished,
        )
        self.run, self._quota = run, quota
        self._greenlets = [gevent.spawn(self._tick, run)]
        if self._options.arrival_rate:
            self._greenlets.append(gevent.spawn(self._send_out, run, quota.share))

    def _send_out(self, run: Run, journeys: int | None) -> None:
        rate_per_s, seed = self._options.arrival_rate, run.settings.crowd.seed
        everyone = arrivals_forever(Pacing.POISSON, rate_per_s=rate_per_s, seed=seed)
        index, workers = self._share()
        own = islice(islice(everyone, index, None, workers), journeys)
        send_out(
            (self._arrival(arrival.due_ns) for arrival in own),
            run.settings.shops,
            origin_ns=run.origin_ns,
            time_scale=run.settings.time_scale,
            start=lambda errand: self._start_user(errand, self._shoppers),
        )

    def _arrival(self, due_ns: int) -> Arrival:
        index, workers = self._share()
        number = self._options.first_arrival + next(self._own_arrivals) * workers + index
        return Arrival(number=number, due_ns=due_ns, warmup=False)

    def _share(self) -> tuple[int, int]:
        """Return which share of the arrivals is this process's, from 0, and how many there are."""
        runner = self._environment.runner
        if isinstance(runner, WorkerRunner):
            return runner.worker_index, self._options.expect_workers
        return 0, 1

    def _suffix(self) -> str:
        runner = self._environment.runner
        worker = f"-worker{runner.worker_index}" if isinstance(runner, WorkerRunner) else ""
        return f"{worker}-{self._tests}" if self._tests > 1 else worker

    def _tick(self, run: Run) -> NoReturn:
        while True:
            gevent.sleep(TICK_S)
            run.flush()
