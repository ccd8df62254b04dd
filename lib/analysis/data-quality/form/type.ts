import { KINDS } from '../../profile/inferred-type';
import type { InferredType } from '../../schemas';
import { typeViolated } from '../violated';
import { areTooManyWrong } from './answers';
import { chanceOf } from './chance';
import { type FormCheck, type FormResult, shareTest, valuesOf } from './form-test';

/** What may stand where a type is expected. Any text is a String. */
const MATCHES: { readonly [type in InferredType]?: readonly (typeof KINDS)[number][] } = {
  Integral: ['Integral'],
  Fractional: ['Fractional', 'Integral'],
  Boolean: ['Boolean'],
};

/**
 * The share of present values that mean what is expected: `3` is a Fractional, ` 3.0 ` an Integral, `TRUE` a Boolean, anything a String. A share
 * of all, where the baseline has no other value, may be missed by as much as chance explains, and by answers no further than their limit; any other was
 * declared, and holds to the value.
 */
export function type({ constraints, config, column, baseline, isAnswer }: FormCheck): FormResult {
  const { name, inferred_type: expected } = constraints;
  const matches = MATCHES[expected];
  if (!matches || column.present === 0) return {};
  const matching = matches.reduce((count, kind) => count + column.meantKinds[KINDS.indexOf(kind)], 0);
  const observed = matching / column.present;
  const threshold = config.datatype_check_threshold ?? 1;
  const test = shareTest(name, {
    observed,
    expected: threshold,
    chance: () => {
      const isSuggested = baseline && threshold === 1 && matches.some((kind) => kind === baseline.inferred_type);
      if (!isSuggested || (isAnswer && areTooManyWrong(column.present - matching, column.present))) return 0;
      const present = valuesOf(baseline)?.num_present ?? 0;
      return chanceOf({ count: column.present - matching, of: column.present }, { count: 0, of: present });
    },
    violated: () => typeViolated(expected, observed, threshold),
  });
  return { test };
}
