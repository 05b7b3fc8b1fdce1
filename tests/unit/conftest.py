import pytest
from hypothesis import HealthCheck, settings

from graphkit.model.schema import Catalog
from graphkit.settings import shipped

settings.register_profile(
    "unit", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.load_profile("unit")


@pytest.fixture(scope="session")
def catalog():
    return Catalog.load(shipped("schema"))
