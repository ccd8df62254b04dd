"""Random attributions and their NDCG by scikit-learn, ties included. Prints JSON Lines."""
import json

import numpy as np
from sklearn.metrics import ndcg_score

SEED = 20211201
CASES = 240


def main():
    rng = np.random.default_rng(SEED)
    lines = []
    for index in range(CASES):
        size = int(rng.integers(2, 20))
        digits = 1 if index % 3 == 0 else 4  # one digit: many ties
        baseline = np.round(rng.exponential(0.2, size), digits)
        baseline[0] += 0.1
        live = np.round(np.abs(baseline + rng.normal(0, rng.uniform(0, 0.4), size)), digits)
        case = {"baseline": baseline.tolist(), "live": live.tolist(), "score": ndcg_score([baseline], [live])}
        lines.append(json.dumps(case, separators=(",", ":")))
    print("\n".join(lines))


main()
