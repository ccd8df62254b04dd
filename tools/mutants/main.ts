import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Figures, figuresOf } from './figures';
import { BAR, keptFigures, mutantsPage, problemsOf, sumOf } from './page';
import { ROOMS, type Room } from './rooms';
import { mutationReport } from './stryker';

const PAGE = path.join(__dirname, '../../docs/mutants.md');

/** The rooms that names of rooms and files choose, with the files that they choose; all without names. */
function chosen(names: readonly string[]): [string, Room][] {
  if (names.length === 0) return Object.entries(ROOMS);
  return Object.entries(ROOMS)
    .map(([name, room]): [string, Room] => {
      const decisions = room.decisions.filter((file) => names.includes(name) || names.includes(file));
      return [name, { ...room, decisions }];
    })
    .filter(([, { decisions }]) => decisions.length > 0);
}

/** Prints what was killed and what is wrong; the exit code. */
function verdict(figures: readonly Figures[]): number {
  for (const { file, killed, all } of figures) console.log(`${file}: ${killed} / ${all}`);
  const problems = problemsOf(figures);
  for (const problem of problems) console.log(problem);
  const { killed, all } = sumOf(figures);
  console.log(`mutants: ${killed} of ${all} killed, ${((100 * killed) / all).toFixed(1)} %`);
  return killed / all >= BAR && problems.length === 0 ? 0 : 1;
}

/** Runs the tool for what the arguments name, or for all, and returns the exit code. */
function main(names: readonly string[], isWritten: boolean): number {
  const known = Object.entries(ROOMS).flatMap(([name, { decisions }]) => [name, ...decisions]);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`${unknown.join(', ')}: names are ${known.join(', ')}`);
    return 64;
  }
  const figures = chosen(names).flatMap(([name, room]) => figuresOf(mutationReport(name, room)));
  if (isWritten) fs.writeFileSync(PAGE, mutantsPage(withKept(figures)));
  return verdict(figures);
}

/** Of files that were not chosen, what the page says; in the order of the rooms. */
function withKept(figures: readonly Figures[]): Figures[] {
  const all = [...figures, ...keptFigures(fs.readFileSync(PAGE, 'utf8'))];
  const files = Object.values(ROOMS).flatMap(({ decisions }) => decisions);
  return files.flatMap((file) => all.find((each) => each.file === file) ?? []);
}

const names = process.argv.slice(2).filter((argument) => argument !== '--write');
process.exitCode = main(names, process.argv.includes('--write'));
