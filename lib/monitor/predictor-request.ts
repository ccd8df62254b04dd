import { Token } from 'aws-cdk-lib';
import { instance, requireProps, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { ContentTemplate } from './content-template';

/** Stands for the value of one feature. */
const NAMED = `$${'{name}'}`;

/** What a request is made from. */
interface Templates {
  readonly content?: string;
  readonly record?: string;
}

/**
 * How requests to a model are written.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 *
 * @example
 * PredictorRequest.json('{"instances":$records}', '{"features":$features}');
 */
export class PredictorRequest {
  /** `text/csv`, a row of features on each line. */
  public static csv(): PredictorRequest {
    return new PredictorRequest('text/csv');
  }

  /** `application/x-parquet`, with a column for each feature. */
  public static parquet(): PredictorRequest {
    return new PredictorRequest('application/x-parquet');
  }

  /**
   * `application/jsonlines`, with one record on each line.
   *
   * @param template of a line, with the placeholder `$features` for the array of features, as `{"features":$features}`
   */
  public static jsonLines(template: string): PredictorRequest {
    requireProps({ template }, { template: TEXT });
    throwIfAny('InvalidPredictor', missing('template', template, ['$features']));
    return new PredictorRequest('application/jsonlines', { content: template });
  }

  /**
   * `application/json`.
   *
   * @param template of a request, with the placeholder `$records` for an array of records, as `{"instances":$records}`, or `$record` for a single one
   * @param recordTemplate of a record, with a placeholder: `$features` for the array of features, `$features_kvp` for an object with their names,
   * or `"${age}"` for the feature `age`
   * @see https://sagemaker.readthedocs.io/en/stable/api/training/processing.html
   */
  public static json(template: string, recordTemplate: string): PredictorRequest {
    requireProps({ template, recordTemplate }, { template: TEXT, recordTemplate: TEXT });
    throwIfAny('InvalidPredictor', [
      ...missing('template', template, ['$records', '$record']),
      ...missing('recordTemplate', recordTemplate, ['$features', '$features_kvp', NAMED]),
    ]);
    return new PredictorRequest('application/json', { content: template, record: recordTemplate });
  }

  /** As a template says that reads captured requests, too. */
  public static contentTemplate(template: ContentTemplate): PredictorRequest {
    requireProps({ template }, { template: instance(ContentTemplate) });
    return new PredictorRequest(template.contentType, { content: template.template, record: template.recordTemplate });
  }

  /** Template of a request; absent for CSV and Parquet. */
  public readonly template?: string;
  /** Template of a record; only for JSON. */
  public readonly recordTemplate?: string;

  private constructor(
    /** As Clarify's configuration names it: `text/csv`. */
    public readonly contentType: string,
    { content, record }: Templates = {},
  ) {
    this.template = content;
    this.recordTemplate = record;
  }
}

/** Says that a template has none of its placeholders. */
function missing(prop: string, got: string, placeholders: readonly string[]): Problem[] {
  const holds = (placeholder: string) => (placeholder === NAMED ? /\$\{[^}]+\}/.test(got) : got.includes(placeholder));
  if (Token.isUnresolved(got) || placeholders.some(holds)) return [];
  return [{ prop, got, allowed: `a text with ${placeholders.join(' or ')}` }];
}
