"""Arguments that the scenario adds to Locust's own; docs/scenarios.md lists them.

They show in the web UI, but not in `locust --help`, which Locust prints before it reads a scenario.
What reaches other machines or this one's disk is left out of the web UI, which has no password.
"""

from locust.argument_parser import LocustArgumentParser

__all__ = ["add_arguments"]


def add_arguments(parser: LocustArgumentParser) -> None:
    """Add the scenario's arguments to Locust's parser."""
    parser.add_argument(
        "--arrival-rate",
        type=float,
        default=0.0,
        metavar="PER_S",
        help="Open model: so many shoppers arrive per second, however late the answers are, and"
        " -u and -r do not matter. 0 (default): closed model, each of -u users shops in a loop.",
    )
    parser.add_argument(
        "--payments",
        type=int,
        default=0,
        metavar="N",
        help="End the test when so many journeys are finished; workers share them. 0 (default): it"
        " ends by -t, or when it is stopped.",
    )
    parser.add_argument(
        "--bkash-target",
        default="merchant",
        metavar="NAME|FILE",
        help="What the journey sends and reads: a target's name or TOML file (default: merchant).",
    )
    parser.add_argument(
        "--bkash-seed",
        type=int,
        default=1,
        metavar="N",
        help="Seed of arrivals, shoppers and trace ids (default: 1).",
    )
    parser.add_argument(
        "--first-arrival",
        type=int,
        default=0,
        metavar="N",
        help="Number of the first shopper: go on where the last run ended, so that nobody buys the"
        " same course twice (default: 0).",
    )
    parser.add_argument(
        "--land-think",
        type=float,
        default=2.0,
        metavar="S",
        help="Pause between landing and paying, seconds (default: 2).",
    )
    parser.add_argument(
        "--approve-think",
        type=float,
        default=1.0,
        metavar="S",
        help="Pause at bKash, seconds (default: 1).",
    )
    parser.add_argument(
        "--request-timeout",
        type=float,
        default=60.0,
        metavar="S",
        help="Longest wait for one answer, seconds (default: 60).",
    )
    parser.add_argument(
        "--stage-stats",
        choices=["on", "off"],
        default="on",
        help="Show the stages of Server-Timing as STAGE rows in the statistics; they count in"
        " Locust's Aggregated row (default: on).",
    )
    _add_private_arguments(parser)


def _add_private_arguments(parser: LocustArgumentParser) -> None:
    parser.add_argument(
        "--samples",
        default="",
        metavar="DIR",
        include_in_web_ui=False,
        help="Keep every sample, unrounded, as samples-*.csv in this folder.",
    )
    parser.add_argument(
        "--allow-remote",
        action="append",
        default=[],
        metavar="HOST",
        include_in_web_ui=False,
        help="Allow requests to this host, which is not this machine. Repeat for more hosts."
        " Load only what is yours; never bKash.",
    )
