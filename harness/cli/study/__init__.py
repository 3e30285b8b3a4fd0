"""What `attribute`, `token-day` and `whatif` share: options, and the course from them to a page."""

from harness.cli.study.options import StudyWish, study_options, take_study_wish

__all__ = ["StudyWish", "study_options", "take_study_wish"]
