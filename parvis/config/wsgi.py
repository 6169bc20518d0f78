"""What the server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
application = get_wsgi_application()

from parvis.config.warming import keep_warm  # noqa: E402 - settings set the clock first

# What is loaded by now stays, so it need not be looked through again and again for what could go.
# What a request leaves behind is looked through less often than Python would, which is an eighth of
# a page's time.
_REQUESTS_LEAVE = 25_000
gc.collect()
gc.freeze()
gc.set_threshold(_REQUESTS_LEAVE, 10, 10)
keep_warm()
