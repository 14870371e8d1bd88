"""Trains a logistic regression with JAX on all devices of all machines."""

import argparse
import json

import jax
import jax.numpy as jnp
import numpy
from jax.sharding import Mesh, NamedSharding, PartitionSpec

arguments = argparse.ArgumentParser()
arguments.add_argument("--metrics", default="metrics.json")
options = arguments.parse_args()

jax.distributed.initialize()
devices, process, processes = jax.devices(), jax.process_index(), jax.process_count()
shares = NamedSharding(Mesh(numpy.array(devices), ("rows",)), PartitionSpec("rows"))

random = numpy.random.default_rng(0)
x = random.normal(size=(4000, 8)).astype(numpy.float32)
y = (x[:, 0] + x[:, 1] - x[:, 2] > 0).astype(numpy.float32)
count = 3000 // processes // jax.local_device_count() * jax.local_device_count()
mine = slice(process * count, (process + 1) * count)
share_x = jax.make_array_from_process_local_data(shares, x[mine])
share_y = jax.make_array_from_process_local_data(shares, y[mine])


def loss(weights, x, y):
    scores = x @ weights
    return jnp.mean(jnp.logaddexp(0, scores) - y * scores)


step = jax.jit(lambda weights, x, y: weights - 1.0 * jax.grad(loss)(weights, x, y))
weights = jnp.zeros(8)
for _ in range(100):
    weights = step(weights, share_x, share_y)

accuracy = float(numpy.mean((x[3000:] @ numpy.asarray(weights) > 0) == (y[3000:] > 0)))
if process == 0:
    with open(options.metrics, "w") as file:
        json.dump({"accuracy": accuracy, "processes": processes, "devices": len(devices)}, file)
jax.distributed.shutdown()
