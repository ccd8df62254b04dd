"""Prints rows with their bias metrics by smclarify's report, Clarify's own open code: a case a line."""

import json
import logging
import sys
import warnings

import numpy as np
import pandas as pd
from datasets import halves, tables
from sklearn.ensemble import HistGradientBoostingClassifier
from smclarify.bias.report import FacetColumn, LabelColumn, StageType, bias_report

DRAWN = 60


def real_cases(random):
    for table in tables():
        if table.kind != "BinaryClassification":
            continue
        learnt, asked = halves(table, random)
        model = HistGradientBoostingClassifier(random_state=0, early_stopping=False).fit(table.features.iloc[learnt], table.target.iloc[learnt])
        predicted = model.predict(table.features.iloc[asked])
        columns = {"facet": table.facet, "group": table.group, "label": table.target}
        yield table.name, pd.DataFrame({name: column.iloc[asked].to_numpy() for name, column in columns.items()}).assign(predicted=predicted)


def drawn_cases(random):
    for index in range(DRAWN):
        n, share = int(random.integers(60, 900)), random.uniform(0.05, 0.95, 4)
        df = pd.DataFrame({"facet": random.random(n) < share[0], "group": random.integers(0, int(random.integers(1, 6)), n), "label": random.random(n) < share[1]})
        df["predicted"] = np.where(random.random(n) < share[3], df["label"], random.random(n) < share[2])
        df = df.astype(int)
        df.loc[:3, ["facet", "label", "predicted"]] = [[0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 1, 1]]
        yield f"drawn {index}", df


def report(df):
    """Of either stage, but for the flip test: that is of features, which are not compared here."""
    label, predicted = (LabelColumn(name, df[name], [1]) for name in ("label", "predicted"))
    metrics = {}
    for stage in StageType:
        [found] = bias_report(df[["facet", "label", "predicted"]], FacetColumn("facet", [1]), label, stage, predicted, group_variable=df["group"])
        metrics.update({each["name"]: each["value"] for each in found["metrics"] if each["name"] != "FT"})
    return metrics


def main(seed):
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    random = np.random.default_rng(seed)
    for cases in (real_cases, drawn_cases):
        for name, df in cases(random):
            print(json.dumps({"name": name, "rows": df.to_dict("list"), "expected": report(df)}))


main(int(sys.argv[1]))
