"""`python -m harness.cli` is `bkash-bench`."""

from harness.cli.commands import main

if __name__ == "__main__":
    main(prog_name="bkash-bench")
