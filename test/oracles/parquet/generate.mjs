// Writes the Parquet files beside this script with DuckDB, an independent writer: `node test/oracles/parquet/generate.mjs`.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const folder = dirname(fileURLToPath(import.meta.url));
const connection = await (await DuckDBInstance.create(':memory:')).connect();

await connection.run(`
  CREATE TABLE typed AS SELECT
    i::INTEGER AS small, (i * 10000000000)::BIGINT AS big, i::UTINYINT AS tiny,
    CASE WHEN i = 2 THEN NULL ELSE i::DOUBLE END AS whole, (i / 3)::DOUBLE AS fraction, (i / 4)::FLOAT AS single,
    (i / 4)::DECIMAL(9, 2) AS decimal, i % 2 = 0 AS flag,
    CASE i WHEN 0 THEN 'red' WHEN 1 THEN 'grün, "x"' WHEN 2 THEN '' ELSE NULL END AS colour,
    TIMESTAMP '2024-05-01 10:30:00' + INTERVAL (i) HOUR AS at, DATE '2024-05-01' + i::INTEGER AS day,
    {'x': i, 'y': {'z': 'deep'}} AS nested
  FROM range(4) AS r(i)`);
for (const codec of ['snappy', 'gzip', 'zstd', 'brotli', 'uncompressed']) {
  await connection.run(`COPY typed TO '${join(folder, codec)}.parquet' (FORMAT parquet, COMPRESSION ${codec})`);
}
await connection.run(`COPY (SELECT i::INTEGER AS i, i * 0.5::DOUBLE AS half FROM range(6000) AS r(i))
  TO '${join(folder, 'groups')}.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
await connection.run(`COPY (SELECT [1, 2] AS items, 1 AS one) TO '${join(folder, 'list')}.parquet' (FORMAT parquet)`);
await connection.run(`COPY (SELECT 1 AS one WHERE false) TO '${join(folder, 'empty')}.parquet' (FORMAT parquet)`);
