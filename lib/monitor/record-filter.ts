import { instance, list, requireProps, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { distinctProblems } from './analysis-problems';
import type { RecordFilterCondition } from './contract';

/**
 * Which captured records are monitored. Those that do not match are left out, and counted in the reports: `unreadable.filtered` of `report.json`.
 *
 * Of a request with several rows, each row is judged by itself where a column decides. A record that cannot be read is left out, too, where its
 * attributes or its identifier say so; where only a column would, it counts as unreadable.
 *
 * @example
 * // test calls, which their client marks in the header X-Amzn-SageMaker-Custom-Attributes
 * RecordFilter.noneOf(RecordFilter.customAttributes('testIndicator=testing'), RecordFilter.inferenceIdPrefix('canary-'));
 */
export class RecordFilter {
  /**
   * Records with one of these custom attributes.
   *
   * @param attributes each as a whole, in its own case: what the client sent, or a part of it between commas or semicolons, as `tenant=a` of
   * `tenant=a; test=1`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
   */
  public static customAttributes(...attributes: string[]): RecordFilter {
    requireProps({ attributes }, { attributes: list(TEXT) });
    throwIfAny('InvalidRecordFilter', textProblems('attributes', attributes));
    return new RecordFilter({ customAttributes: attributes });
  }

  /**
   * Records with one of these inference identifiers, which clients choose. A record without one does not match.
   *
   * @param ids each as a whole
   */
  public static inferenceIds(...ids: string[]): RecordFilter {
    requireProps({ ids }, { ids: list(TEXT) });
    throwIfAny('InvalidRecordFilter', textProblems('ids', ids));
    return new RecordFilter({ inferenceIds: ids });
  }

  /**
   * Records whose inference identifier begins in one way. A record without one does not match.
   *
   * @param prefix not empty
   */
  public static inferenceIdPrefix(prefix: string): RecordFilter {
    requireProps({ prefix }, { prefix: TEXT });
    throwIfAny('InvalidRecordFilter', textProblems('prefix', [prefix]));
    return new RecordFilter({ inferenceIdPrefix: prefix });
  }

  /**
   * Rows with one of these values in a column. A row of JSON without the key does not match; a row of CSV without such a column is unreadable.
   *
   * @param name in JSON the key, as `user.country`. In CSV the index from `'0'` on: captured rows have no names, and the answer's columns come first
   * @param values texts as they are meant: `'1'` is also `1.0`, and outer spaces say nothing
   */
  public static column(name: string, ...values: string[]): RecordFilter {
    requireProps({ name, values }, { name: TEXT, values: list(TEXT) });
    throwIfAny('InvalidRecordFilter', [...textProblems('name', [name]), ...textProblems('values', values)]);
    return new RecordFilter({ column: name, values });
  }

  /** Records that at least one of these filters matches. */
  public static anyOf(...filters: RecordFilter[]): RecordFilter {
    return new RecordFilter({ anyOf: conditionsOf(filters) });
  }

  /** Records that each of these filters matches. */
  public static allOf(...filters: RecordFilter[]): RecordFilter {
    return new RecordFilter({ allOf: conditionsOf(filters) });
  }

  /** Records that none of these filters matches: what they match is left out. */
  public static noneOf(...filters: RecordFilter[]): RecordFilter {
    return new RecordFilter({ noneOf: conditionsOf(filters) });
  }

  /**
   * What the handlers of an engine are told.
   *
   * @internal
   */
  public readonly _condition: RecordFilterCondition;

  private constructor(condition: RecordFilterCondition) {
    this._condition = condition;
  }

  /**
   * The filter as JSON, for an engine of your own: an object with one of `customAttributes`, `inferenceIds`, `inferenceIdPrefix`, `column` (with `values`),
   * `anyOf`, `allOf` and `noneOf`.
   *
   * `{"noneOf":[{"customAttributes":["testIndicator=testing"]},{"column":"country","values":["XX"]}]}`
   */
  public toJson(): string {
    return JSON.stringify(this._condition);
  }
}

function conditionsOf(filters: RecordFilter[]): RecordFilterCondition[] {
  requireProps({ filters }, { filters: list(instance(RecordFilter)) });
  const problem = { prop: 'filters', got: filters, allowed: 'at least one filter' };
  throwIfAny('InvalidRecordFilter', filters.length === 0 ? [problem] : []);
  return filters.map(({ _condition }) => _condition);
}

/** An empty text would match what has no name, or everything. */
function textProblems(prop: string, texts: readonly string[]): Problem[] {
  const problem = { prop, got: texts, allowed: 'texts that are not empty' };
  return [...distinctProblems(prop, texts), ...(texts.includes('') ? [problem] : [])];
}
