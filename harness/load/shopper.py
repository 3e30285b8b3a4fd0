"""Who arrives: arrival i is always the same user with the same course, in every variant.

The pair is a keyed permutation of all pairs, so that none buys twice: a Feistel network over the
pairs' numbers, walked until it lands inside (Black & Rogaway, "Ciphers with arbitrary finite
domains", CT-RSA 2002, section 4).
"""

from dataclasses import dataclass
from hashlib import blake2b

from harness.errors import ConfigurationError
from harness.trace import trace_id

__all__ = ["COURSES", "USERS", "Crowd", "Shopper"]

USERS = 1000
COURSES = 50

_ROUNDS = 4
"""Luby & Rackoff (1988): four rounds make a strong pseudo-random permutation; plenty for mixing."""


@dataclass(frozen=True, slots=True)
class Shopper:
    """One shopper of a run.

    Attributes:
        arrival: number of the arrival, from 0.
        user_id: from 1.
        course_id: the course to buy, from 1.
        trace_id: key of the payment in every random draw.
    """

    arrival: int
    user_id: int
    course_id: int
    trace_id: str

    @property
    def name(self) -> str:
        """The shopper's name, as a checkout form asks for it."""
        return f"Shopper {self.user_id}"

    @property
    def email(self) -> str:
        """An address in a domain that can never exist (RFC 2606)."""
        return f"shopper{self.user_id}@shop.invalid"

    @property
    def phone(self) -> str:
        """A number in the form of a Bangladeshi mobile."""
        return f"017{self.user_id:08d}"


@dataclass(frozen=True, slots=True)
class Crowd:
    """All shoppers of a run.

    Attributes:
        seed: of the run.
        users: user ids are 1 to this number.
        courses: course ids are 1 to this number.
    """

    seed: int
    users: int = USERS
    courses: int = COURSES

    def shopper(self, arrival: int) -> Shopper:
        """Return the shopper of one arrival.

        Raises:
            ConfigurationError: every pair of user and course was already sent once.
        """
        pairs = self.users * self.courses
        if not 0 <= arrival < pairs:
            raise ConfigurationError(
                f"arrival {arrival} exceeds the {pairs} pairs of user and course, and no pair may"
                " buy twice; start again with another seed and a fresh database"
            )
        user, course = divmod(_permute(arrival, below=pairs, seed=self.seed), self.courses)
        return Shopper(
            arrival=arrival,
            user_id=user + 1,
            course_id=course + 1,
            trace_id=trace_id(seed=self.seed, arrival=arrival),
        )


def _permute(number: int, *, below: int, seed: int) -> int:
    """Map [0, below) onto itself, one to one."""
    half_bits = ((below - 1).bit_length() + 1) // 2
    mask = (1 << half_bits) - 1
    while True:
        left, right = number >> half_bits, number & mask
        for turn in range(_ROUNDS):
            left, right = right, left ^ (_mix(seed, turn, right) & mask)
        number = left << half_bits | right
        # The network permutes a power of four; what lands outside walks on and, being on a cycle
        # with its own start, must come back inside.
        if number < below:
            return number


def _mix(seed: int, turn: int, half: int) -> int:
    digest = blake2b(f"pair/{seed}/{turn}/{half}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big")
