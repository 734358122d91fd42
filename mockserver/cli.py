"""``mockserver``: serve the mock, list its defects, fixtures and options, sign a request."""

from __future__ import annotations

import argparse
import importlib
import ipaddress
import json
import os
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

import specs
from mockserver.adapter import WorldsLike, adapter_names, clock_time, load_adapter, seeded_worlds
from mockserver.errors import UsageError
from mockserver.options import Options
from specs.errors import ContractError
from specs.model import Json

OK, USAGE, INTERRUPTED = 0, 2, 130
TOKEN_VARIABLE = "MOCKSERVER_CONTROL_TOKEN"  # noqa: S105 - a name
"""Says the token of ``/_mock`` where a command line would show it to everybody on the machine."""
HOST, PORT = "127.0.0.1", 8080


def main(argv: Sequence[str] | None = None) -> int:
    """The command line. Returns 0, 2 for a wrong call (one line on stderr) or 130 when interrupted."""
    try:
        options = _parser().parse_args(argv)
        command: Callable[[argparse.Namespace], None] = options.command
        command(options)
    except SystemExit as ended:  # argparse, after it has printed its own message
        return ended.code if isinstance(ended.code, int) else USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (UsageError, ContractError) as error:
        sys.stderr.write(f"mockserver: {error}\n")
        return USAGE
    return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mockserver", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    serve = commands.add_parser("serve", help="run the mock")
    serve.set_defaults(command=_serve)
    serve.add_argument("--api", metavar="NAME", action="append", help="serve this API only (may be repeated)")
    serve.add_argument("--host", default=HOST)
    serve.add_argument("--port", type=int, default=PORT, help="0 picks a free one")
    serve.add_argument("--seed", metavar="N", type=int, default=1, help="makes ids and people; same seed, same bytes")
    serve.add_argument("--empty", action="store_true", help="start without seed data")
    serve.add_argument(
        "--load", metavar="FILE|DIR", action="append", default=[], help="add what a world file says (may be repeated)"
    )
    serve.add_argument("--clock", metavar="real|TIME", default="real", help="an ISO 8601 time stands still")
    serve.add_argument("--auth", choices=("on", "off"), default="on", help="off: credentials are not looked at")
    serve.add_argument(
        "--option",
        metavar="API.NAME=VALUE",
        action="append",
        default=[],
        help="what worlds start with (`mockserver options` lists them)",
    )
    serve.add_argument("--defect", metavar="ID", action="append", default=[], help="misbehave in this way")
    serve.add_argument(
        "--control-token",
        metavar="T",
        help=f"what /_mock asks for (default: {TOKEN_VARIABLE}); off loopback there is no /_mock without one",
    )
    defects = commands.add_parser("defects", help="list the ways in which the mock can misbehave")
    defects.set_defaults(command=_defects)
    fixtures = commands.add_parser("fixtures", help="list what a fresh world holds for tests")
    fixtures.set_defaults(command=_fixtures)
    settings = commands.add_parser("options", help="list what can be set of each API")
    settings.set_defaults(command=_options)
    plain = ("text", "json")
    for listing, formats in ((defects, plain), (fixtures, (*plain, "target")), (settings, plain)):
        listing.add_argument("--api", metavar="NAME", action="append")
        listing.add_argument("--format", choices=formats, default="text")
    fixtures.add_argument("--seed", metavar="N", type=int, default=1)
    sign = commands.add_parser("sign", help="print the headers that a signed request needs")
    sign.set_defaults(command=_sign)
    sign.add_argument("method", metavar="METHOD")
    sign.add_argument("url", metavar="URL")
    sign.add_argument("--header", metavar="NAME:VALUE", action="append", default=[], help="sent with the request")
    sign.add_argument("--ak", help="access key (default: the mock's)")
    sign.add_argument("--sk", help="secret key (default: the mock's)")
    sign.add_argument("--token", help="token, or API key (default: the mock's)")
    return parser


def _apis(options: argparse.Namespace) -> tuple[str, ...]:
    return tuple(dict.fromkeys(options.api)) if options.api else adapter_names()


def _serve(options: argparse.Namespace) -> None:
    from mockserver.api_options import checked, options_of, read  # with a validator; signing needs none

    clock_time(options.clock)
    adapters = [load_adapter(name) for name in _apis(options)]
    known = options_of(adapters)
    token = os.environ.get(TOKEN_VARIABLE) if options.control_token is None else options.control_token
    settings = Options(
        auth=options.auth == "on",
        empty=options.empty,
        load=tuple(options.load),
        clock=options.clock,
        control_token=token,
        api_options=checked(known, dict(read(known, text) for text in options.option)),
    )
    from mockserver import create_app
    from mockserver.serve import bind, serve  # uvicorn; the other commands need no server

    listener = bind(options.host, options.port)
    with listener:
        settings = replace(settings, control=token is not None or is_loopback(listener))
        app = create_app(_apis(options), seed=options.seed, options=settings, defects=options.defect)
        serve(app, listener, options.host)


def is_loopback(listener: socket.socket) -> bool:
    """Whether a socket listens to this machine only, whatever name it was bound by."""
    return ipaddress.ip_address(listener.getsockname()[0]).is_loopback


def _defects(options: argparse.Namespace) -> None:
    from mockserver.defects import catalogue

    found = [defect for name in _apis(options) for defect in catalogue(specs.load(name))]
    if options.format == "json":
        _print_json([{"id": d.id, "clause": d.clause, "kind": d.kind, "text": d.text} for d in found])
        return
    for defect in found:
        sys.stdout.write(f"{defect.id}\n    {defect.text}\n")
    sys.stdout.write(f"{len(found)} defects\n")


def _fixtures(options: argparse.Namespace) -> None:
    names = _apis(options)
    if options.format == "target" and len(names) != 1:
        raise UsageError(f"a target is one API's: add --api with one of {', '.join(names)}")
    worlds = {name: seeded_worlds([load_adapter(name)], options.seed, Options()) for name in names}
    if options.format == "target":
        _print_json(target_of(names[0], worlds[names[0]]))
        return
    roles = {name: dict(load_adapter(name).roles(worlds[name].of(None).part(name))) for name in names}
    if options.format == "json":
        _print_json(roles)
        return
    for name, values in roles.items():
        for role, value in values.items():
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            sys.stdout.write(f"{name}  {role} = {text}\n")


def target_of(api: str, worlds: WorldsLike) -> dict[str, Json]:
    """How the judge is to treat the mock: it may do anything there, and every capability is claimed.

    The address is that of a mock that was started without ``--host`` and ``--port``.
    """
    adapter = load_adapter(api)
    limits = {} if adapter.rate is None else {"limits": {"rate": adapter.rate}}
    return {
        "api": api,
        "base_url": f"http://{HOST}:{PORT}",
        **limits,
        "identities": {"main": dict(adapter.credentials)},
        "roles": dict(adapter.roles(worlds.of(None).part(api))),
        "writes": "full",
        "capabilities": sorted(specs.load(api).document.get("x-capabilities", {})),
        "control": {"path": "/_mock", "world_header": "X-Mock-World"},
    }


def _options(options: argparse.Namespace) -> None:
    from mockserver.api_options import listed, options_of, takes

    known = options_of(load_adapter(name) for name in _apis(options))
    found = listed(known, {name: option.default for name, option in known.items()})
    if options.format == "json":
        _print_json([{key: value for key, value in option.items() if key != "value"} for option in found])
        return
    for option in found:
        value = json.dumps(option["default"], ensure_ascii=False)
        sys.stdout.write(f"{option['name']} = {value}\n    {option['text']} Takes {takes(option['schema'])}.\n")
    sys.stdout.write(f"{len(found)} option{'' if len(found) == 1 else 's'}\n")


def _sign(options: argparse.Namespace) -> None:
    path = urlsplit(options.url).path
    bases = {name: tuple(f"{base}/" for base in specs.load(name).base_paths) for name in adapter_names()}
    api = next((name for name, starts in bases.items() if path.startswith(starts)), None)
    if api is None:
        raise UsageError(f"no API is served at {path or options.url!r}; give the whole URL")
    security = importlib.import_module(f"mockserver.apis.{api}.security")
    if not hasattr(security, "sign"):
        raise UsageError(f"the API {api!r} does not sign requests")
    given = {name: value for name in ("ak", "sk", "token") if (value := getattr(options, name)) is not None}
    for name in given:
        if name not in security.CREDENTIALS:
            raise UsageError(f"the API {api!r} has no --{name}; it takes --{', --'.join(security.CREDENTIALS)}")
    credentials = {**security.CREDENTIALS, **given}
    headers = []
    for text in options.header:
        name, colon, value = text.partition(":")
        if not colon:
            raise UsageError(f"--header {text!r} has no colon; write it like Content-Type:application/json")
        headers.append((name.strip(), value.strip()))
    for name, value in security.sign(options.method, options.url, headers, credentials):
        sys.stdout.write(f"{name}: {value}\n")


def _print_json(value: Json) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
