"""Trains gradient-boosted trees with LightGBM on several machines, each with its share of the rows."""

import argparse
import json
import socket
import time

import lightgbm
import numpy

arguments = argparse.ArgumentParser()
arguments.add_argument("--metrics", default="metrics.json")
arguments.add_argument("--hosts", required=True, help="the names of all machines, with commas between")
arguments.add_argument("--rank", type=int, required=True, help="which of them this is, from 0")
arguments.add_argument("--port", type=int, required=True)
options = arguments.parse_args()


def address(name: str) -> str:
    """LightGBM knows itself among the machines by its address."""
    while True:
        try:
            return socket.gethostbyname(name)
        except socket.gaierror:
            time.sleep(1)


hosts = options.hosts.split(",")
machines = ",".join(f"{address(host)}:{options.port}" for host in hosts)
random = numpy.random.default_rng(0)
x = random.normal(size=(4000, 8))
y = (x[:, 0] * x[:, 1] + x[:, 2] > 0).astype(int)
share = slice(options.rank, 3000, len(hosts))
parameters = {
    "objective": "binary",
    "tree_learner": "data",
    "num_machines": len(hosts),
    "machines": machines,
    "local_listen_port": options.port,
}
model = lightgbm.train(parameters, lightgbm.Dataset(x[share], y[share]), num_boost_round=60)
guesses = model.predict(x[3000:]) > 0.5
if options.rank == 0:
    with open(options.metrics, "w") as file:
        json.dump({"accuracy": float(numpy.mean(guesses == y[3000:])), "processes": len(hosts)}, file)
