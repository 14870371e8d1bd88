"""
Sends what schemathesis makes of the Open Inference Protocol's specification to a server directly and by its observer, and prints of each endpoint,
valid and invalid requests apart, how many cases there were and how many answers kept to the specification each way, and those that were others by
the observer.

  conform.py DIRECT OBSERVED MODEL CASES     CASES: of each endpoint

The document is a subset made by hand of specification/protocol/open_inference_rest.yaml in github.com/kserve/open-inference-protocol: the
endpoints without a version, which servers have to choose themselves, the model's name in place of a parameter, and as valid requests only those
that the model of this suite takes, one number each, since a schema cannot say which tensors a model takes.
"""

import json
import sys

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, given
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

direct, observed, model, cases = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])


def an_object(required: list[str], **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required, "properties": properties}


def a_list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


text, number = {"type": "string"}, {"type": "integer"}
parameters = {"type": "object", "additionalProperties": {"anyOf": [text, {"type": "number"}, {"type": "boolean"}]}}
# In answers KServe has null for what it does not have.
answered = {"name": text, "shape": a_list(number), "datatype": text, "parameters": {**parameters, "nullable": True}}
one_number = {
    "name": {"type": "string", "enum": ["x"]},
    "shape": {"type": "array", "enum": [[1, 1]]},
    "datatype": {"type": "string", "enum": ["FP64"]},
    "parameters": parameters,
    "data": {"type": "array", "items": {"type": "number", "minimum": -1000, "maximum": 1000}, "minItems": 1, "maxItems": 1},
}
schemas = {
    "data": a_list({"anyOf": [reference("data"), {"type": "number"}, text, {"type": "boolean"}]}),
    "tensor": an_object(["name", "shape", "datatype", "data"], **answered, data=reference("data")),
    "request": an_object(
        ["inputs"],
        id=text,
        parameters=parameters,
        inputs={**a_list(an_object(["name", "shape", "datatype", "data"], **one_number)), "minItems": 1, "maxItems": 1},
        outputs=a_list(an_object(["name"], name={"type": "string", "enum": ["output-0"]}, parameters=parameters)),
    ),
    "answer": an_object(["model_name", "outputs"], model_name=text, id=text, outputs=a_list(reference("tensor"))),
    "error": an_object([], error=text),
    "server": an_object(["name", "version", "extensions"], name=text, version=text, extensions=a_list(text)),
    "model": an_object(["name", "platform"], name=text, platform=text, versions={**a_list(text), "nullable": True}),
}


def answers(schema: str | None, *codes: str) -> dict[str, object]:
    contents = {"200": schema, **{code: "error" for code in codes}}
    return {
        code: {"description": code, **({"content": {"application/json": {"schema": reference(name)}}} if name else {})}
        for code, name in contents.items()
    }


def a_get(schema: str | None, *codes: str) -> dict[str, object]:
    return {"get": {"responses": answers(schema, *codes)}}


body = {"required": True, "content": {"application/json": {"schema": reference("request")}}}
document = {
    "openapi": "3.0.0",
    "info": {"title": "Open Inference Protocol", "version": "2"},
    "paths": {
        "/v2/health/live": a_get(None),
        "/v2/health/ready": a_get(None),
        "/v2": a_get("server", "400"),
        f"/v2/models/{model}": a_get("model"),
        f"/v2/models/{model}/ready": a_get(None),
        f"/v2/models/{model}/infer": {"post": {"requestBody": body, "responses": answers("answer", "400")}},
    },
    "components": {"schemas": schemas},
}

counted: dict[tuple[str, str], dict[str, int]] = {}
broken: list[dict[str, object]] = []
different: list[dict[str, object]] = []


def seen(case: schemathesis.Case, base: str) -> dict[str, object]:
    response = case.call(base_url=base, timeout=60)
    try:
        case.validate_response(response)
        failures: list[str] = []
    except FailureGroup as group:
        failures = sorted({type(failure).__name__ for failure in group.exceptions})
    try:
        content = response.json()
        # Each answer has another one.
        if isinstance(content, dict):
            content.pop("id", None)
    except ValueError:
        content = response.content.decode(errors="replace")
    kinds = response.headers.get("content-type", [])
    return {"status": response.status_code, "broken": failures, "type": kinds, "content": content}


def try_both(case: schemathesis.Case) -> None:
    endpoint = f"{case.method} {case.path}"
    mode = case.meta.generation.mode
    row = counted.setdefault((endpoint, mode.value), {"sent": 0, "direct": 0, "observed": 0})
    ways = {"direct": seen(case, direct), "observed": seen(case, observed)}
    row["sent"] += 1
    for way, result in ways.items():
        row[way] += not result["broken"]
    told = {"case": f"{endpoint} {case.body!r}"[:300], **ways}
    if ways["direct"] != ways["observed"]:
        different.append(told)
    if mode == GenerationMode.POSITIVE and ways["direct"]["broken"]:
        broken.append(told)


schema = schemathesis.openapi.from_dict(document)
settings = hypothesis.settings(
    max_examples=cases,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
for operation in schema.get_all_operations():
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        strategy = operation.ok().as_strategy(generation_mode=mode)
        try:
            settings(given(case=strategy)(try_both))()
        except hypothesis.errors.Unsatisfiable:
            # Nothing can be wrong with a request without a body and parameters.
            continue
rows = [{"endpoint": endpoint, "mode": mode, **row} for (endpoint, mode), row in counted.items()]
print(json.dumps({"rows": rows, "broken": broken[:5], "different": different[:5], "differences": len(different)}))
