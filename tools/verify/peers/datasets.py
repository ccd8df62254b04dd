"""Real data with a question each, and rows that are drawn. What is not on this machine is left out, and named."""

import pathlib
import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

PROJECT = pathlib.Path(__file__).resolve().parents[3]
PARITY = PROJECT.parent / "shared/parity"


@dataclass
class Table:
    """Features that are numbers, what is predicted from them, and which rows are compared with the rest."""

    name: str
    kind: str
    features: pd.DataFrame
    target: pd.Series
    facet: pd.Series
    group: pd.Series


def birdstrikes():
    """The example's training data: what damages aircraft, how badly, and of which size it was."""
    df = pd.read_csv(PROJECT / "examples/birdstrikes/training.csv")
    texts = ["aircraft", "operator", "origin_state", "phase_of_flight", "time_of_day"]
    features = pd.DataFrame({name: df[name].astype("category").cat.codes for name in texts})
    features["speed_knots"] = df["speed_knots"].fillna(0)
    night, size = (df["time_of_day"] == "Night").astype(int), df["wildlife_size"].astype("category").cat.codes
    damaged = (df["damage_probability"] > 0.15).astype(int)
    yield Table("birdstrikes, probability", "Regression", features, df["damage_probability"], night, size)
    yield Table("birdstrikes, size", "MulticlassClassification", features, df["wildlife_size"].fillna("none"), night, size)
    yield Table("birdstrikes, damaged", "BinaryClassification", features, damaged, night, size)


def churn():
    df = pd.read_csv(PARITY / "churn-2020/baseline.csv")
    facet, group = df["Int'l Plan_yes"], df["CustServ Calls"].clip(upper=4)
    yield Table("churn-2020", "BinaryClassification", df.iloc[:, 1:12], df["Churn"], facet, group)


def approvals():
    df = pd.read_csv(PARITY / "cookbook-b/baseline.csv")
    facet, group = df["sex"], df["math"] // 10
    yield Table("cookbook-b", "BinaryClassification", df.drop(columns=["approved"]), df["approved"], facet, group)


def housing():
    names = ["zipcode", "bedrooms", "sqft_living", "price_per_sqft"]
    df = pd.read_csv(PARITY / "housing-2024/baseline.csv", dtype=str)
    df[names] = df[names].apply(pd.to_numeric, errors="coerce")
    df = df.dropna()
    df = df[df["state"].str.contains("[A-Za-z]")]  # some lines have numbers where the state stands
    features = df[names[:3]]
    facet, group = (df["bedrooms"] > 3).astype(int), df["zipcode"] // 10_000
    yield Table("housing-2024, price", "Regression", features, df["price_per_sqft"], facet, group)
    yield Table("housing-2024, state", "MulticlassClassification", features, df["state"], facet, group)


def tables():
    """The tables of this machine, with indexes from 0."""
    for make in (birdstrikes, churn, approvals, housing):
        try:
            for table in make():
                yield Table(table.name, table.kind, *(part.reset_index(drop=True) for part in (table.features, table.target, table.facet, table.group)))
        except FileNotFoundError as missing:
            print(f"left out: {missing.filename} is not here", file=sys.stderr)


def halves(table, random):
    """Rows to learn from, and rows to be predicted, as indexes."""
    order = random.permutation(len(table.features))
    return np.array_split(order, 2)
