"""State that outlives the process: what a merchant's money and tokens hang on, in one file.

Off unless asked for. The rest of the mock hands over what changed and does not know how it is kept.
"""

from mock_bkash.durable.revival import revive
from mock_bkash.durable.state_file import StateError, StateFile

__all__ = ["StateError", "StateFile", "revive"]
