"""What Locust runs. The only room that imports Locust, which patches the whole process.

A scenario is a file for `locust -f`; everything else starts it as a process and never imports it.
"""

__all__: list[str] = []
