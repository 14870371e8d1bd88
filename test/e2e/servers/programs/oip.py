"""
Asks a model of the Open Inference Protocol by the clients of Triton and of KServe, and prints what each was answered for 0.25 and 0.5. With
"binary" as a further argument Triton's client sends binary tensor data, too, and with "grpc" it asks by gRPC at port 8001 of the host.
"""

import asyncio
import json
import multiprocessing
import sys

import numpy
import tritonclient.http

host, model, *extensions = sys.argv[1:]
rows = numpy.array([[0.25], [0.5]])


def of_triton(output: str, binary: bool) -> list[float]:
    client = tritonclient.http.InferenceServerClient(host)
    assert client.is_server_ready() and client.is_model_ready(model)
    sent = tritonclient.http.InferInput("x", list(rows.shape), "FP64")
    sent.set_data_from_numpy(rows, binary_data=binary)
    asked = [tritonclient.http.InferRequestedOutput(output, binary_data=binary)]
    # Triton's client names no type of its JSON, and KServe's server takes what has none for binary.
    headers = {} if binary else {"Content-Type": "application/json"}
    return client.infer(model, [sent], outputs=asked, headers=headers).as_numpy(output).ravel().tolist()


def of_triton_by_grpc(output: str) -> list[float]:
    import tritonclient.grpc

    client = tritonclient.grpc.InferenceServerClient(f"{host}:8001")
    assert client.is_server_ready() and client.is_model_ready(model)
    sent = tritonclient.grpc.InferInput("x", list(rows.shape), "FP64")
    sent.set_data_from_numpy(rows)
    asked = [tritonclient.grpc.InferRequestedOutput(output)]
    return client.infer(model, [sent], outputs=asked).as_numpy(output).ravel().tolist()


async def of_kserve() -> tuple[str, list[float]]:
    from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    sent = InferInput("x", list(rows.shape), "FP64")
    sent.set_data_from_numpy(rows, binary_data=False)
    answer = await client.infer(f"http://{host}", InferRequest(model, [sent]), model_name=model)
    [output] = answer.outputs
    return output.name, output.as_numpy().ravel().tolist()


# The messages of gRPC of both clients have the same names, and no process takes both: one is begun before KServe's client is there.
with multiprocessing.get_context("fork").Pool(1) as apart:
    output, by_kserve = asyncio.run(of_kserve())
    answers = {"kserve": by_kserve, "tritonclient": of_triton(output, binary=False)}
    if "binary" in extensions:
        answers["tritonclient, binary"] = of_triton(output, binary=True)
    if "grpc" in extensions:
        answers["tritonclient, grpc"] = apart.apply(of_triton_by_grpc, (output,))
print(json.dumps({client: [round(value, 6) for value in values] for client, values in answers.items()}))
