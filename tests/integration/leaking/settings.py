from cms.settings import *  # noqa: F403 - the product's settings, with a fault on purpose
from cms.settings import PUBLIC_MIDDLEWARE as PRODUCT

PUBLIC_MIDDLEWARE = [*PRODUCT, "tests.integration.leaking.middleware.leaking"]
