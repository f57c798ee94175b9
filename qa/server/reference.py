"""The page that documents the API for people: its OpenAPI document as HTML, without scripts and without anything from elsewhere."""

import html
from collections.abc import Iterator, Mapping
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --quiet: light-dark(#595f69, #a9b0ba); --line: light-dark(#d9dde3, #3a404a); }
html { background: light-dark(#fff, #16181d); color: light-dark(#1c1f26, #e8eaee); } a { color: light-dark(#1d4f91, #9cc2f5); }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 54rem; margin: 3rem auto; padding: 0 1.25rem; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.15rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
h3 { font-size: 1rem; margin-bottom: .25rem; } code { font: .9em ui-monospace, monospace; }
dl { display: grid; grid-template-columns: minmax(7rem, 14rem) 1fr; gap: .35rem 1rem; margin: .5rem 0; } dd { margin: 0; }
.quiet { color: var(--quiet); } pre { white-space: pre-wrap; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 6px; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
"""
_EXAMPLE = """curl --json '{"question": "Hoeveel vreemdelingen verblijven onrechtmatig in Nederland?"}' ADDRESS/api/ask"""
Schema = Mapping[str, Any]


def reference_html(openapi: Schema, address: str) -> str:
    """Return the page for the OpenAPI document of the API that a server at an address has below `/api`."""
    title, body = html.escape(openapi["info"]["title"]), "".join(_body(openapi, address))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{title} API</title><style>{_STYLE}</style></head><body><main>{body}</main></body></html>"
    )


def _body(openapi: Schema, address: str) -> Iterator[str]:
    yield f"<h1>{html.escape(openapi['info']['title'])}: the API</h1>"
    yield from (f"<p>{_text(paragraph)}</p>" for paragraph in openapi["info"]["description"].split("\n\n"))
    yield f"<pre><code>{html.escape(_EXAMPLE.replace('ADDRESS', address))}</code></pre>"
    yield '<p>Errors are <code>{"detail": "one sentence"}</code>. For programs that read it: <a href="openapi.json">openapi.json</a>.</p>'
    for path, operations in openapi["paths"].items():
        for method, operation in operations.items():
            yield from _operation(f"{method.upper()} /api{path}", operation)
    yield '<h2 id="types">Types</h2>'
    for name, schema in openapi["components"]["schemas"].items():
        yield from _type(name, schema)


def _operation(name: str, operation: Schema) -> Iterator[str]:
    yield f"<h2><code>{html.escape(name)}</code></h2><p>{_text(operation['description'])}</p>"
    if parameters := operation.get("parameters"):
        yield "<dl>"
        for parameter in parameters:
            yield _term(parameter["name"], parameter["schema"], parameter.get("description", ""))
        yield "</dl>"
    if "requestBody" in operation:
        yield f"<p>Body: {_type_name(_json_schema(operation['requestBody']))}</p>"
    by_type: dict[str, list[str]] = {}
    for status, response in sorted(operation["responses"].items()):
        by_type.setdefault(_type_name(_json_schema(response)), []).append(html.escape(status))
    for name_of_type, statuses in by_type.items():
        yield f'<p class="quiet">{", ".join(statuses)}: {name_of_type}</p>'


def _type(name: str, schema: Schema) -> Iterator[str]:
    described, _, attributes = schema.get("description", "").partition("Attributes:")
    said = _said(attributes)
    yield f'<h3 id="{html.escape(name)}"><code>{html.escape(name)}</code></h3><p>{_text(described)}</p>'
    if values := schema.get("enum"):
        yield f"<p>{_text(', '.join(f'`{value}`' for value in values))}</p>"
    yield "<dl>"
    for field, its_schema in schema.get("properties", {}).items():
        yield _term(field, its_schema, its_schema.get("description") or said.get(field, ""))
    yield "</dl>"


def _said(attributes: str) -> dict[str, str]:
    """Return what a docstring says about each attribute."""
    pairs = [line.strip().partition(": ") for line in attributes.splitlines()]
    return {name: text for name, colon, text in pairs if colon}


def _term(name: str, schema: Schema, description: str) -> str:
    return f'<dt><code>{html.escape(name)}</code><br><span class="quiet">{_type_name(schema)}</span></dt><dd>{_text(description)}</dd>'


def _type_name(schema: Schema) -> str:
    """Return a type in words, as a link where it is described below."""
    if "$ref" in schema:
        name = html.escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}">{name}</a>'
    if "anyOf" in schema:
        return " or ".join(map(_type_name, schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_type_name(schema.get('items', {}))}"
    return html.escape(str(schema.get("type", "any")))


def _json_schema(holder: Schema) -> Schema:
    schema: Schema = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _text(text: str) -> str:
    """Return text as HTML; what stands between backticks is code."""
    parts = html.escape(text.strip()).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))
