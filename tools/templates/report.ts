import type { Change, Fate } from './comparison';
import type { Difference } from './difference';
import type { ReviewedLoss } from './reviewed';
import { faultsOf, losesState, releaseSize, type StackChanges } from './verdict';

/** Characters of a value that the report shows. */
const SHOWN = 60;

const HEADINGS: Record<Exclude<Fate, 'assets'>, string> = {
  refused: 'Refused by CloudFormation',
  replaced: 'Replaced',
  removed: 'Removed',
  added: 'Added',
  changed: 'Changed in place',
};

const FATES = Object.keys(HEADINGS) as (keyof typeof HEADINGS)[];

/** `TEMPLATE-CHANGES.md`. Hashes of assets, which differ from build to build, are left out. */
export function reportOf(stacks: readonly StackChanges[], reviewed: readonly ReviewedLoss[]): string {
  const shown = stacks.map((stack) => ({ ...stack, changes: stack.changes.filter(({ fate }) => fate !== 'assets') }));
  const faults = faultsOf(stacks, reviewed);
  const sections = [
    INTRODUCTION,
    releaseSize(shown) === 'patch' ? 'Nothing changes but code: a patch.' : 'Templates change: a minor release.',
    ...(faults.length === 0 ? [] : ['**Not to be released:**', list(faults)]),
    ...(reviewed.length === 0 ? [] : ['## State that is lost on purpose', list(reviewed.map(reviewLine))]),
    ...shown.flatMap(stackSection),
  ];
  return `${sections.join('\n\n')}\n`;
}

const INTRODUCTION = `# What an update does to deployed stacks

What a deployment of this version changes in the stacks of the examples, compared with the last release; \`npm run templates -- --write\` writes it.
A patch changes only hashes of assets. A minor release replaces nothing that holds state: buckets, tables, topics, queues, log groups, keys.`;

function stackSection({ app, stack, changes }: StackChanges): string[] {
  const heading = `## ${app}: ${stack}`;
  if (changes.length === 0) return [heading, 'No change.'];
  const groups = FATES.flatMap((fate) => {
    const lines = [...new Set(changes.filter((change) => change.fate === fate).map(changeLine))];
    return lines.length === 0 ? [] : [`### ${HEADINGS[fate]}`, list(lines)];
  });
  return [heading, ...groups];
}

function changeLine(change: Change): string {
  const { path, type, reasons, differences, fate } = change;
  const state = losesState(change) ? ' **holds state**' : '';
  const details = fate === 'changed' ? differences.map(differenceText) : reasons.map(shortened);
  return `${path} (${type})${state}${details.map((detail) => `\n  - ${detail}`).join('')}`;
}

function differenceText({ at, before, after }: Difference): string {
  return `${at}: \`${shortened(before)}\` -> \`${shortened(after)}\``;
}

function reviewLine({ app, stack, path, reason }: ReviewedLoss): string {
  return `${app}/${stack}/${path}: ${reason}`;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
}
