import type { BiasLevel } from './categories';

/** What divides a column: some of its values, or what is above a threshold. */
export type DividedBy = { readonly values: readonly BiasLevel[] } | { readonly threshold: number };

/** A sensitive attribute: its column, and the group; each value is a group of its own where nothing divides it. */
export interface FacetQuestion {
  readonly name: string;
  readonly by?: DividedBy;
}

/** Which groups are compared, by the names that the files of the analysis give to columns. */
export interface BiasQuestion {
  readonly facets: readonly FacetQuestion[];
  readonly label: string;
  /** which labels are positive */
  readonly positive: DividedBy;
  /** within whose values groups are compared; without it there are no CDDL and CDDPL */
  readonly group?: string;
}

/** The columns of groups, each once: of facets, and of the group variable. */
export function groupColumns({ facets, group }: BiasQuestion): string[] {
  return [...new Set([...facets.map(({ name }) => name), ...(group === undefined ? [] : [group])])];
}

/** The values, or the one threshold, as analyses take them. */
export const levelsOf = (by: DividedBy): readonly BiasLevel[] => ('threshold' in by ? [by.threshold] : by.values);

/** How a column is divided, as its user says: by the threshold or by the values that are given. */
export const declaredBy = (by: DividedBy | undefined): 'continuous' | 'categorical' =>
  by && 'threshold' in by ? 'continuous' : 'categorical';
