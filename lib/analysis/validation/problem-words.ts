import type { FileProblem, Weight } from './shape';

/**
 * How much is asked of the files: that they make sense (`Meaning`), that every value has its type (`Type`), or only that they can be read at all
 * (`Structure`).
 */
export type Rigour = Weight;

const ASKED: { readonly [rigour in Rigour]: readonly Weight[] } = {
  Structure: ['Structure'],
  Type: ['Structure', 'Type'],
  Meaning: ['Structure', 'Type', 'Meaning'],
};

/** Those that are asked about. */
export function asked<Problem extends FileProblem>(problems: readonly Problem[], rigour: Rigour): Problem[] {
  return problems.filter(({ weight }) => ASKED[rigour].includes(weight));
}

/** One problem, and what its file and the thing at its place are called. */
export interface NamedProblem extends FileProblem {
  /** of the file, as `constraints.json` */
  readonly file: string;
  /** whose the place is, as ` of "age"` */
  readonly owner?: string;
}

/** How many problems a message has. */
const PROBLEMS = 10;

/** "constraints.json: features[3].completeness of "age" is 1.7, allowed is a number of 0 to 1; ..." with the first ten, and what to do. */
export function inWords(problems: readonly NamedProblem[], whatToDo: string): string {
  const sentences = problems.slice(0, PROBLEMS).map(({ file, place, owner = '', found, allowed, advice }) => {
    const what = place === '' ? file : `${file}: ${place}${owner}`;
    return `${what} is ${found}, allowed is ${allowed}${advice === undefined ? '' : ` (${advice})`}`;
  });
  const more = problems.length > PROBLEMS ? [`and ${problems.length - PROBLEMS} more`] : [];
  return [...sentences, ...more, whatToDo].join('; ');
}
