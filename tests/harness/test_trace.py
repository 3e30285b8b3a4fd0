"""Laws of a payment's identity."""

import pytest
from hypothesis import given, strategies as st

from harness.trace import TraceContext, trace_id, traceparent

TRACE = "0af7651916cd43dd8448eb211c80319c"


def test_trace_id_depends_on_seed_and_arrival_alone():
    """The same arrival has the same name in every variant and on every machine."""
    assert trace_id(seed=1, arrival=7) == "c2f04ace0c6494d6f817a70bb9a919ca"
    assert trace_id(seed=1, arrival=7) != trace_id(seed=2, arrival=7)
    assert trace_id(seed=1, arrival=7) != trace_id(seed=1, arrival=8)
    assert trace_id(seed=1, arrival=17) != trace_id(seed=11, arrival=7)


@given(st.integers(), st.integers(min_value=0), st.integers(min_value=1))
def test_header_is_read_back(seed: int, arrival: int, span: int):
    """What is sent is what the next server calls the payment."""
    trace = trace_id(seed=seed, arrival=arrival)
    assert TraceContext.parse(traceparent(trace, span=span)) == TraceContext(trace_id=trace)


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "garbage",
        f"00-{TRACE}-b7ad6b7169203331",
        f"01-{TRACE}-b7ad6b7169203331-01",
        f"00-{TRACE.upper()}-b7ad6b7169203331-01",
        f"00-{'0' * 32}-b7ad6b7169203331-01",
        f"00-{TRACE}-b7ad6b7169203331-01\n",
    ],
)
def test_malformed_header_is_no_trace(header: str | None):
    """A header that W3C calls invalid is treated as absent."""
    assert TraceContext.parse(header) is None
