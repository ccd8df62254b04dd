import * as fs from 'node:fs';
import * as path from 'node:path';
import { GuardedCopy } from './guarded-copy';
import { GUARDS } from './guards';
import { guardsPage, problemOf, type Tried } from './page';

const PAGE = path.join(__dirname, '../../docs/guards.md');

/** Takes away the guards that words choose, or all, one after the other; the exit code is 1 where no test notices one. */
function main(words: readonly string[], isWritten: boolean): number {
  const all = Object.entries(GUARDS).flatMap(([wentWrong, guards]) => guards.map((guard) => ({ wentWrong, guard })));
  const chosen = all.filter(({ wentWrong, guard: { what, file } }) =>
    words.every((word) => `${wentWrong} ${what} ${file}`.includes(word)),
  );
  if (chosen.length === 0 || (isWritten && words.length > 0)) {
    console.error(words.length > 0 && isWritten ? '--write is for all guards' : `no guard has '${words.join("', '")}'`);
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
  if (problems.length === 0 && isWritten) fs.writeFileSync(PAGE, guardsPage(tried));
  return problems.length === 0 ? 0 : 1;
}

const words = process.argv.slice(2).filter((argument) => argument !== '--write');
process.exitCode = main(words, process.argv.includes('--write'));
