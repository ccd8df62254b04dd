import { completenessViolated } from '../violated';
import { areTooManyWrong } from './answers';
import { chanceOf } from './chance';
import { type FormCheck, type FormResult, shareTest, valuesOf } from './form-test';

/** How much two doubles of the same share may differ, after they were written and read. */
const ROUNDING = 1e-9;

/**
 * The share of values that are present. A required share that is the baseline's own may be missed by as much as chance explains, and by answers that
 * never lacked no further than their limit; any other was declared by somebody, and holds to the value.
 */
export function completeness({ constraints, rowCount, column, baseline, isAnswer }: FormCheck): FormResult {
  const { name, completeness: expected } = constraints;
  if (expected === undefined) return {};
  const observed = column.present / rowCount;
  const test = shareTest(name, {
    observed,
    expected,
    chance: () => {
      const values = baseline && valuesOf(baseline);
      const all = values ? values.num_present + values.num_missing : 0;
      if (!values || Math.abs(values.num_present / all - expected) > ROUNDING) return 0;
      if (isAnswer && values.num_missing === 0 && areTooManyWrong(rowCount - column.present, rowCount)) return 0;
      return chanceOf({ count: rowCount - column.present, of: rowCount }, { count: values.num_missing, of: all });
    },
    violated: () => completenessViolated(observed, expected),
  });
  return { test };
}
