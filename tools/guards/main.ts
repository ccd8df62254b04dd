import * as fs from 'node:fs';
import * as path from 'node:path';
import { GuardedCopy } from './guarded-copy';
import { GUARDS } from './guards';
import { guardsPage, problemOf, rowOf, rowsOf, type Tried } from './page';

const PAGE = path.join(__dirname, '../../docs/guards.md');

const ALL = Object.entries(GUARDS).flatMap(([wentWrong, guards]) => guards.map((guard) => ({ wentWrong, guard })));

/** Takes away the guards that words choose, or all, one after the other; the exit code is 1 where no test notices one. */
function main(words: readonly string[], isWritten: boolean): number {
  const chosen = ALL.filter(({ wentWrong, guard: { what, file } }) =>
    words.every((word) => `${wentWrong} ${what} ${file}`.includes(word)),
  );
  if (chosen.length === 0) {
    console.error(`no guard has '${words.join("', '")}'`);
    return 64;
  }
  const copy = new GuardedCopy();
  try {
    const tried = chosen.map((one) => tryOne(copy, one));
    return verdict(tried, isWritten);
  } finally {
    copy.remove();
  }
}

function tryOne(copy: GuardedCopy, one: Omit<Tried, 'noticed'>): Tried {
  const tried = { ...one, noticed: copy.without(one.guard) };
  console.log(problemOf(tried) ?? `${one.guard.file}: ${one.guard.what}: ${tried.noticed.failed.length} failed`);
  return tried;
}

function verdict(tried: readonly Tried[], isWritten: boolean): number {
  const problems = tried.map(problemOf).filter((problem) => problem !== undefined);
  console.log(`guards: ${tried.length - problems.length} of ${tried.length} are noticed when they are gone`);
  if (isWritten) fs.writeFileSync(PAGE, guardsPage(rowsWith(tried)));
  return problems.length === 0 ? 0 : 1;
}

/** The rows of the page, those of guards that were tried and noticed anew, in the order of the guards; none of a guard that is no more. */
function rowsWith(tried: readonly Tried[]) {
  const noticed = tried.filter((one) => problemOf(one) === undefined).map(rowOf);
  const rows = [...rowsOf(fs.readFileSync(PAGE, 'utf8')), ...noticed];
  const known = new Map(rows.map((row) => [`${row.what} ${row.file}`, row]));
  return ALL.flatMap((one) => {
    const { what, file } = rowOf({ ...one, noticed: { failed: [] } });
    return known.get(`${what} ${file}`) ?? [];
  });
}

const words = process.argv.slice(2).filter((argument) => argument !== '--write');
process.exitCode = main(words, process.argv.includes('--write'));
