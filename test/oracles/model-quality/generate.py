"""Writes the figures that the model-quality metrics are held against: regression.ndjson, binary.ndjson and multiclass.ndjson.

    apt-get install -y python3-sklearn python3-scipy
    /usr/bin/python3 test/oracles/model-quality/generate.py

The first line of a file says what made it, every other line is a case. Every case is drawn from one seeded generator, so a second run with the same versions writes the same bytes. A figure is null where the
library calls it undefined (it raises or divides by nothing); what scikit-learn puts in its place is said where it happens.
"""

import json
import pathlib
import sys

import numpy as np
import scipy
import scipy.integrate
import scipy.stats
import sklearn
from sklearn import metrics
from sklearn.dummy import DummyClassifier

SEED = 20221211
CASES = 240
HERE = pathlib.Path(__file__).parent
random = np.random.default_rng(SEED)


def compact(values):
    """Six significant digits: exact as text, short as JSON."""
    return [float(f"{value:.6g}") for value in values]


def row_count(index):
    """Single rows and pairs, mostly small cases, some beyond the 200 rows from which there are standard deviations."""
    if index < 12:
        return index // 4 + 1
    return 250 if index % 60 == 59 else int(random.integers(3, 40))


def regression_case(index):
    n = row_count(index)
    scale = 10.0 ** random.integers(-6, 7)
    offset = random.choice([0, 0, 1, 1000]) * scale
    y = compact(offset + scale * random.standard_normal(n))
    kind = index % 8
    if kind == 0:
        p = compact(y + scale * random.standard_normal(n) * random.choice([0.01, 0.3, 3]))
    elif kind == 1:
        y = [float(v) for v in random.integers(0, 5, n)]
        p = [float(v) for v in random.integers(0, 5, n)]
    elif kind == 2:
        p = list(y)
    elif kind == 3:
        y = [y[0]] * n
        p = compact(offset + scale * random.standard_normal(n))
    elif kind == 4:
        p = compact([np.mean(y)] * n)
    elif kind == 5:
        p = compact(scale * random.standard_cauchy(n))
    elif kind == 6:
        p = compact(-np.asarray(y))
    else:
        p = compact(offset + scale * random.standard_normal(n))
    mse = metrics.mean_squared_error(y, p)
    # of labels that are all the same scikit-learn says 0 or 1; there is nothing to explain
    r2 = float(metrics.r2_score(y, p)) if len(set(y)) > 1 else None
    expected = {"mae": float(metrics.mean_absolute_error(y, p)), "mse": float(mse), "rmse": float(np.sqrt(mse)), "r2": r2}
    return {"y": y, "p": p, "expected": expected}


def binary_rates(y, p):
    has_negative = 0 in y
    matrix = metrics.confusion_matrix(y, p, labels=[0, 1])
    (tn, fp), (fn, tp) = matrix.tolist()
    # recall and F scores of no positive row are 0, as is precision of no positive prediction
    recall = float(metrics.recall_score(y, p, zero_division=0))
    rates = {
        "recall": recall,
        "precision": float(metrics.precision_score(y, p, zero_division=0)),
        "accuracy": float(metrics.accuracy_score(y, p)),
        "true_positive_rate": recall,
        "false_negative_rate": fn / (fn + tp) if 1 in y else 1.0,
        "false_positive_rate": fp / (fp + tn) if has_negative else None,
        "true_negative_rate": float(metrics.recall_score(y, p, pos_label=0, zero_division=0)) if has_negative else None,
    }
    for name, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2)):
        rates[name] = float(metrics.fbeta_score(y, p, beta=beta, zero_division=0))
    return [[tn, fp], [fn, tp]], rates


def constant_prediction(p):
    """The label that most predictions are, for every row; of equals the greatest, where scikit-learn takes the smallest."""
    labels, counts = np.unique(p, return_counts=True)
    tied = labels[counts == counts.max()]
    dummy = DummyClassifier(strategy="most_frequent") if len(tied) == 1 else DummyClassifier(strategy="constant", constant=tied[-1])
    return dummy.fit([[0]] * len(p), p).predict([[0]] * len(p)).tolist()


def curves(y, s):
    """ROC and precision-recall curve and their areas; null with one label only, of which scikit-learn has none."""
    if len(set(y)) < 2:
        return {"auc": None, "au_prc": None}, None
    fpr, tpr, _ = metrics.roc_curve(y, s, drop_intermediate=False)
    auc = metrics.roc_auc_score(y, s)
    positives, negatives = [v for v, label in zip(s, y) if label], [v for v, label in zip(s, y) if not label]
    u = scipy.stats.mannwhitneyu(positives, negatives).statistic / (len(positives) * len(negatives))
    assert abs(auc - u) < 1e-12, "the area and the rank statistic must agree"
    precision, recall, _ = metrics.precision_recall_curve(y, s)
    # ours begins at recall 0 with the precision of the greatest score, scikit-learn's with 1
    recall, precision = recall[::-1], precision[::-1].copy()
    precision[0] = precision[1]
    areas = {"auc": float(auc), "au_prc": float(scipy.integrate.trapezoid(precision, recall))}
    return areas, {"fpr": fpr.tolist(), "tpr": tpr.tolist(), "precision": precision.tolist(), "recall": recall.tolist()}


def binary_case(index):
    n = row_count(index)
    kind = index % 8
    prevalence = [0.5, 0.05, 0.95, 0.3, 0.5, 0.5, 0.7, 0.2][kind]
    y = (random.random(n) < prevalence).astype(int).tolist()
    if kind == 4:
        y = [1] * n if index % 16 < 8 else [0] * n
    signal = random.choice([0, 1, 3])
    s = 1 / (1 + np.exp(-(random.standard_normal(n) + signal * (np.asarray(y) - 0.5))))
    s = [round(v, 1) for v in s] if kind in (3, 5) else compact(s)
    threshold = float(random.choice([0.5, 0.5, 0.1, 0.9, 0.3]))
    p = [int(v > threshold) for v in s]
    matrix, rates = binary_rates(y, p)
    _, constant = binary_rates(y, constant_prediction(p))
    for name in ("recall", "precision", "accuracy", "f0_5", "f1", "f2"):
        rates[f"{name}_best_constant_classifier"] = constant[name]
    areas, points = curves(y, s)
    case = {"y": y, "s": s, "threshold": threshold, "matrix": matrix, "expected": {**rates, **areas}}
    if points and n < 60 and index % 4 == 0:
        case["curves"] = points
    return case


ALPHABETS = [["0", "1"], ["0", "1", "2"], ["a", "b", "c", "d"], ["setosa", "versicolor", "virginica"], [str(i) for i in range(9)]]


def weighted(y, p):
    options = {"average": "weighted", "zero_division": 0}
    result = {
        "accuracy": float(metrics.accuracy_score(y, p)),
        "weighted_recall": float(metrics.recall_score(y, p, **options)),
        "weighted_precision": float(metrics.precision_score(y, p, **options)),
    }
    for name, beta in (("f0_5", 0.5), ("f1", 1), ("f2", 2)):
        result[f"weighted_{name}"] = float(metrics.fbeta_score(y, p, beta=beta, **options))
    return result


def multiclass_case(index):
    n = row_count(index)
    labels = ALPHABETS[index % len(ALPHABETS)]
    weights = random.dirichlet(np.ones(len(labels)) * random.choice([0.3, 1, 10]))
    y = random.choice(labels, n, p=weights).tolist()
    skill = random.choice([0, 0.5, 0.9, 1])
    guesses = random.choice(labels[: max(1, len(labels) - index % 3)], n).tolist()
    p = [label if random.random() < skill else guess for label, guess in zip(y, guesses)]
    seen = sorted({*y, *p})
    matrix = metrics.confusion_matrix(y, p, labels=seen).tolist()
    constant = weighted(y, constant_prediction(p))
    expected = {**weighted(y, p), **{f"{name}_best_constant_classifier": value for name, value in constant.items()}}
    indexes = {"y": [seen.index(label) for label in y], "p": [seen.index(label) for label in p]}
    return {"labels": seen, **indexes, "matrix": matrix, "expected": expected}


def write(name, case):
    versions = {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
    lines = [json.dumps(case(index), separators=(",", ":")) for index in range(CASES)]
    head = json.dumps({"seed": SEED, "versions": versions})
    text = "\n".join([head, *lines]) + "\n"
    (HERE / f"{name}.ndjson").write_text(text)
    print(name, len(lines), "cases,", len(text), "characters;", versions)


write("regression", regression_case)
write("binary", binary_case)
write("multiclass", multiclass_case)
