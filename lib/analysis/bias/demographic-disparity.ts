import { type GroupedOutcomes, type Outcomes, type Sides, sumOutcomes, total } from './counts';
import { divide } from './division';

/**
 * CDD = sum n_i DD_i / n over the groups of a group variable. DD_i is the facet's share of the negative outcomes less its share of the
 * positive ones, each 0 in a group without such outcomes: -1 to 1, above 0 when the facet's group is rejected more often than accepted. CDDL
 * counts observed labels, CDDPL predicted ones. Without rows 0.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-data-bias-metric-cddl.html
 */
export function conditionalDemographicDisparity(groups: GroupedOutcomes): number {
  const size = (group: Sides<Outcomes>) => total(group.advantaged) + total(group.disadvantaged);
  const rows = groups.reduce((sum, group) => sum + size(group), 0);
  const weighted = groups.reduce((sum, group) => sum + size(group) * demographicDisparity(group), 0);
  return divide(weighted, rows);
}

/** Outcomes of one group on both sides of a facet; -1 to 1, and 0 without rows. */
function demographicDisparity({ advantaged, disadvantaged }: Sides<Outcomes>): number {
  const { positive, negative } = sumOutcomes(advantaged, disadvantaged);
  return divide(disadvantaged.negative, negative) - divide(disadvantaged.positive, positive);
}
