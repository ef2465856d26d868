"""
Runs commands of the AWS CLI, one after the other in one process, by the CLI's own code: a list of
argument lists in JSON on standard input, the exit codes and what was said on standard error out.
"""

import contextlib
import io
import json
import sys

from awscli.clidriver import create_clidriver


def run(args):
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        try:
            code = create_clidriver().main(args)
        except SystemExit as exit:
            code = exit.code
    return {"code": code, "says": said.getvalue().strip()}


json.dump([run(args) for args in json.load(sys.stdin)], sys.stdout)
