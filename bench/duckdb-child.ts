import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { measured } from './measurement';

/** Runs one query on one file. */
async function main([sqlPath, path, threads]: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads });
  const connection = await instance.connect();
  await connection.runAndReadAll(readFileSync(sqlPath, 'utf8').replace('$file', path));
}

void measured(() => main(process.argv.slice(2)));
