"""What is sent is kept in a folder of each test."""

from tests.sending import disk  # noqa: F401 - a fixture for the tests here
