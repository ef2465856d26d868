"""
Answers as AWS does on the wire: what JSON says, as the XML that botocore's own model of the action
describes. A field that the model does not have, or has with another type, is an error.

Protocols: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html (RDS) and
https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html (EC2).

Reads for each request the file that it is given: {"answers": {action: JSON}, "refusals": {action:
[status, code, message]}, "page": members of a list in one answer}. What has no answer gets an empty
one. Prints its port, and then each action that it is asked for.
"""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

import botocore.session

session = botocore.session.get_session()
models = {name: session.get_service_model(name) for name in ("rds", "ec2")}
pagination = session.get_paginator_model("rds")
simple = {"string": str, "integer": int, "double": (int, float), "boolean": bool, "timestamp": str}


def xml(shape, value, tag, path):
    if shape.type_name == "structure":
        unknown = set(value) - set(shape.members)
        if unknown:
            raise ValueError(f"{path} has no {', '.join(sorted(unknown))}")
        content = "".join(
            xml(member, value[name], member.serialization.get("name", name), f"{path}.{name}")
            for name, member in shape.members.items()
            if name in value
        )
    elif shape.type_name == "list":
        member = shape.member.serialization.get("name", "member")
        content = "".join(xml(shape.member, one, member, f"{path}[]") for one in value)
    else:
        if not isinstance(value, simple[shape.type_name]):
            raise ValueError(f"{path} is no {shape.type_name}: {value!r}")
        content = escape(json.dumps(value) if isinstance(value, bool) else str(value))
    return f"<{tag}>{content}</{tag}>"


def page_of(action, answer, parameters, size):
    """The part of an answer from a marker on, as `Marker` of the one before says."""
    [key] = answer
    start = int(parameters.get("Marker", 0))
    rest = {"Marker": str(start + size)} if start + size < len(answer[key]) else {}
    return {key: answer[key][start : start + size], **rest}


def respond(action, parameters, plan):
    refusal = plan.get("refusals", {}).get(action)
    rds = action in models["rds"].operation_names
    if refusal:
        status, code, message = refusal
        error = f"<Code>{code}</Code><Message>{escape(message)}</Message>"
        return status, (
            f"<ErrorResponse><Error><Type>Sender</Type>{error}</Error></ErrorResponse>"
            if rds
            else f"<Response><Errors><Error>{error}</Error></Errors></Response>"
        )
    operation = models["rds" if rds else "ec2"].operation_model(action)
    answer = plan.get("answers", {}).get(action, {})
    size = plan.get("page")
    if size and rds and len(answer) == 1:
        answer = page_of(action, answer, parameters, size)
    result = xml(operation.output_shape, answer, f"{action}Result", action) if operation.output_shape else ""
    if not rds:
        result = re.sub(r"^<\w+>|</\w+>$", "", result)
    return 200, f"<{action}Response>{result}</{action}Response>"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        parameters = dict(parse_qsl(body))
        action = parameters["Action"]
        print(action, flush=True)
        try:
            with open(sys.argv[1]) as file:
                status, text = respond(action, parameters, json.load(file))
        except Exception as error:
            status, text = 400, (
                f"<ErrorResponse><Error><Code>Wire</Code><Message>{escape(str(error))}</Message></Error></ErrorResponse>"
            )
        data = text.encode()
        self.send_response(status)
        self.send_header("content-type", "text/xml")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
