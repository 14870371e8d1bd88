"""Trains a softmax classifier of handwritten digits on several pods, with JAX: each pod holds its own share of the
images, and every step averages the gradients of all.

The pods find each other by JAX_COORDINATOR_ADDRESS, JAX_NUM_PROCESSES and JAX_PROCESS_ID, which Flyball sets. The
process 0 reports the results.
"""

import hashlib
import json
import os
import pathlib

import jax
import jax.numpy as jnp
import numpy
from jax.sharding import Mesh, NamedSharding, PartitionSpec
from sklearn.datasets import load_digits

HELD_OUT = 297
CLASSES = 10


def main() -> None:
    processes, process = int(os.environ["JAX_NUM_PROCESSES"]), int(os.environ["JAX_PROCESS_ID"])
    parameters = json.loads(os.environ.get("FLYBALL_PARAMETERS", "{}"))
    coordinator = os.environ["JAX_COORDINATOR_ADDRESS"]
    # All is said here; without this, JAX would look for the API of the cluster that it finds itself in.
    jax.distributed.initialize(coordinator, processes, process, cluster_detection_method="deactivate")
    log(process=process, processes=processes, devices=jax.device_count(), local_devices=jax.local_device_count())

    images, labels = digits(int(os.environ.get("FLYBALL_SEED") or 0))
    mesh = Mesh(numpy.array(jax.devices()), ("pods",))
    # Equal shares, so that the mean of the pods' gradients is the gradient over all rows.
    count = (len(images) - HELD_OUT) // processes
    mine = slice(HELD_OUT + process * count, HELD_OUT + (process + 1) * count)
    shares = NamedSharding(mesh, PartitionSpec("pods"))
    x = jax.make_array_from_process_local_data(shares, images[mine])
    y = jax.make_array_from_process_local_data(shares, labels[mine])

    weights = train(mesh, x, y, int(parameters.get("steps", "300")), float(parameters.get("learning_rate", "0.5")))
    scores = images[:HELD_OUT] @ weights["w"] + weights["b"]
    accuracy = float(numpy.mean(numpy.argmax(scores, axis=1) == labels[:HELD_OUT]))
    if process == 0:
        digest = save(weights)
        report({"metrics": {"accuracy": round(accuracy, 4), "processes": processes}, "model": {"digest": digest}})
    log(process=process, rows=count, accuracy=round(accuracy, 4))
    jax.distributed.shutdown()


def digits(seed: int) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The images and labels that scikit-learn ships, in the same order in every pod."""
    data = load_digits()
    order = numpy.random.default_rng(seed).permutation(len(data.target))
    return (data.data[order] / 16).astype(numpy.float32), data.target[order].astype(numpy.int32)


def train(mesh: Mesh, x: jax.Array, y: jax.Array, steps: int, rate: float) -> dict[str, numpy.ndarray]:
    """Gradient descent on the cross entropy; the same weights in every pod after every step."""

    def loss(weights, x, y):
        scores = jax.nn.log_softmax(x @ weights["w"] + weights["b"])
        return -jnp.mean(jnp.take_along_axis(scores, y[:, None], axis=1))

    def step(weights, x, y):
        # The weights are the pod's own while it differentiates; without this, JAX would sum the gradients by itself.
        own = jax.tree.map(lambda value: jax.lax.pcast(value, "pods", to="varying"), weights)
        value, gradient = jax.value_and_grad(loss)(own, x, y)
        value, gradient = jax.lax.pmean((value, gradient), "pods")
        return jax.tree.map(lambda weight, slope: weight - rate * slope, weights, gradient), value

    everywhere, shares = PartitionSpec(), PartitionSpec("pods")
    together = jax.jit(
        jax.shard_map(step, mesh=mesh, in_specs=(everywhere, shares, shares), out_specs=(everywhere, everywhere))
    )
    weights = {"w": numpy.zeros((x.shape[1], CLASSES), numpy.float32), "b": numpy.zeros(CLASSES, numpy.float32)}
    for number in range(steps):
        weights, value = together(weights, x, y)
        if number % 100 == 0 or number == steps - 1:
            log(step=number, loss=round(float(value), 4))
    return {name: numpy.asarray(value) for name, value in weights.items()}


def save(weights: dict[str, numpy.ndarray]) -> str:
    """Writes the weights where the run has an output, and returns their digest."""
    content = b"".join(weights[name].tobytes() for name in sorted(weights))
    folder = os.environ.get("FLYBALL_OUTPUT")
    if folder:
        numpy.savez(pathlib.Path(folder) / "model.npz", **weights)
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def report(results: dict[str, object]) -> None:
    pathlib.Path(os.environ.get("FLYBALL_RESULTS", "/dev/termination-log")).write_text(json.dumps(results))


def log(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main()
