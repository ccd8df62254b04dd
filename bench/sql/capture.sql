SELECT
  count(*),
  count(CAST(inferenceTime AS TIMESTAMP)),
  sum(CAST(v[1] AS DOUBLE)),
  sum(CAST(v[2] AS DOUBLE)),
  sum(CAST(v[3] AS DOUBLE)),
  sum(CAST(v[4] AS DOUBLE)),
  sum(CAST(v[5] AS DOUBLE)),
  sum(CAST(v[6] AS DOUBLE)),
  sum(CAST(v[7] AS DOUBLE)),
  sum(CAST(v[8] AS DOUBLE)),
  sum(CAST(v[9] AS DOUBLE)),
  sum(CAST(v[10] AS DOUBLE)),
  sum(CAST(v[11] AS DOUBLE)),
  sum(CAST(v[12] AS DOUBLE)),
  sum(CAST(v[13] AS DOUBLE)),
  sum(CAST(v[14] AS DOUBLE)),
  sum(CAST(v[15] AS DOUBLE)),
  sum(CAST(v[16] AS DOUBLE)),
  sum(CAST(v[17] AS DOUBLE)),
  sum(CAST(v[18] AS DOUBLE)),
  count(v[19]),
  count(v[20])
FROM (
  SELECT
    eventMetadata.inferenceTime AS inferenceTime,
    string_split(captureData.endpointOutput.data || ',' || captureData.endpointInput.data, ',') AS v
  FROM read_ndjson(
    '$file',
    columns = {
      captureData: 'STRUCT(endpointInput STRUCT(data VARCHAR), endpointOutput STRUCT(data VARCHAR))',
      eventMetadata: 'STRUCT(inferenceTime VARCHAR)'
    }
  )
);
