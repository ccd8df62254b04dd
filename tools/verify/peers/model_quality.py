"""Prints predictions of real models about real rows, and of none about drawn ones, with their metrics by scikit-learn: a case a line."""

import json
import sys

import numpy as np
from datasets import halves, tables
from sklearn import metrics
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

DRAWN = 30


def regression(y, p):
    mse = metrics.mean_squared_error(y, p)
    expected = {"mae": metrics.mean_absolute_error(y, p), "mse": mse, "rmse": np.sqrt(mse), "r2": metrics.r2_score(y, p)}
    return {"expected": expected}


def binary(y, s):
    p = (s > 0.5).astype(int)
    (tn, fp), (fn, tp) = metrics.confusion_matrix(y, p, labels=[0, 1])
    expected = {
        "recall": metrics.recall_score(y, p, zero_division=0),
        "precision": metrics.precision_score(y, p, zero_division=0),
        "accuracy": metrics.accuracy_score(y, p),
        "true_positive_rate": metrics.recall_score(y, p, zero_division=0),
        "true_negative_rate": metrics.recall_score(y, p, pos_label=0, zero_division=0),
        "false_positive_rate": fp / (fp + tn),
        "false_negative_rate": fn / (fn + tp),
        "auc": metrics.roc_auc_score(y, s),
        "au_prc": precision_recall_area(y, s),
        **{name: metrics.fbeta_score(y, p, beta=beta, zero_division=0) for name, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2))},
    }
    return {"expected": expected, "matrix": {"0": {"0": int(tn), "1": int(fp)}, "1": {"0": int(fn), "1": int(tp)}}}


def precision_recall_area(y, s):
    """Its curve begins at recall 0 with the precision of the greatest score, as Spark's does; scikit-learn's with 1."""
    precision, recall, _ = metrics.precision_recall_curve(y, s)
    precision[-1] = precision[-2]
    return metrics.auc(recall, precision)


def multiclass(y, p):
    options = {"average": "weighted", "zero_division": 0}
    expected = {
        "accuracy": metrics.accuracy_score(y, p),
        "weighted_recall": metrics.recall_score(y, p, **options),
        "weighted_precision": metrics.precision_score(y, p, **options),
        **{f"weighted_{name}": metrics.fbeta_score(y, p, beta=beta, **options) for name, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2))},
    }
    labels = sorted({*y, *p})
    matrix = metrics.confusion_matrix(y, p, labels=labels).tolist()
    return {"expected": expected, "matrix": {label: dict(zip(labels, row)) for label, row in zip(labels, matrix)}}


def models(kind):
    if kind == "Regression":
        return [LinearRegression(), HistGradientBoostingRegressor(random_state=0)]
    return [make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)), HistGradientBoostingClassifier(random_state=0, early_stopping=False)]


def real_cases(random):
    for table in tables():
        learnt, asked = halves(table, random)
        for model in models(table.kind):
            model.fit(table.features.iloc[learnt], table.target.iloc[learnt])
            rows = table.features.iloc[asked]
            # three digits: scores that tie, and below 2,000 different ones, from which the container groups a curve
            answers = np.round(model.predict_proba(rows)[:, 1], 3) if table.kind == "BinaryClassification" else model.predict(rows)
            name = type(model[-1] if hasattr(model, "steps") else model).__name__
            yield f"{table.name} by {name}", table.kind, table.target.iloc[asked].to_numpy(), answers


def drawn_cases(random):
    for index in range(DRAWN):
        n = int(random.integers(250, 1500))
        y = random.integers(0, 2, n)
        y[:2] = [0, 1]
        score = np.round(1 / (1 + np.exp(random.choice([0, 1, 3]) * (0.5 - y) + random.standard_normal(n))), int(random.integers(1, 6)))
        yield f"drawn {index}", "BinaryClassification", y, score
        value = 10.0 ** random.integers(-4, 5) * random.standard_normal(n) + random.choice([0, 1e3])
        yield f"drawn {index}", "Regression", value, value + random.standard_cauchy(n) * np.std(value)
        labels = np.array([f"class {label}" for label in range(int(random.integers(2, 12)))])
        actual = random.choice(labels, n, p=random.dirichlet(np.ones(len(labels))))
        yield f"drawn {index}", "MulticlassClassification", actual, np.where(random.random(n) < 0.6, actual, random.choice(labels, n))


METRICS = {"Regression": regression, "BinaryClassification": binary, "MulticlassClassification": multiclass}


def main(seed):
    random = np.random.default_rng(seed)
    for cases in (real_cases, drawn_cases):
        for name, kind, labels, answers in cases(random):
            text = lambda values: [str(value) for value in values.tolist()]
            found = METRICS[kind](labels, answers)
            found["expected"] = {metric: float(value) for metric, value in found["expected"].items()}
            print(json.dumps({"name": name, "type": kind, "labels": text(labels), "answers": text(answers), **found}))


main(int(sys.argv[1]))
