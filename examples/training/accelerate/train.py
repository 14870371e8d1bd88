"""Trains a small network with Hugging Face's accelerate, wherever its processes run."""

import argparse
import json

import torch
from accelerate import Accelerator
from torch.utils.data import DataLoader, TensorDataset

arguments = argparse.ArgumentParser()
arguments.add_argument("--metrics", default="metrics.json")
options = arguments.parse_args()

torch.manual_seed(0)
x = torch.randn(4000, 8)
y = (x[:, 0] * x[:, 1] + x[:, 2] > 0).float().unsqueeze(1)

accelerator = Accelerator()
model = torch.nn.Sequential(torch.nn.Linear(8, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
rows = DataLoader(TensorDataset(x[:3000], y[:3000]), batch_size=100, shuffle=True)
model, optimizer, rows = accelerator.prepare(model, optimizer, rows)
for _ in range(20):
    for batch_x, batch_y in rows:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(batch_x), batch_y)
        accelerator.backward(loss)
        optimizer.step()

if accelerator.is_main_process:
    with torch.no_grad():
        guesses = accelerator.unwrap_model(model)(x[3000:].to(accelerator.device)).cpu() > 0
    accuracy = (guesses == (y[3000:] > 0)).float().mean().item()
    with open(options.metrics, "w") as file:
        json.dump({"accuracy": accuracy, "processes": accelerator.num_processes}, file)
