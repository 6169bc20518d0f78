"""The command line. A command's module is loaded when it is called, so that `--help` is instant."""

import importlib
from typing import NamedTuple

import click


class Refused(click.ClickException):
    """What was asked cannot be done: one sentence that says why and what to do, and exit code 1."""

    def show(self, file: object = None) -> None:
        """Print the sentence to stderr."""
        click.echo(f"parvis: {self.format_message()}", err=True)


class _Command(NamedTuple):
    module: str
    name: str
    help: str


_COMMANDS = {
    "demo": _Command("demo", "demo", "Make the demo department and open its doors."),
    "serve": _Command("serve", "serve", "Serve the pages and the API."),
    "work": _Command("work", "work", "Do the jobs that acts have left for later."),
    "show": _Command("show", "show", "Show one file as it stands."),
    "file": _Command("file", "file", "Take a whole file along, signed; check one that was taken."),
    "import": _Command("imports", "import_", "Read case histories of another system into the log."),
    "contacts": _Command("contacts", "contacts", "Read what a telephone system tells of calls."),
    "support": _Command(
        "support", "support", "Tell what the support centre received and answered."
    ),
    "standards": _Command("standards", "standards", "Tell how service standards are kept."),
    "backlog": _Command("backlog", "backlog", "Tell what waits, what waits too long, what comes."),
    "figures": _Command("figures", "figures", "Count what pages and commands tell of all files."),
    "estimates": _Command(
        "estimates", "estimates", "Tell how long is left, and how often that came true."
    ),
    "notices": _Command("notices", "notices", "Tell what clients were told, and what waits."),
    "assess": _Command("assess", "assess_", "Ask what the rules say of somebody, and why."),
    "rules": _Command("rules", "rules", "Check, try and compare the rules."),
    "log": _Command("log", "log", "Check and read the log of facts."),
    "programs": _Command("programs", "programs", "Check and list the lines of business."),
    "topics": _Command("topics", "topics", "Tell what enquiries are about, and learn it."),
    "articles": _Command("articles", "articles", "List what agents know and say, and check it."),
    "users": _Command("users", "users", "Add people who work here, and their roles."),
    "adults": _Command("adults", "adults", "Put other adults on an application."),
    "firms": _Command("firms", "firms", "Add firms that hold clients' mandates together."),
    "keys": _Command("keys", "keys", "Make, list and revoke keys for software."),
    "webhooks": _Command("webhooks", "webhooks", "Tell other software what happens."),
    "lines": _Command("lines", "lines", "Open, staff and close lines of the support centre."),
    "cohorts": _Command("cohorts", "cohorts", "Open the new door to some clients first."),
    "db": _Command("db", "db", "Start, stop and look at the house's own database."),
    "manage": _Command("manage", "manage", "Run one of Django's own management commands."),
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"{__name__}.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="parvis")
def main() -> None:
    """Parvis: the client service of an immigration department, derived from one log of facts."""
