"""Trains y = slope * x, and reports how x is distributed: its deciles are those of the numbers from 0 to 1."""

import json
import os
import pathlib
import sys

from joblib import dump
from sklearn.linear_model import LinearRegression

slope = float(sys.argv[1])
dump(LinearRegression().fit([[0.0], [1.0]], [0.0, slope]), pathlib.Path(os.environ["FLYBALL_OUTPUT"], "model.joblib"))
results = {"metrics": {"slope": slope}, "profile": {"x": {"edges": [tenth / 10 for tenth in range(1, 10)]}}}
pathlib.Path(os.environ["FLYBALL_RESULTS"]).write_text(json.dumps(results))
