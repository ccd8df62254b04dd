WITH predictions AS (
  SELECT id, arg_max(score, place) AS score, count(*) - 1 AS repeats
  FROM captured
  WHERE time >= TIMESTAMP '2024-05-01 00:00:00' AND time < TIMESTAMP '2024-05-01 01:00:00'
  GROUP BY id
),
labels AS (
  SELECT id, arg_max(label, place) AS label, count(*) - 1 AS repeats, min(label) <> max(label) AS differ
  FROM truth
  GROUP BY id
)
SELECT
  score,
  label,
  count(predictions.id) AS predictions,
  count(labels.id) AS labels,
  sum(predictions.repeats) AS repeatedPredictions,
  sum(labels.repeats) AS repeatedLabels,
  count(*) FILTER (differ) AS conflictingLabels
FROM predictions FULL JOIN labels USING (id)
GROUP BY score, label
