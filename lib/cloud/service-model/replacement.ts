import figures from './figures/replacement.json';

/** How CloudFormation changes resources of one type. */
export interface ReplacementFigures {
  /** properties whose change replaces the resource; `A.B` is a member of the object `A` */
  readonly createOnly: readonly string[];
  /** properties of which some changes replace it */
  readonly conditional?: readonly string[];
  /** the property that gives it its physical name: with the same name it cannot be made beside the old one */
  readonly name?: string;
}

const TYPES: Readonly<Record<string, ReplacementFigures>> = figures.types;

/**
 * How CloudFormation changes resources of a type; undefined for one whose figures are not kept, and for custom resources, which nothing
 * but their own function replaces. `tools/service-model/replacement.ts` takes the figures from AWS's specification.
 */
export function replacementFigures(type: string): ReplacementFigures | undefined {
  return TYPES[type];
}
