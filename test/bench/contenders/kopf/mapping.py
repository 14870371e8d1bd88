"""The mapping that every contender has: a run to its Job, its status, its events and its version."""

import datetime
import hashlib
import json

import orjson

API_VERSION = "flyball.dev/v1alpha1"
NO_RESULTS = (
    "training ended and reported no metrics, so there is no ModelVersion. "
    'To get one, write {"metrics": {"f1": 0.93}} to FLYBALL_RESULTS'
)


def canonical(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def first_attempt(run: dict, now: str) -> dict:
    created = run["metadata"]["creationTimestamp"]
    name = f"{run['metadata']['name']}-1"
    return {
        "name": name,
        "number": 1,
        "recipeDigest": "sha256:" + hashlib.sha256(canonical(run["spec"]).encode()).hexdigest(),
        "trigger": {"type": "Created", "time": created},
        "coversUntil": max(created, now),
        "startTime": now,
        "stages": [{"name": "Train", "job": f"{name}-train", "state": "Running", "startTime": now}],
    }


def training_job(run: dict, attempt: dict) -> dict:
    metadata = run["metadata"]
    labels = {
        "app.kubernetes.io/managed-by": "flyball",
        "flyball.dev/training-run": metadata["name"],
        "flyball.dev/attempt": attempt["name"],
        "flyball.dev/stage": "train",
    }
    owner = {
        "apiVersion": API_VERSION,
        "kind": "TrainingRun",
        "name": metadata["name"],
        "uid": metadata["uid"],
        "controller": True,
        "blockOwnerDeletion": True,
    }
    disruption = {"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]}
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {
            "name": f"{attempt['name']}-train",
            "namespace": metadata["namespace"],
            "labels": labels,
            "annotations": {"flyball.dev/attempt": snapshot_text(run, attempt)},
            "ownerReferences": [owner],
        },
        "spec": {
            "parallelism": 1,
            "completions": 1,
            "backoffLimit": 0,
            "podFailurePolicy": {"rules": [disruption]},
            "template": {"metadata": {"labels": labels}, "spec": training_pod(run, attempt)},
        },
    }


def snapshot_text(run: dict, attempt: dict) -> str:
    copied = {field: attempt[field] for field in ("number", "recipeDigest", "trigger", "coversUntil")}
    return canonical({**copied, "runUID": run["metadata"]["uid"], "recipe": run["spec"]})


def snapshot_digest(run: dict, attempt: dict) -> str:
    return "sha256:" + hashlib.sha256(snapshot_text(run, attempt).encode()).hexdigest()


def training_pod(run: dict, attempt: dict) -> dict:
    spec = run["spec"]
    env = {
        "FLYBALL_SNAPSHOT_DIGEST": snapshot_digest(run, attempt),
        "FLYBALL_RUN": run["metadata"]["name"],
        "FLYBALL_ATTEMPT": attempt["name"],
        "FLYBALL_RESULTS": "/dev/termination-log",
        "FLYBALL_SEED": str(spec["seed"]),
        "FLYBALL_OUTPUT": "/flyball/output",
        "FLYBALL_PARAMETERS": orjson.dumps(spec["parameters"]).decode(),
        **{f"FLYBALL_PARAMETER_{name.upper()}": value for name, value in spec["parameters"].items()},
        **{f"FLYBALL_DATASET_{one['name'].upper()}": f"/flyball/datasets/{one['name']}" for one in spec["datasets"]},
    }
    mounts = [
        *((one["uri"], f"/flyball/datasets/{one['name']}", True) for one in spec["datasets"]),
        (f"{spec['output']['uri']}/{attempt['name']}-{run['metadata']['uid']}", "/flyball/output", False),
    ]
    volumes = []
    volume_mounts = []
    for index, (uri, path, read_only) in enumerate(mounts):
        claim, sub_path = uri.removeprefix("pvc://").split("/", 1)
        volumes.append({"name": f"claim-{index}", "persistentVolumeClaim": {"claimName": claim}})
        volume_mount = {"name": f"claim-{index}", "mountPath": path, "subPath": sub_path}
        volume_mounts.append({**volume_mount, "readOnly": True} if read_only else volume_mount)
    amounts = {**spec["resources"], spec["accelerator"]["resource"]: str(spec["accelerator"]["count"])}
    return {
        "restartPolicy": "Never",
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "securityContext": {
            "runAsNonRoot": True,
            "fsGroup": 65532,
            "fsGroupChangePolicy": "OnRootMismatch",
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "tolerations": [{"key": spec["accelerator"]["resource"], "operator": "Exists", "effect": "NoSchedule"}],
        "containers": [
            {
                "name": "main",
                "image": spec["image"],
                "imagePullPolicy": "IfNotPresent",
                "command": spec["command"],
                "args": spec["args"],
                "env": [{"name": name, "value": value} for name, value in env.items()],
                "resources": {"requests": amounts, "limits": amounts},
                "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
                "terminationMessagePath": "/dev/termination-log",
                "terminationMessagePolicy": "FallbackToLogsOnError",
                "volumeMounts": volume_mounts,
            }
        ],
        "volumes": volumes,
    }


def condition(run: dict, kind: str, status: str, reason: str, message: str, now: str) -> dict:
    return {
        "type": kind,
        "status": status,
        "reason": reason,
        "message": message,
        "lastTransitionTime": now,
        "observedGeneration": run["metadata"]["generation"],
    }


def started_status(run: dict, attempt: dict) -> dict:
    name = attempt["name"]
    command = f"kubectl -n {run['metadata']['namespace']} get pods -l flyball.dev/attempt={name}"
    message = f"attempt {name} has started. See its pods: `{command}`"
    now = attempt["startTime"]
    return {
        "observedGeneration": run["metadata"]["generation"],
        "conditions": [
            condition(run, "Succeeded", "Unknown", "Started", message, now),
            condition(run, "Reconciling", "True", "Started", message, now),
        ],
        "latestAttempt": name,
        "attempts": [attempt],
    }


def container_status(pod: dict) -> dict:
    return pod["status"]["containerStatuses"][0]


def results_of(pod: dict) -> dict:
    message = container_status(pod)["state"]["terminated"].get("message")
    return json.loads(message) if message else {}


def decimals(metrics: dict) -> dict:
    return {name: str(value) for name, value in metrics.items()}


def model_version(run: dict, attempt: dict, job: dict, pod: dict, results: dict) -> dict:
    metadata, spec = run["metadata"], run["spec"]
    return {
        "apiVersion": API_VERSION,
        "kind": "ModelVersion",
        "metadata": {
            "name": attempt["name"],
            "namespace": metadata["namespace"],
            "labels": {"app.kubernetes.io/managed-by": "flyball", "flyball.dev/training-run": metadata["name"]},
        },
        "spec": {
            "number": 1,
            "trainingRun": metadata["name"],
            "trainingRunUID": metadata["uid"],
            "attemptUID": job["metadata"]["uid"],
            "recipeDigest": attempt["recipeDigest"],
            "trigger": attempt["trigger"],
            "coversUntil": attempt["coversUntil"],
            "uri": f"{spec['output']['uri']}/{attempt['name']}-{metadata['uid']}",
            "digest": results["model"]["digest"],
            "digestSource": "Reported",
            "shortDigest": results["model"]["digest"].rpartition(":")[2][:12],
            "metric": metric_text(results["metrics"]),
            "metrics": decimals(results["metrics"]),
            "imageDigest": container_status(pod)["imageID"],
            "hardware": spec["accelerator"],
            "reason": "NoGate",
            **{
                field: spec[field]
                for field in (
                    "image",
                    "command",
                    "args",
                    "resources",
                    "accelerator",
                    "datasets",
                    "parameters",
                    "seed",
                )
            },
        },
    }


def metric_text(metrics: dict) -> str:
    return "=".join(next(iter(decimals(metrics).items())))


def ended_status(run: dict, attempt: dict, job: dict, pod: dict, results: dict, version: dict | None, now: str) -> dict:
    name = attempt["name"]
    metrics = decimals(results.get("metrics", {}))
    verdict = "Registered" if metrics else "NoResults"
    message = f"ModelVersion {name} is registered" if metrics else NO_RESULTS
    [stage] = attempt["stages"]
    end_time = job["status"]["completionTime"]
    passed = {**stage, "jobUID": job["metadata"]["uid"], "state": "Passed", "endTime": end_time}
    ended = {
        **attempt,
        "verdict": verdict,
        "reason": "NoGate" if metrics else "NoResults",
        "message": message,
        "stages": [passed],
        "endTime": end_time,
        "image": container_status(pod)["imageID"],
    }
    status: dict = {"conditions": [condition(run, "Succeeded", "True", verdict, message, now)]}
    if metrics:
        registered = {"name": name, "uid": version["metadata"]["uid"]}
        ended = {**ended, "metrics": metrics, "digest": results["model"]["digest"], "versionUID": registered["uid"]}
        status["latestVersion"] = registered
        status["versions"] = [registered]
        status["metric"] = metric_text(metrics)
    return {**status, "attempts": [ended]}


def transition(run: dict, now: datetime.datetime) -> dict:
    metadata = run["metadata"]
    summary = run["status"]["conditions"][0]
    return {
        "apiVersion": "events.k8s.io/v1",
        "kind": "Event",
        "metadata": {
            "namespace": metadata["namespace"],
            "name": f"{metadata['name']}.{metadata['resourceVersion']}",
        },
        "regarding": {
            "apiVersion": API_VERSION,
            "kind": "TrainingRun",
            **{field: metadata[field] for field in ("namespace", "name", "uid", "resourceVersion")},
        },
        "type": "Normal",
        "reason": summary["reason"],
        "note": summary["message"],
        "action": "Reconcile",
        "reportingController": "flyball.dev/operator",
        "reportingInstance": "kopf",
        "eventTime": now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    }
