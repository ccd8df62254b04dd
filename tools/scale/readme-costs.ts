import { sumLine } from '../../lib/cost/cost-line';
import { range, row, thousands } from './figures';
import { ALL, FIRST, monthOf, SCENARIOS, type Scenario, sumOf } from './scenarios';

const { little, much } = SCENARIOS;

/** What the README has to say of costs, of an endpoint that is asked little, and of one that is asked much: rows of its table, and words. */
export function readmeCosts(): string[] {
  const [least, most] = [little, much].map((scenario) => range(sumOf(monthOf(scenario, ALL))));
  const kinds = `all four kinds, attributions once a day, are ${least} at ${rate(little)} requests a second, and ${most} at ${rate(much)}`;
  return [costRow(little), costRow(much), kinds];
}

const FIXED = ['metrics', 'alarms'];

function costRow(scenario: Scenario): string {
  const lines = monthOf(scenario, [FIRST]);
  const sum = sumOf(lines);
  const parts = lines.filter((line) => line !== sum);
  const fixed = parts.filter(({ part }) => FIXED.includes(part));
  const runs = parts.filter(({ part }) => !FIXED.includes(part));
  return row([rate(scenario), ...[fixed, runs, [sum]].map((some) => range(sumLine('', '', some)))]);
}

const rate = ({ requestsPerSecond }: Scenario) => thousands(requestsPerSecond);
