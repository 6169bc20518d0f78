"""Pages and answers come from a house whose static files are collected."""

from tests.web.serving import static_files  # noqa: F401 - a fixture for every test here
