"""Executes a notebook with nbclient: run_nbclient.py IN OUT. Exit status 1 when a cell fails."""

import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
status = 0
try:
    NotebookClient(notebook, kernel_name="semlab", timeout=120).execute()
except CellExecutionError as error:
    print(error.ename, error.evalue)
    status = 1
nbformat.validate(notebook)
nbformat.write(notebook, target)
sys.exit(status)
