import { counted } from '../../kind/counted';
import { FILES } from '../../outcome/contract';
import { type Facts, isPage, type Link, met, unmet } from './facts';

/** Every run that was told left a page beside its report. */
export const page: Link = (facts) => {
  const { windows } = facts;
  const [first] = windows.filter(({ hasPage }) => !hasPage);
  if (first === undefined) return met('page', `${FILES.page} of ${counted(windows.length, 'run')}`);
  const why = failure(facts) ?? 'look at the rule that hands events to the function which draws, and its permission';
  return unmet('page', `${first.outcome.reportUri} has no ${FILES.page}: ${why}`);
};

/** What the function that draws said when it failed. */
function failure({ rules, recorded }: Facts): string | undefined {
  const drawing = rules.flatMap(({ targets }) => targets.filter(isPage).map(({ arn }) => arn));
  const failed = recorded.invocations.find(
    ({ functionArn, error }) => error !== undefined && drawing.includes(functionArn),
  );
  return failed?.error;
}
