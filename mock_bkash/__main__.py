"""`python -m mock_bkash` is the command `mock-bkash`."""

from mock_bkash.cli import main

main(prog_name="mock-bkash")
