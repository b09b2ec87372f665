"""The product's settings with nothing set but the database, plus what makes tests fast.

DATABASE_URL is the one variable that counts here: `make test` runs the tests on a SQLite file,
and those that use the database once more on PostgreSQL when TEST_POSTGRES_URL is set.
"""

import atexit
import importlib
import os
import re
import shutil
import tempfile
from pathlib import Path

_source = (Path(__file__).parent.parent / "cms/settings.py").read_text()
# Every variable that the settings ask the environment for.
SETTING_NAMES = set(re.findall(r'\benv[._]\w+\(\s*"([A-Z_]+)"', _source))

# A developer's own variables must not change what the tests see.
for _name in SETTING_NAMES - {"DATABASE_URL"}:
    os.environ.pop(_name, None)
_folder = tempfile.mkdtemp(prefix="herstelwijzer-test-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["DATA_DIR"] = _folder
os.environ["SECRET_KEY"] = "only-for-the-tests-" * 3

_product = importlib.import_module("cms.settings")
globals().update({name: value for name, value in vars(_product).items() if name.isupper()})

DATABASES = _product.DATABASES
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and other processes have to see the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
