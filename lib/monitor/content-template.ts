import { requireProps, TEXT } from '../core/prop-shapes';
import { ValidationError } from '../core/validation-error';
import type { SideFormat } from './contract';
import { templateSide } from './template-places';

/**
 * How the body of a request to a model is written: the templates with which Clarify writes its requests, read the other way round.
 *
 * It takes the place of a preprocessing script: what `RecordFormat.contentTemplate` is told of is found again in captured requests. The same templates tell a `Predictor` how to write
 * its own.
 *
 * | placeholder | stands for |
 * |---|---|
 * | `$records`, `$record` | in a request, the list of its records, or its only one |
 * | `$features` | in a record, the list of the values of its features |
 * | `$features_kvp` | an object of features by their names |
 * | `"${age}"` | the value of the feature `age`; the quotes are part of it |
 * | `$feature_names` | the list of the names; it is not read |
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 *
 * @example
 * // {"instances": [{"features": [34, 0.5]}, {"features": [51, 0.1]}]}
 * ContentTemplate.json('{"instances":$records}', '{"features":$features}');
 * // {"customer": {"years": 34}, "balance": 0.5, "version": 2} has the columns age and balance
 * ContentTemplate.json('$record', '{"customer":{"years":"${age}"},"balance":"${balance}","version":2}');
 */
export class ContentTemplate {
  /**
   * `application/json`.
   *
   * @param template of a request, with the placeholder `$records` for a list of records, as `{"instances":$records}`, or `$record` for a single one
   * @param recordTemplate of a record, with one of the placeholders for features. A key that has none, as `version` above, is no column
   */
  public static json(template: string, recordTemplate: string): ContentTemplate {
    requireProps({ template, recordTemplate }, { template: TEXT, recordTemplate: TEXT });
    return new ContentTemplate('application/json', template, recordTemplate);
  }

  /**
   * `application/jsonlines`: a record on each line.
   *
   * @param template of a line, with the placeholder `$features` for the list of features, as `{"features":$features}`
   */
  public static jsonLines(template: string): ContentTemplate {
    requireProps({ template }, { template: TEXT });
    return new ContentTemplate('application/jsonlines', template);
  }

  /**
   * Where the rows of a request stand, and what their columns are called.
   *
   * @internal
   */
  public readonly _side: SideFormat;
  /**
   * Whether it says nothing of the names of features: it has `$features`.
   *
   * @internal
   */
  public readonly _isUnnamed: boolean;

  private constructor(
    /** As Clarify's configuration names it: `application/json`. */
    public readonly contentType: string,
    /** Of a request, or of a line of it. */
    public readonly template: string,
    /** Of a record; absent for JSON Lines. */
    public readonly recordTemplate?: string,
  ) {
    const read = templateSide(template, recordTemplate);
    if (Array.isArray(read)) throw new ValidationError('InvalidContentTemplate', read);
    this._side = read.side;
    this._isUnnamed = read.isUnnamed;
  }
}
