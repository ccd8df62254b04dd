CREATE $kind captured AS
SELECT
  coalesce(eventMetadata.inferenceId, eventMetadata.eventId) AS id,
  row_number() OVER () AS place,
  CAST(split_part(captureData.endpointOutput.data, ',', 1) AS DOUBLE) AS score,
  CAST(eventMetadata.inferenceTime AS TIMESTAMP) AS time
FROM read_ndjson(
  '$folder/captures-*.jsonl',
  columns = {
    captureData: 'STRUCT(endpointOutput STRUCT(data VARCHAR))',
    eventMetadata: 'STRUCT(eventId VARCHAR, inferenceId VARCHAR, inferenceTime VARCHAR)'
  }
);
CREATE $kind truth AS
SELECT eventMetadata.eventId AS id, row_number() OVER () AS place, CAST(groundTruthData.data AS TINYINT) AS label
FROM read_ndjson(
  '$folder/labels-*.jsonl',
  columns = { groundTruthData: 'STRUCT(data VARCHAR)', eventMetadata: 'STRUCT(eventId VARCHAR)' }
)
