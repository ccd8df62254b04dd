"""Random datasets and their bias metrics, each computed from its definition. Prints JSON Lines.

Definitions: https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-data-bias.html and
https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-post-training-bias.html
"""
import json
import math

import numpy as np
import pandas as pd
from sklearn.neighbors import KNeighborsClassifier

SEED = 20201208
CASES = 240


def ratio(a, b):
    if b == 0:
        return 0.0 if a == 0 else math.inf
    return a / b


def gap(x, y):
    return 0.0 if x == y else x - y


def pre_training(df):
    rest, own = df[~df.facet], df[df.facet]
    share = pd.DataFrame({"a": rest.label.value_counts(normalize=True), "d": own.label.value_counts(normalize=True)}).dropna()
    kl = lambda p, q: (p * np.log(p / q)).sum()
    mid = (share.a + share.d) / 2
    delta = (share.a - share.d).abs()
    common = len(share) > 0
    return {
        "CI": (len(rest) - len(own)) / len(df) if len(rest) and len(own) else None,
        "DPL": rest.label.mean() - own.label.mean() if len(rest) and len(own) else None,
        "KL": kl(share.a, share.d) if common else None,
        "JS": (kl(share.a, mid) + kl(share.d, mid)) / 2 if common else None,
        "LP": math.sqrt((delta**2).sum()) if common else None,
        "TVD": delta.sum() / 2 if common else None,
        "KS": delta.max() if common else None,
        "CDDL": disparity(df, "label"),
    }


def disparity(df, outcome):
    if "group" not in df or df[outcome].all() or not df[outcome].any():
        return None
    def of(group):
        rejected, accepted = group[~group[outcome]], group[group[outcome]]
        return ratio(rejected.facet.sum(), len(rejected)) - ratio(accepted.facet.sum(), len(accepted))
    parts = [(len(rows), of(rows)) for _, rows in df.groupby("group")]
    return sum(n * dd for n, dd in parts) / sum(n for n, _ in parts)


def rates(df):
    cross = pd.crosstab(df.label, df.predicted).reindex(index=[False, True], columns=[False, True], fill_value=0)
    (tn, fp), (fn, tp) = cross.values.tolist()
    return {
        "positive": ratio(tp + fp, len(df)),
        "acceptance": ratio(tp + fn, tp + fp),
        "rejection": ratio(tn + fp, tn + fn),
        "recall": ratio(tp, tp + fn),
        "specificity": ratio(tn, tn + fp),
        "precision": ratio(tp, tp + fp),
        "negative_precision": ratio(tn, tn + fn),
        "accuracy": ratio(tp + tn, len(df)),
        "treatment": ratio(fn, fp),
    }


def post_training(df, features):
    names = ["DPPL", "DI", "DCA", "DCR", "RD", "SD", "DAR", "DRR", "AD", "TE", "FT"]
    metrics = dict.fromkeys(names)
    if df.facet.any() and not df.facet.all():
        a, d = rates(df[~df.facet]), rates(df[df.facet])
        metrics = {
            "DPPL": gap(a["positive"], d["positive"]),
            "DI": ratio(d["positive"], a["positive"]),
            "DCA": gap(a["acceptance"], d["acceptance"]),
            "DCR": gap(d["rejection"], a["rejection"]),
            "RD": gap(a["recall"], d["recall"]),
            "SD": gap(d["specificity"], a["specificity"]),
            "DAR": gap(a["precision"], d["precision"]),
            "DRR": gap(d["negative_precision"], a["negative_precision"]),
            "AD": gap(a["accuracy"], d["accuracy"]),
            "TE": gap(d["treatment"], a["treatment"]),
            "FT": flip_test(df, features),
        }
    benefit = df.predicted.astype(int) - df.label.astype(int) + 1
    entropy = ((benefit / benefit.mean()) ** 2 - 1).mean() / 2 if benefit.any() else None
    return {**metrics, "GE": entropy, "CDDPL": disparity(df, "predicted")}


def flip_test(df, features):
    rest = ~df.facet
    if "group" in df:
        features = np.column_stack([df.group, features])
    model = KNeighborsClassifier(n_neighbors=5 if rest.sum() >= 10 else 1)
    model.fit(features[rest], df.predicted[rest])
    there = model.predict(features[df.facet]).astype(int)
    here = df.predicted[df.facet].astype(int).values
    return float((here > there).sum() - (here < there).sum()) / len(here)


def dataset(rng, index):
    n = int(rng.integers(2, 12) if index % 4 == 0 else rng.integers(12, 50))
    share = rng.uniform(0.02, 0.98, 3)
    df = pd.DataFrame({"facet": rng.random(n) < share[0], "label": rng.random(n) < share[1]})
    follows = rng.random(n) < rng.uniform(0, 1)
    df["predicted"] = np.where(follows, df.label, rng.random(n) < share[2])
    if not df.predicted.any():
        df.loc[0, "predicted"] = True
    if index % 5:
        df["group"] = rng.integers(0, int(rng.integers(1, 7)), n)
    return df, np.round(rng.normal(size=(n, int(rng.integers(1, 4)))), 4)


def encode(value):
    if value is None:
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return float(value)


def main():
    rng = np.random.default_rng(SEED)
    lines = []
    for index in range(CASES):
        df, features = dataset(rng, index)
        bits = lambda column: "".join("1" if each else "0" for each in df[column])
        metrics = {**pre_training(df), **post_training(df, features)}
        case = {name: bits(name) for name in ["facet", "label", "predicted"]}
        if "group" in df:
            case["group"] = "".join(map(str, df.group))
        case["features"] = features.T.tolist()
        case["metrics"] = {name: encode(value) for name, value in sorted(metrics.items())}
        lines.append(json.dumps(case, separators=(",", ":")))
    print("\n".join(lines))


main()
