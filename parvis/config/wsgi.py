"""What the server calls."""

import gc
import os

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
application = get_wsgi_application()

from django.core.cache import close_caches  # noqa: E402 - settings come first
from django.core.handlers.base import reset_urlconf  # noqa: E402
from django.db import reset_queries  # noqa: E402

from parvis.config.warming import keep_warm  # noqa: E402 - settings set the clock first

# Told of every request for what nobody here does: to log queries, to keep a cache's connection, to
# give a request addresses of its own. That is a fortieth of a page's time.
request_started.disconnect(reset_queries)
request_finished.disconnect(close_caches)
request_finished.disconnect(reset_urlconf)

# What is loaded by now stays, so it need not be looked through again and again for what could go.
# What a request leaves behind is looked through less often than Python would, which is an eighth of
# a page's time.
_REQUESTS_LEAVE = 25_000
gc.collect()
gc.freeze()
gc.set_threshold(_REQUESTS_LEAVE, 10, 10)
keep_warm()
