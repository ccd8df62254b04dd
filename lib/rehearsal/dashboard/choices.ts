import type { Account } from '../../cloud/account/account';
import { type Members, objectList, optionalText, textMember } from '../../cloud/members';
import { finds, searchTerms } from '../../cloud/semantics/metric-search/search';
import type { RehearsedDashboard } from './rehearsed-dashboard';

/** A body with its variables chosen. */
export interface ChosenBody {
  readonly body: Members;
  readonly chosen: RehearsedDashboard['chosen'];
}

/**
 * Chooses the variables of a dashboard that stand for a text: of the metrics that their search finds, the one with the highest value, as somebody would who looks for what is wrong; the account of
 * the rehearsal, or else the first value. Of an endpoint nothing is published here, so that the one is chosen that has the traffic.
 */
export function chosenBody(text: string, account: Account, endpointName: string | undefined): ChosenBody {
  const variables = objectList(JSON.parse(text) as Members, 'variables', 'a dashboard');
  const patterns = variables.filter(({ type, pattern }) => type === 'pattern' && typeof pattern === 'string');
  const chosen: { label: string; value?: string }[] = [];
  let replaced = text;
  for (const variable of patterns) {
    const value = choiceOf(variable, account, endpointName);
    chosen.push({
      label: optionalText(variable, 'label', 'a variable') ?? textMember(variable, 'id', 'a variable'),
      value,
    });
    if (value !== undefined)
      replaced = replaced.replace(new RegExp(textMember(variable, 'pattern', 'a variable'), 'g'), () =>
        JSON.stringify(value).slice(1, -1),
      );
  }
  return { body: JSON.parse(replaced) as Members, chosen };
}

function choiceOf(variable: Members, account: Account, endpointName: string | undefined): string | undefined {
  const values = objectList(variable, 'values', 'a variable').map(({ value }) => String(value));
  if (values.length > 0) return values.find((value) => value === account.id) ?? values[0];
  const dimension = optionalText(variable, 'populateFrom', 'a variable') ?? '';
  const search = searchTerms(optionalText(variable, 'search', 'a variable') ?? '');
  const found = search ? account.metrics.all().filter((metric) => finds(search, metric)) : [];
  const highest = (metric: (typeof found)[number]) =>
    Math.max(...account.metrics.values(metric, new Date(0), account.simulation.now));
  const [first] = found.sort((one, other) => highest(other) - highest(one));
  return first?.dimensions[dimension] ?? (dimension === 'EndpointName' ? endpointName : undefined);
}
