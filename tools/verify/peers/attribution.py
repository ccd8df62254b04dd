"""
Serves models, a line of JSON in for a line out: {"model": n, "rows": [...]} is answered by the scores of each row. Before it prints the models, a line
each: their rows, and what the shap package says of them by asking all coalitions.
"""

import json
import sys

import numpy as np
import pandas as pd
import shap
from datasets import halves, tables
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.neural_network import MLPRegressor

EXPLAINED, BASELINE, FEATURES = 12, 8, 9


def real_models(random):
    for table in tables():
        learnt, asked = halves(table, random)
        features = table.features.iloc[:, :FEATURES].astype(float)
        regressor = table.kind == "Regression"
        model = (HistGradientBoostingRegressor if regressor else HistGradientBoostingClassifier)(random_state=0, max_iter=30, early_stopping=False)
        model.fit(features.iloc[learnt].to_numpy(), table.target.iloc[learnt])
        answer = (lambda rows, model=model: model.predict(rows)[:, None]) if regressor else model.predict_proba
        rows = features.to_numpy()
        links = ["identity", "logit"] if table.kind == "BinaryClassification" else ["identity"]
        for link in links:
            yield f"{table.name}, {link}", answer, link, rows[learnt[:BASELINE]], rows[asked[:EXPLAINED]]


def drawn_models(random):
    for index in range(6):
        width = int(random.integers(2, FEATURES + 1))
        rows = random.standard_normal((200, width))
        model = MLPRegressor(hidden_layer_sizes=(16,), random_state=index, max_iter=300, tol=1e-3).fit(rows, np.sin(rows).prod(axis=1) + rows[:, 0])
        yield f"drawn {index}", lambda rows, model=model: model.predict(rows)[:, None], "identity", rows[:BASELINE], rows[-EXPLAINED:]


def shapley(answer, link, baseline, rows):
    explainer = shap.KernelExplainer(answer, baseline, link=link)
    # as many as there are: no coalition is left to chance, and no regularization leaves features out
    values = np.asarray(explainer.shap_values(rows, nsamples=2 ** rows.shape[1], l1_reg=False, silent=True))
    return {"values": values.transpose(0, 2, 1).tolist(), "expected": np.ravel(explainer.expected_value).tolist()}


def main(seed):
    random = np.random.default_rng(seed)
    answers = []
    for models in (real_models, drawn_models):
        for name, answer, link, baseline, rows in models(random):
            answers.append(answer)
            print(json.dumps({"name": name, "link": link, "baseline": baseline.tolist(), "rows": rows.tolist(), **shapley(answer, link, baseline, rows)}))
    print("null", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(answers[asked["model"]](np.array(asked["rows"])).tolist()), flush=True)


main(int(sys.argv[1]))
