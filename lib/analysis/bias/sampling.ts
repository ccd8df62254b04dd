import { countedEstimate, type Estimate } from '../numbers/delta-method';
import type { GroupedOutcomes, Outcomes, Sides } from './counts';
import type { ComputedMetrics, MetricDefinition, MetricInput } from './metrics';
import type { BiasMetricName, GroupSampling } from './schemas';

/** Added to each count, so that outcomes that chance left out are none that cannot happen. */
const HALF_A_ROW = 0.5;

/** Metrics that no count of outcomes gives. */
const NOT_COUNTED: readonly BiasMetricName[] = ['FT'];

/** Metrics of the outcomes in the groups of the group variable. */
const OF_GROUPS: readonly BiasMetricName[] = ['CDDL', 'CDDPL'];

/** How much chance is in the metrics of a group, which are functions of how often each outcome was counted. */
export function groupSampling<Counted extends object>(
  { definitions, names }: ComputedMetrics<Counted>,
  input: MetricInput<Counted>,
): Omit<GroupSampling, 'value_or_threshold'> {
  const counted = names.filter((name) => !NOT_COUNTED.includes(name));
  const estimates = counted.flatMap((name) => {
    const estimate = OF_GROUPS.includes(name)
      ? groupedEstimate(definitions[name], input)
      : sidesEstimate(definitions[name], input);
    return estimate.every(Number.isFinite) ? [[name, estimate] as const] : [];
  });
  const { disadvantaged, advantaged } = input.sides;
  return { rows: sum(disadvantaged), other_rows: sum(advantaged), estimates: Object.fromEntries(estimates) };
}

const sum = (counts: object) => Object.values(counts).reduce((all: number, count: number) => all + count, 0);

function sidesEstimate<Counted extends object>(
  { compute }: MetricDefinition<Counted>,
  input: MetricInput<Counted>,
): Estimate {
  return countedEstimate(cellsOf(input.sides), HALF_A_ROW, (cells) =>
    Number(compute({ ...input, sides: sidesOf(input.sides, cells) })),
  );
}

/** Of many groups each has its part of what is added, so that it stays small beside what was counted. */
function groupedEstimate<Counted extends object>(
  { compute }: MetricDefinition<Counted>,
  input: MetricInput<Counted>,
): Estimate {
  const { groups = [] } = input;
  if (groups.length === 0) return [Number.NaN, Number.NaN];
  return countedEstimate(groups.flatMap(cellsOf), HALF_A_ROW / groups.length, (cells) =>
    Number(compute({ ...input, groups: groupsOf(groups, cells) })),
  );
}

const cellsOf = <Counted extends object>({ advantaged, disadvantaged }: Sides<Counted>): number[] => [
  ...Object.values(advantaged),
  ...Object.values(disadvantaged),
];

/** Counts of the same names, from a list of all of them. */
function sidesOf<Counted extends object>(like: Sides<Counted>, cells: readonly number[]): Sides<Counted> {
  const names = Object.keys(like.advantaged);
  const side = (from: number) => Object.fromEntries(names.map((name, index) => [name, cells[from + index]])) as Counted;
  return { advantaged: side(0), disadvantaged: side(names.length) };
}

function groupsOf(like: GroupedOutcomes, cells: readonly number[]): GroupedOutcomes {
  const width = like[0] ? cellsOf(like[0]).length : 0;
  return like.map((group, index) => sidesOf<Outcomes>(group, cells.slice(index * width, (index + 1) * width)));
}
