"""Asks a service of BentoML by its own client, and prints what it was answered."""

import json
import sys

import bentoml

with bentoml.SyncHTTPClient(sys.argv[1]) as client:
    print(json.dumps({"predict": client.predict(x=[0.5, 1.0])["y"], "count": "".join(client.count(seconds=1)).split()}))
