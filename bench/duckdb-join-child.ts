import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type JoinedScore, type JoinResult, summed } from './join-result';
import { measured } from './measurement';

/** Joins the predictions of a folder with their labels: in one query that reads both (`VIEW`), or once both are read (`TABLE`), which takes its time apart. */
async function main([sqlFolder, folder, kind, threads]: string[]): Promise<JoinResult & { joinSeconds: number }> {
  const instance = await DuckDBInstance.create(':memory:', { threads });
  const connection = await instance.connect();
  const sql = (name: string) =>
    readFileSync(join(sqlFolder, `${name}.sql`), 'utf8')
      .replaceAll('$folder', folder)
      .replaceAll('$kind', kind);
  for (const statement of sql('join-sources').split(';')) await connection.run(statement);
  const before = process.cpuUsage();
  const rows = (await connection.runAndReadAll(sql('join'))).getRowObjects();
  const { user, system } = process.cpuUsage(before);
  return { ...summed(rows.map(numbers)), joinSeconds: (user + system) / 1e6 };
}

/** Counts come as whole numbers of any size. */
function numbers(row: object): JoinedScore {
  const entries = Object.entries(row).map(([name, value]) => [name, value === null ? null : Number(value)]);
  return Object.fromEntries(entries) as JoinedScore;
}

void measured(() => main(process.argv.slice(2)));
