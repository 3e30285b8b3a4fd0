"""Virtual time: the real client, merchant and mock on a clock that jumps instead of waiting."""

from harness.simulation.loop import VirtualLoop, new_virtual_loop, run_virtual

__all__ = ["VirtualLoop", "new_virtual_loop", "run_virtual"]
