"""Trains a small network with PyTorch on all processes that torchrun starts."""

import argparse
import json

import torch
import torch.distributed as dist
from torch.nn.parallel import DistributedDataParallel

arguments = argparse.ArgumentParser()
arguments.add_argument("--metrics", default="metrics.json")
options = arguments.parse_args()

dist.init_process_group("nccl" if torch.cuda.is_available() else "gloo")
rank, size = dist.get_rank(), dist.get_world_size()
device = torch.device("cuda", rank % torch.cuda.device_count()) if torch.cuda.is_available() else torch.device("cpu")

torch.manual_seed(0)
x = torch.randn(4000, 8)
y = (x[:, 0] * x[:, 1] + x[:, 2] > 0).float().unsqueeze(1)
share_x, share_y = x[rank:3000:size].to(device), y[rank:3000:size].to(device)

model = torch.nn.Sequential(torch.nn.Linear(8, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1)).to(device)
together = DistributedDataParallel(model)
optimizer = torch.optim.Adam(together.parameters(), lr=0.02)
for _ in range(300):
    optimizer.zero_grad()
    loss = torch.nn.functional.binary_cross_entropy_with_logits(together(share_x), share_y)
    loss.backward()
    optimizer.step()

if rank == 0:
    with torch.no_grad():
        guesses = model(x[3000:].to(device)).cpu() > 0
    accuracy = (guesses == (y[3000:] > 0)).float().mean().item()
    with open(options.metrics, "w") as file:
        json.dump({"accuracy": accuracy, "loss": loss.item(), "processes": size}, file)
dist.destroy_process_group()
