"""Estimates of NannyML for its public examples, chunk by chunk: with the probabilities as they are, and calibrated as it calibrates them."""

import json
import os
import sys
import warnings

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"
warnings.filterwarnings("ignore")

import nannyml  # noqa: E402
from nannyml.calibration import NoopCalibrator  # noqa: E402

EXAMPLES = {
    "car loans": (nannyml.load_synthetic_car_loan_dataset, "repaid"),
    "work from home": (nannyml.load_synthetic_binary_classification_dataset, "work_home_actual"),
}
METRICS = {
    "roc_auc": "auc",
    "f1": "f1",
    "precision": "precision",
    "recall": "recall",
    "specificity": "true_negative_rate",
    "accuracy": "accuracy",
}
ROWS = 5000


def estimates(reference, analysis, label, settings):
    estimator = nannyml.CBPE(
        y_pred_proba="y_pred_proba",
        y_pred="y_pred",
        y_true=label,
        problem_type="classification_binary",
        metrics=list(METRICS),
        chunk_size=ROWS,
        **settings,
    )
    estimator.fit(reference)
    found = estimator.estimate(analysis).filter(period="analysis").to_df()
    return [
        {ours: float(found[(theirs, "value")][chunk]) for theirs, ours in METRICS.items()}
        for chunk in range(len(found))
    ]


def rows(data):
    return {"scores": data["y_pred_proba"].tolist(), "predicted": data["y_pred"].astype(int).tolist()}


def main():
    for name, (load, label) in EXAMPLES.items():
        reference, analysis, _ = load()
        as_given = estimates(reference, analysis, label, {"calibrator": NoopCalibrator()})
        calibrated = estimates(reference, analysis, label, {})
        chunks = [rows(analysis[start : start + ROWS]) for start in range(0, len(analysis), ROWS)]
        case = {
            "name": name,
            "reference": {**rows(reference), "labels": reference[label].astype(int).tolist()},
            "windows": [
                {**chunk, "asGiven": as_given[index], "calibrated": calibrated[index]}
                for index, chunk in enumerate(chunks)
            ],
        }
        print(json.dumps(case))


if __name__ == "__main__":
    main()
