"""The `semlab` command of a pip installation: the bundled command line, run by Node.js."""

import os
import sys
import sysconfig


def folders():
    """Where pip may have laid the kernelspec: this environment, else the user's own scheme."""
    yield sysconfig.get_path("data")
    yield sysconfig.get_path("data", sysconfig.get_preferred_scheme("user"))


def main():
    from semlab_kernel.node import become

    for folder in folders():
        script = os.path.join(folder, "share", "jupyter", "kernels", "semlab", "cli.js")
        if os.path.isfile(script):
            become([script, *sys.argv[1:]])
    sys.exit("semlab's command line is missing from this environment: reinstall it with `pip install --force-reinstall semlab`")
