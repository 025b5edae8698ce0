"""`python -m semlab_kernel KERNEL.JS ARGUMENTS…`: the kernelspec's command."""

import os
import sys

if __name__ == "__main__":
    # The notebook's folder stands first on the path: a `signal.py` there must not be imported.
    if sys.path and sys.path[0] in ("", os.getcwd()) and not getattr(sys.flags, "safe_path", False):
        del sys.path[0]
    from semlab_kernel.node import become

    become(sys.argv[1:])
