"""A profile written as the TOML file that `load_profile` reads, with remarks for people."""

import json
from collections.abc import Iterator, Mapping, Sequence

from mock_bkash.fault.rule import Rule
from mock_bkash.latency.distribution import Distribution
from mock_bkash.latency.profile import Profile

__all__ = ["profile_toml"]

_NO_REMARKS: Mapping[str, Sequence[str]] = {}


def profile_toml(
    profile: Profile,
    *,
    head: Sequence[str] = (),
    remarks: Mapping[str, Sequence[str]] = _NO_REMARKS,
) -> str:
    """Return the text of a profile file.

    Numbers keep six significant digits. Samples of an empirical shape are not part of the text: the
    file that the shape names has to lie beside it.

    Args:
        profile: what to write.
        head: lines for the top, written as comments.
        remarks: lines by operation, written as comments above it.
    """
    lines = [*_comments(head), f"name = {_quoted(profile.name)}"]
    for operation, distribution in profile.operations.items():
        lines += ["", *_comments(remarks.get(operation, ())), f"[operations.{operation}]"]
        lines += _distribution(distribution)
    network = profile.network.to_dict()
    if any(network.values()):
        lines += ["", "[network]", *(f"{key} = {_value(value)}" for key, value in network.items())]
    for rule in profile.faults:
        lines += ["", "[[faults]]", *_rule(rule)]
    return "\n".join(lines) + "\n"


def _distribution(distribution: Distribution) -> Iterator[str]:
    for key, value in distribution.to_dict().items():
        # Number and digest of samples are told for reports and no part of the file's format.
        if key not in {"samples", "sha256"}:
            yield f"{key} = {_value(value)}"


def _rule(rule: Rule) -> Iterator[str]:
    for key, value in rule.to_dict().items():
        if value is not None and value != {}:
            yield f"{key} = {_value(value)}"


def _comments(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        # A line break inside would end the comment and begin a statement.
        yield f"# {' '.join(line.split())}".rstrip()


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int):
        return str(value).lower()
    assert isinstance(value, float), "a profile holds numbers, texts, lists and tables"
    return f"{value:.6g}"


def _quoted(text: str) -> str:
    # JSON's strings are TOML's basic strings, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
