#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An optimiser of torch.optim beside the one that the theorem is about:

    ratecheck verify sgd-convex-smooth --method ./torch_optimiser.py --as sgd --strict
"""
import torch

import ratecheck

ratecheck.from_torch(torch.optim.SGD)

if __name__ == "__main__":
    ratecheck.serve()
