"""The benchmark's mapping of TrainingRuns to Jobs, status and ModelVersions on kopf, tuned as its users would.

Tuned: handlers of raw events (no annotations of kopf's own on the objects), uvloop, orjson, no peering, no events made from log
lines, no watches of namespaces and CRDs. kopf brings no client for children, so that writes go through one pooled aiohttp session.
"""

import asyncio
import base64
import datetime
import json
import logging
import os
import ssl

import aiohttp
import kopf
import orjson
import uvloop

from mapping import (
    ended_status,
    first_attempt,
    model_version,
    results_of,
    snapshot_digest,
    started_status,
    training_job,
    transition,
)

GROUP = "flyball.dev"
VERSION = "v1alpha1"
MANAGED = {"app.kubernetes.io/managed-by": "flyball"}

logging.basicConfig(level=logging.INFO, format='{"time":"%(asctime)s","message":"%(message)s"}')
# kopf would log each handler of each event.
logging.getLogger("kopf.objects").setLevel(logging.WARNING)
log = logging.getLogger("bench")

runs: dict[tuple[str, str], dict] = {}
jobs: dict[tuple[str, str], dict] = {}
pods: dict[tuple[str, str], dict] = {}
begun: set[tuple[str, str]] = set()
completed: set[tuple[str, str]] = set()
tasks: set[asyncio.Task] = set()
session: aiohttp.ClientSession


@kopf.on.startup()
async def configure(settings: kopf.OperatorSettings, **_) -> None:
    global session
    settings.posting.enabled = False
    settings.scanning.disabled = True
    settings.queueing.idle_timeout = 1
    with open(os.environ["KUBECONFIG"], encoding="utf-8") as file:
        config = json.load(file)
    cluster = config["clusters"][0]["cluster"]
    authority = base64.b64decode(cluster["certificate-authority-data"]).decode()
    session = aiohttp.ClientSession(
        base_url=cluster["server"],
        connector=aiohttp.TCPConnector(limit=32, ssl=ssl.create_default_context(cadata=authority)),
        headers={"Authorization": f"Bearer {config['users'][0]['user']['token']}", "Accept": "application/json"},
    )


@kopf.on.cleanup()
async def clean_up(**_) -> None:
    await session.close()


@kopf.on.event(GROUP, VERSION, "trainingruns")
async def see_run(event: kopf.RawEvent, namespace: str, name: str, **_) -> None:
    key = (namespace, name)
    run = event["object"]
    if event["type"] == "DELETED":
        runs.pop(key, None)
        begun.discard(key)
        return
    runs[key] = run
    run["metadata"].pop("managedFields", None)
    if "status" in run or key in begun:
        return
    begun.add(key)
    attempt = first_attempt(run, now())
    job = await call("POST", f"/apis/batch/v1/namespaces/{namespace}/jobs", training_job(run, attempt))
    log.info("Created Job %s-train", attempt["name"])
    [stage] = attempt["stages"]
    made = {"jobUID": job["metadata"]["uid"], "snapshotDigest": snapshot_digest(run, attempt)}
    await write_status(run, started_status(run, {**attempt, "stages": [{**stage, **made}]}))


@kopf.on.event("batch", "v1", "jobs", labels=MANAGED)
async def see_job(event: kopf.RawEvent, namespace: str, name: str, **_) -> None:
    key = (namespace, name)
    if event["type"] == "DELETED":
        jobs.pop(key, None)
        return
    job = event["object"]
    job["metadata"].pop("managedFields", None)
    jobs[key] = job
    await complete(key)


@kopf.on.event("", "v1", "pods", labels=MANAGED)
async def see_pod(event: kopf.RawEvent, namespace: str, **_) -> None:
    pod = event["object"]
    key = (namespace, pod["metadata"].get("ownerReferences", [{}])[0].get("name", ""))
    if event["type"] == "DELETED":
        pods.pop(key, None)
        return
    pod["metadata"].pop("managedFields", None)
    pods[key] = pod
    await complete(key)


@kopf.on.event(GROUP, VERSION, "modelversions")
@kopf.on.event(GROUP, VERSION, "modeldeployments")
@kopf.on.event(GROUP, VERSION, "monitors")
@kopf.on.event("", "v1", "services", labels=MANAGED)
@kopf.on.event("apps", "v1", "deployments", labels=MANAGED)
@kopf.on.event("policy", "v1", "poddisruptionbudgets", labels=MANAGED)
async def see_other(**_) -> None:
    """The mapping reads none of these; they are watched because the others watch them."""


async def complete(key: tuple[str, str]) -> None:
    job, pod = jobs.get(key), pods.get(key)
    run = runs.get((key[0], key[1].removesuffix("-1-train")))
    if job is None or pod is None or run is None or key in completed or not is_complete(job):
        return
    attempt = run.get("status", {}).get("attempts", [{}])[0]
    if pod.get("status", {}).get("phase") != "Succeeded" or not attempt or "verdict" in attempt:
        return
    completed.add(key)
    results = results_of(pod)
    version = None
    if results.get("metrics"):
        path = f"/apis/{GROUP}/{VERSION}/namespaces/{key[0]}/modelversions"
        version = await call("POST", path, model_version(run, attempt, job, pod, results))
        log.info("Created ModelVersion %s", attempt["name"])
    await write_status(run, ended_status(run, attempt, job, pod, results, version, now()))


def is_complete(job: dict) -> bool:
    conditions = job.get("status", {}).get("conditions", [])
    return any(condition["type"] == "Complete" and condition["status"] == "True" for condition in conditions)


async def write_status(run: dict, status: dict) -> None:
    """Writes status with the version that it was decided on, and tells people without waiting for it."""
    metadata = run["metadata"]
    namespace, name = metadata["namespace"], metadata["name"]
    body = {"metadata": {"uid": metadata["uid"], "resourceVersion": metadata["resourceVersion"]}, "status": status}
    path = f"/apis/{GROUP}/{VERSION}/namespaces/{namespace}/trainingruns/{name}/status"
    written = await call("PATCH", path, body)
    written["metadata"].pop("managedFields", None)
    runs[(namespace, name)] = written
    event = transition(written, datetime.datetime.now(datetime.UTC))
    task = asyncio.create_task(call("POST", f"/apis/events.k8s.io/v1/namespaces/{namespace}/events", event))
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def call(method: str, path: str, body: dict) -> dict:
    content_type = "application/merge-patch+json" if method == "PATCH" else "application/json"
    headers = {"Content-Type": content_type}
    async with session.request(method, path, data=orjson.dumps(body), headers=headers) as response:
        text = await response.read()
        if response.status >= 300:
            raise RuntimeError(f"{method} {path}: {response.status} {text!r}")
        return orjson.loads(text)


def now() -> str:
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(kopf.operator(standalone=True, clusterwide=True))
