"""A latency model for measured times: a lognormal, with a tail of slower calls if there is one.

The model is the one that latency profiles have: the logarithm of a time is normal, and with
probability p a call is f times as slow. In logarithms that is a mixture of two normals of one
standard deviation whose means lie ln f apart. It is fitted by expectation-maximization (Dempster,
Laird & Rubin, "Maximum Likelihood from Incomplete Data via the EM Algorithm", Journal of the Royal
Statistical Society B 39 (1977), 1-38). The tail is kept only where it pays for its two parameters
by Schwarz's criterion ("Estimating the Dimension of a Model", Annals of Statistics 6 (1978),
461-464). How well the model fits is told by the distance of Kolmogorov and Smirnov: the largest
difference between the share of samples up to a time and the share that the model expects.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["FEW_SAMPLES", "LatencyFit", "fit_latency"]

FEW_SAMPLES: Final = 30
"""Below so many samples a fit is a guess: its median is off by a tenth or more as a rule."""

MIN_TAIL_SAMPLES: Final = 3
MIN_TAIL_FACTOR: Final = 1.5
MAX_TAIL_PROBABILITY: Final = 0.3
"""What is more frequent is no tail but a second kind of call, and has no place in this model."""

GOOD_DISTANCE: Final = 0.06
"""Distance that is good enough for any number of samples: nowhere are more than six calls in a
hundred on the wrong side of a time. Real latencies are never exactly lognormal, and with enough
samples every test would say so."""

_LILLIEFORS_99: Final = 1.031
"""Distance that chance alone exceeds once in a hundred, times √n, for a normal whose mean and
standard deviation were estimated from the samples. Source: H. W. Lilliefors, "On the
Kolmogorov-Smirnov Test for Normality with Mean and Variance Unknown", Journal of the American
Statistical Association 62 (1967), 399-402, table 1."""

_Z95: Final = 1.6448536269514722
_Z975: Final = 1.959963984540054
_STEPS: Final = 500
_ENOUGH: Final = 1e-9
_SUSPICIOUS_Z: Final = 3.5


@dataclass(frozen=True, slots=True)
class LatencyFit:
    """Hold a fitted model.

    Attributes:
        n: samples.
        median_s, p95_s: of the body, seconds; equal where all samples are.
        tail_probability, tail_factor: of the tail; None without one.
        ks_distance: from the samples to the model, in [0, 1].
        fits: whether that is as near as a profile needs, given how many samples there are.
        median_error: half the 95 % confidence interval of the median, as a share of it; None for
            one sample.
    """

    n: int
    median_s: float
    p95_s: float
    tail_probability: float | None
    tail_factor: float | None
    ks_distance: float
    fits: bool
    median_error: float | None


@dataclass(frozen=True, slots=True)
class _Model:
    """A mixture in logarithms; `share` 0 is a single normal."""

    mean: float
    deviation: float
    share: float = 0.0
    shift: float = 0.0


def fit_latency(samples_s: ArrayLike) -> LatencyFit:
    """Fit the model to measured times.

    Args:
        samples_s: (n,) seconds, n ≥ 1, each above 0 and finite, in any order.

    Raises:
        ValueError: there are none, or one is not above 0 and finite.
    """
    logs = _logarithms(samples_s)
    single = _Model(float(logs.mean()), float(logs.std()))
    if single.deviation < _ENOUGH:
        return _constant(logs)
    model = _choose(logs, single, _fit_mixture(logs))
    distance = _distance(logs, model)
    n = logs.size
    has_tail = model.share > 0
    return LatencyFit(
        n=n,
        median_s=math.exp(model.mean),
        p95_s=math.exp(model.mean + _Z95 * model.deviation),
        tail_probability=model.share if has_tail else None,
        tail_factor=math.exp(model.shift) if has_tail else None,
        ks_distance=distance,
        fits=distance <= max(GOOD_DISTANCE, _LILLIEFORS_99 / math.sqrt(n)),
        median_error=math.expm1(_Z975 * model.deviation / math.sqrt(n)),
    )


def _logarithms(samples_s: ArrayLike) -> NDArray[np.float64]:
    values = np.sort(np.asarray(samples_s, dtype=np.float64), axis=None)
    if values.size == 0:
        raise ValueError("no samples")
    if not (values[0] > 0 and np.isfinite(values[-1])):
        raise ValueError("samples must be finite numbers of seconds above 0")
    return np.log(values)


def _constant(logs: NDArray[np.float64]) -> LatencyFit:
    value_s = math.exp(float(logs[0]))
    error = 0.0 if logs.size > 1 else None
    return LatencyFit(int(logs.size), value_s, value_s, None, None, 0.0, True, error)


def _fit_mixture(logs: NDArray[np.float64]) -> _Model | None:
    """Return the mixture that is likeliest near a first guess; None where nothing looks like one.

    The guess takes for the tail what lies far above the median, in robust standard deviations.
    """
    middle = float(np.median(logs))
    # 1.4826 times the median absolute deviation estimates a normal's standard deviation.
    width = 1.4826 * float(np.median(np.abs(logs - middle))) or float(logs.std())
    far = logs > middle + _SUSPICIOUS_Z * width
    if not far.any():
        return None
    model = _Model(middle, width, float(far.mean()), float(logs[far].mean()) - middle)
    for _ in range(_STEPS):
        better = _step(logs, model)
        if better is None:
            return None
        moved = max(abs(better.mean - model.mean), abs(better.shift - model.shift))
        model = better
        if moved < _ENOUGH:
            break
    return model


def _step(logs: NDArray[np.float64], model: _Model) -> _Model | None:
    """Take one step of expectation and maximization."""
    body, tail = _log_densities(logs, model)
    responsible = np.exp(tail - np.logaddexp(body, tail))
    share = float(responsible.mean())
    if not 0 < share < 1:
        return None
    mean = float((logs * (1 - responsible)).sum() / (1 - responsible).sum())
    shift = float((responsible * logs).sum() / responsible.sum()) - mean
    squares = (1 - responsible) * (logs - mean) ** 2 + responsible * (logs - mean - shift) ** 2
    deviation = math.sqrt(float(squares.mean()))
    return _Model(mean, deviation, share, shift) if deviation > _ENOUGH else None


def _choose(logs: NDArray[np.float64], single: _Model, mixture: _Model | None) -> _Model:
    if mixture is None or not _is_tail(logs.size, mixture):
        return single
    gain = _log_likelihood(logs, mixture) - _log_likelihood(logs, single)
    # Schwarz: two more parameters cost ln n on the scale of the log-likelihood.
    return mixture if gain > math.log(logs.size) else single


def _is_tail(n: int, mixture: _Model) -> bool:
    return (
        mixture.share * n >= MIN_TAIL_SAMPLES - 0.5
        and mixture.share <= MAX_TAIL_PROBABILITY
        and math.exp(mixture.shift) >= MIN_TAIL_FACTOR
    )


def _log_densities(
    logs: NDArray[np.float64], model: _Model
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the log-densities of body and tail, without the constant that both share."""
    body = math.log1p(-model.share) - ((logs - model.mean) / model.deviation) ** 2 / 2
    above = (logs - model.mean - model.shift) / model.deviation
    return body, math.log(model.share) - above**2 / 2


def _log_likelihood(logs: NDArray[np.float64], model: _Model) -> float:
    if model.share == 0:
        exponent = -(((logs - model.mean) / model.deviation) ** 2) / 2
    else:
        exponent = np.logaddexp(*_log_densities(logs, model))
    return float(exponent.sum()) - logs.size * math.log(model.deviation)


def _distance(ascending: NDArray[np.float64], model: _Model) -> float:
    expected = _cumulative(ascending, model)
    n = ascending.size
    above = np.arange(1, n + 1) / n - expected
    below = expected - np.arange(n) / n
    return float(max(above.max(), below.max()))


def _cumulative(logs: NDArray[np.float64], model: _Model) -> NDArray[np.float64]:
    body = _normal((logs - model.mean) / model.deviation)
    tail = _normal((logs - model.mean - model.shift) / model.deviation)
    return (1 - model.share) * body + model.share * tail


def _normal(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the standard normal's distribution function, Φ(z) = erfc(-z/√2)/2."""
    return np.fromiter(
        (0.5 * math.erfc(-value / math.sqrt(2)) for value in z.tolist()), np.float64, z.size
    )
