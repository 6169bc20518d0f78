"""What the server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.settings")
application = get_wsgi_application()

# What is loaded by now stays: to look through it again and again for what could go would hold up a
# page now and then for as long as thirty others take.
gc.collect()
gc.freeze()
