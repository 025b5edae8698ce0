"""Hatchling's hook: builds the TypeScript parts and lays them out where pyproject.toml expects them."""

import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class NpmBuild(BuildHookInterface):
    PLUGIN_NAME = "custom"

    def initialize(self, version, build_data):
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        if not (root / "node_modules").is_dir():
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=root, check=True)
        subprocess.run(["node", "scripts/build.mjs"], cwd=root, check=True)
        subprocess.run(["node", "scripts/wheel.mjs", "--stage"], cwd=root, check=True)
        # Named one by one: hatchling leaves folders called node_modules out, and the kernel's types live in one.
        data = root / "build" / "stage" / "data"
        build_data["shared_data"] = {str(path): path.relative_to(data).as_posix() for path in sorted(data.rglob("*")) if path.is_file()}
