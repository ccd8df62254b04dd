SELECT
  count(*),
  count(COLUMNS('^[fis]')),
  sum(COLUMNS('^[fi]')),
  avg(COLUMNS('^[fi]')),
  stddev_pop(COLUMNS('^[fi]')),
  min(COLUMNS('^[fi]')),
  max(COLUMNS('^[fi]')),
  approx_quantile(COLUMNS('^[fi]'), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
  approx_count_distinct(COLUMNS('^[fis]'))
FROM read_csv('$file', header = true);
