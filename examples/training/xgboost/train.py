"""Trains gradient-boosted trees with XGBoost on several machines, each with its share of the rows."""

import argparse
import json
import os
import socket
import time

import numpy
import xgboost
from xgboost import collective
from xgboost.tracker import RabitTracker

arguments = argparse.ArgumentParser()
arguments.add_argument("--metrics", default="metrics.json")
options = arguments.parse_args()

uri, port = os.environ["DMLC_TRACKER_URI"], int(os.environ["DMLC_TRACKER_PORT"])
workers, task = int(os.environ["DMLC_NUM_WORKER"]), os.environ["DMLC_TASK_ID"]


def address(name: str) -> str:
    while True:
        try:
            return socket.gethostbyname(name)
        except socket.gaierror:
            time.sleep(1)


if task == "0":
    tracker = RabitTracker(n_workers=workers, host_ip="0.0.0.0", port=port, sortby="task")
    tracker.start()

random = numpy.random.default_rng(0)
x = random.normal(size=(4000, 8))
y = (x[:, 0] * x[:, 1] + x[:, 2] > 0).astype(int)
train_x, train_y, test_x, test_y = x[:3000], y[:3000], x[3000:], y[3000:]

retries = {"dmlc_retry": 60, "dmlc_timeout": 300}
with collective.CommunicatorContext(
    dmlc_tracker_uri=address(uri), dmlc_tracker_port=port, dmlc_task_id=task, **retries
):
    rank, size = collective.get_rank(), collective.get_world_size()
    share = xgboost.DMatrix(train_x[rank::size], train_y[rank::size])
    model = xgboost.train({"objective": "binary:logistic", "max_depth": 4}, share, num_boost_round=60)
    guesses = model.predict(xgboost.DMatrix(test_x)) > 0.5
    if rank == 0:
        with open(options.metrics, "w") as file:
            json.dump({"accuracy": float(numpy.mean(guesses == test_y)), "processes": size}, file)
if task == "0":
    tracker.wait_for()
