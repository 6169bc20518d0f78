"""How a cluster is made and deleted.

No one else on the machine gets in: there is no TCP, the socket lies in a directory of mode 0700,
and the server asks the kernel who is calling (`peer`). The role `parvis` owns its database and may
make others, for tests; it is no superuser, so nothing grows to need more than a department grants.
"""

import os
import pwd
import shutil

from parvis.lib.postgres import binaries, server
from parvis.lib.postgres.errors import NotOurs, PostgresMissing
from parvis.lib.postgres.place import SERVER_USER, Place
from parvis.lib.postgres.settings import server_settings

_LOCALE = ("--encoding=UTF8", "--locale-provider=icu", "--icu-locale=fr-CA", "--locale=C.UTF-8")
# Its doors take a role that owns nothing, to which policies by row apply (casework/events/wall).
_DATABASE = (
    "CREATE ROLE parvis LOGIN CREATEDB;\n"
    "CREATE ROLE parvis_door;\nGRANT parvis_door TO parvis;\n"
    "CREATE DATABASE parvis OWNER parvis;\n"
)


def refuse_foreign(where: Place) -> None:
    """Raise `NotOurs` where the directory holds something that Parvis did not make."""
    if where.link.is_symlink() and where.link.resolve() != where.files:
        raise NotOurs(f"{where.link} is a link to {where.link.resolve()}, not a cluster of Parvis.")
    try:
        foreign = (
            where.files.exists() and not where.settings.exists() and any(where.files.iterdir())
        )
    except PermissionError as error:
        raise NotOurs(f"{where.files} belongs to another user; run as that user.") from error
    except NotADirectoryError as error:
        raise NotOurs(f"{where.files} is not a directory.") from error
    if foreign:
        raise NotOurs(f"{where.files} is not a cluster of Parvis (it holds no parvis.conf).")


def make(where: Place) -> None:
    """Make the cluster, its data under another name until whole: half of one is never found."""
    programs = binaries.find()
    if where.uid == 0:
        raise PostgresMissing(
            f"The server may not run as root and there is no user {SERVER_USER!r} for it; "
            "apt-get install postgresql makes one."
        )
    if where.files != where.link:
        _make_far(where)
    where.files.mkdir(mode=0o700, exist_ok=True)
    os.chown(where.files, where.uid, -1)
    server.write(where, where.settings, server_settings(where.socket))
    new = where.files / "data.new"
    if new.exists():
        shutil.rmtree(new)
    server.run(where, programs / "initdb", "-D", new, "-U", "postgres", "--auth=peer", *_LOCALE)
    server.write(where, new / "pg_hba.conf", "local all all peer map=parvis\n")
    server.write(where, new / "pg_ident.conf", _callers(where))
    with (new / "postgresql.conf").open("a") as conf:
        conf.write("include '../parvis.conf'\n")
    alone = ("--single", "-D", new, "-c", "exit_on_error=on", "postgres")
    server.run(where, programs / "postgres", *alone, told=_DATABASE)
    new.rename(where.data)


def delete(where: Place) -> None:
    """Delete a stopped cluster with all its data."""
    for directory in {where.files, where.socket}:
        if directory.exists():
            shutil.rmtree(directory)
    if where.link.is_symlink():
        where.link.unlink()


def _callers(where: Place) -> str:
    """Return which users of the system may call, and as which role: the server's own, and root."""
    users = sorted({pwd.getpwuid(where.uid).pw_name, "root"})
    return "".join(f'parvis "{user}" {role}\n' for user in users for role in ("parvis", "postgres"))


def _make_far(where: Place) -> None:
    """Make room under /var/lib for a home that the server's user cannot reach, and link to it."""
    where.files.parent.mkdir(exist_ok=True)
    where.files.parent.chmod(0o755)
    if where.link.is_symlink():
        return
    if where.files.exists():
        # The home that these files belonged to was deleted. They are not this one's: set aside.
        name = f"{where.files.name}.{where.files.stat().st_ino}"
        where.files.rename(where.files.with_name(name))
    where.link.symlink_to(where.files)
