"""Numbers as charts show them."""

from math import isfinite


def number(value: float) -> str:
    """A number in at most four digits, as short as it goes: `0.25`, `1e6`, `nan`."""
    return f"{value:.4g}".replace("e+0", "e").replace("e-0", "e-").replace("e+", "e")


def percent(share: float) -> str:
    """A share as `90 %`; no decimals, since no share here is known that well."""
    return f"{100 * share:.0f} %"


def finite(value: float, positive: bool = False) -> float | None:
    """`value` where a chart can place it: finite, not astronomic, and `positive` for a logarithmic axis."""
    value = float(value)
    if not isfinite(value) or abs(value) > 1e150:
        return None
    value = 0.0 if abs(value) < 1e-150 else value
    return None if positive and value <= 0 else value
