"""Which tests one worker takes together: those that look at one city, so that it is built once."""

from xdist.scheduler import LoadScopeScheduling

CITIES = ("tests/browser/", "tests/demo/test_seed.py", "tests/reports/test_anonymity.py")


class ByCity(LoadScopeScheduling):
    """The tests of a city on one worker; every other test wherever there is room."""

    def _split_scope(self, nodeid: str) -> str:
        return next((city for city in CITIES if nodeid.startswith(city)), nodeid)
