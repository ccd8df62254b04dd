"""Estimates of NannyML for its public example of several classes, chunk by chunk: with the probabilities as they are, and calibrated as it calibrates them."""

import json
import os
import warnings

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"
warnings.filterwarnings("ignore")

import nannyml  # noqa: E402
from nannyml.calibration import IsotonicCalibrator, NoopCalibrator  # noqa: E402

CLASSES = ["prepaid_card", "highstreet_card", "upmarket_card"]
COLUMNS = {name: f"y_pred_proba_{name}" for name in CLASSES}
METRICS = {
    "roc_auc": "macro_auc",
    "f1": "macro_f1",
    "precision": "macro_precision",
    "recall": "macro_recall",
    "specificity": "macro_true_negative_rate",
    "accuracy": "accuracy",
}
ROWS = 5000


def estimates(reference, analysis, settings):
    estimator = nannyml.CBPE(
        y_pred_proba=COLUMNS,
        y_pred="y_pred",
        y_true="y_true",
        problem_type="classification_multiclass",
        metrics=list(METRICS),
        chunk_size=ROWS,
        **settings,
    )
    estimator.fit(reference)
    calibrated = [isinstance(estimator._calibrators[name], IsotonicCalibrator) for name in CLASSES]
    found = estimator.estimate(analysis).filter(period="analysis").to_df()
    windows = [
        {ours: float(found[(theirs, "value")][chunk]) for theirs, ours in METRICS.items()}
        for chunk in range(len(found))
    ]
    return windows, calibrated


def rows(data):
    return {
        "probabilities": data[list(COLUMNS.values())].values.tolist(),
        "predicted": data["y_pred"].map(CLASSES.index).tolist(),
    }


def main():
    reference, analysis, _ = nannyml.load_synthetic_multiclass_classification_dataset()
    as_given, _ = estimates(reference.copy(), analysis, {"calibrator": NoopCalibrator()})
    calibrated, is_calibrated = estimates(reference.copy(), analysis, {})
    case = {
        "name": "cards",
        "isCalibrated": is_calibrated,
        "reference": {**rows(reference), "labels": reference["y_true"].map(CLASSES.index).tolist()},
        "windows": [
            {
                **rows(analysis[start : start + ROWS]),
                "asGiven": as_given[index],
                "calibrated": calibrated[index],
            }
            for index, start in enumerate(range(0, len(analysis), ROWS))
        ],
    }
    print(json.dumps(case))


if __name__ == "__main__":
    main()
