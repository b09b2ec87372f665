from cms.settings import *  # noqa: F403 - the product's settings, and one app more
from cms.settings import INSTALLED_APPS as PRODUCT

INSTALLED_APPS = [*PRODUCT, "tests.integration.hanging.apps.HangingConfig"]
