import { attributionFileProblems, biasFileProblems } from './clarify-files';
import { asked, inWords, type Rigour } from './problem-words';
import { qualityConstraintsProblems } from './quality-constraints-file';
import type { FileProblem } from './shape';

/** What a file of constraints without statistics holds: metrics of model quality, bias, or attributions. */
export type ConstraintsContent = 'Metrics' | 'Bias' | 'Attributions';

interface FileOfKind {
  readonly name: string;
  readonly problems: (file: unknown) => FileProblem[];
}

const FILES: { readonly [content in ConstraintsContent]: FileOfKind } = {
  Metrics: { name: 'constraints.json', problems: qualityConstraintsProblems },
  Bias: { name: 'analysis.json', problems: biasFileProblems },
  Attributions: { name: 'analysis.json', problems: attributionFileProblems },
};

const ADVICE = 'mend the file, or compute the baseline anew';

/** Why a file is none that a run can be compared with, in words without data; undefined where it is one. */
export function constraintsProblem(
  content: ConstraintsContent,
  file: unknown,
  rigour: Rigour = 'Meaning',
): string | undefined {
  const { name, problems } = FILES[content];
  const found = asked(problems(file), rigour);
  return found.length === 0
    ? undefined
    : inWords(
        found.map((problem) => ({ ...problem, file: name })),
        ADVICE,
      );
}
