import pytest

from tests.production.place import Place
from tests.production.servers import in_production


@pytest.fixture(scope="session")
def static_root(tmp_path_factory) -> str:
    """The static files as production serves them, collected once."""
    place = Place(tmp_path_factory.mktemp("static"), server="")
    in_production(place)
    place.manage("collectstatic", "--noinput", "-v0")
    place.go()
    return str(place.folder / "static")
