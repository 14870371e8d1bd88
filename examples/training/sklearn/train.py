"""Classifies handwritten digits with scikit-learn."""

import argparse
import json

from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import train_test_split

arguments = argparse.ArgumentParser()
arguments.add_argument("--metrics", default="metrics.json")
options = arguments.parse_args()

images, digits = load_digits(return_X_y=True)
train_x, test_x, train_y, test_y = train_test_split(images / 16, digits, random_state=0)
model = LogisticRegression(max_iter=1000).fit(train_x, train_y)
guesses = model.predict(test_x)
metrics = {
    "accuracy": accuracy_score(test_y, guesses),
    "f1": {"macro": f1_score(test_y, guesses, average="macro")},
}
with open(options.metrics, "w") as file:
    json.dump(metrics, file)
