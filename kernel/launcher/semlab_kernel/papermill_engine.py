"""Lets papermill set the parameters of a TypeScript notebook.

papermill finds engines of other packages through entry points, but has none for the
languages of parameters. It imports this module for the engine `semlab`, which is its own
nbclient engine, and gets the translator for TypeScript with it.
"""

import json
import math
import re

from papermill.engines import NBClientEngine
from papermill.exceptions import PapermillException
from papermill.models import Parameter
from papermill.translators import Translator, papermill_translators

NAME = re.compile(r"^[^\W\d][\w$]*$|^\$[\w$]*$")
DECLARATION = re.compile(r"^\s*(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::\s*([^=]+?))?\s*=\s*(.+?)\s*;?\s*(?://\s*(.*))?$")


class TypeScriptTranslator(Translator):
    """Parameters as `let` declarations, so that later cells see `number` and not the type `500`."""

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_float(cls, val):
        if math.isfinite(val):
            return repr(float(val))
        return "NaN" if math.isnan(val) else "Infinity" if val > 0 else "-Infinity"

    @classmethod
    def translate_str(cls, val):
        return json.dumps(str(val), ensure_ascii=False)

    @classmethod
    def translate_escaped_str(cls, str_val):
        return cls.translate_str(str_val)

    @classmethod
    def translate_dict(cls, val):
        return "{ " + ", ".join(f"{cls.translate_str(key)}: {cls.translate(item)}" for key, item in val.items()) + " }" if val else "{}"

    @classmethod
    def translate_list(cls, val):
        return "[" + ", ".join(cls.translate(item) for item in val) + "]"

    @classmethod
    def comment(cls, cmt_str):
        return "\n".join(f"// {line}".rstrip() for line in str(cmt_str).splitlines() or [""])

    @classmethod
    def assign(cls, name, str_val):
        if not NAME.match(name):
            raise PapermillException(f"'{name}' cannot be the name of a variable in TypeScript")
        # An empty list or null says too little about what may stand there.
        kind = {"null": ": any", "[]": ": any[]", "{}": ": Record<string, any>"}.get(str_val, "")
        return f"let {name}{kind} = {str_val};"

    @classmethod
    def inspect(cls, parameters_cell):
        found = []
        for line in parameters_cell["source"].splitlines():
            match = DECLARATION.match(line)
            if match:
                name, kind, value, text = match.groups()
                found.append(Parameter(name=name, inferred_type_name=(kind or "None").strip(), default=value, help=(text or "").strip()))
        return found


class SemlabEngine(NBClientEngine):
    """papermill's usual engine; `--engine semlab` is not needed."""


papermill_translators.register("typescript", TypeScriptTranslator)
papermill_translators.register("semlab", TypeScriptTranslator)
