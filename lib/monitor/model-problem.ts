import { Token } from 'aws-cdk-lib';
import { map, NUMBER, optional, requireProps, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';

/** Characters of an attribute. */
const MAX_ATTRIBUTE = 256;

/** Labels with a probability each. */
const MIN_LABELS = 2;
const MAX_LABELS = 30;

/** Where the predictions of a regression stand. */
export interface RegressionOptions {
  /** The number that the model predicts: an attribute, 1 to 256 characters. */
  readonly prediction: string;
}

/** Where the predictions of a binary classification stand: `prediction`, or `probability` with `threshold`, or all of them. */
export interface BinaryClassificationOptions {
  /**
   * The label that the model predicts, 0 or 1: an attribute, 1 to 256 characters.
   *
   * @default - none: `probability` and `threshold` decide
   */
  readonly prediction?: string;

  /**
   * The probability of the label 1: an attribute, 1 to 256 characters. Without it there are no curves, and so no `auc`.
   *
   * @default - none: `prediction` decides
   */
  readonly probability?: string;

  /**
   * The probability above which the predicted label is 1, 0 to 1: the one that the users of the model apply. Only with `probability`.
   *
   * @default - none: `prediction` decides
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EndpointInput.html
   */
  readonly threshold?: number;
}

/** Where the predictions of a classification with more than two labels stand. */
export interface MulticlassClassificationOptions {
  /** The label that the model predicts: an attribute, 1 to 256 characters. */
  readonly prediction: string;

  /**
   * The probability of that label: an attribute, 1 to 256 characters. Model Monitor's container takes it; `MonitoringEngine.serverless()` makes nothing of it. Not with
   * `probabilities`.
   *
   * @default - none
   */
  readonly probability?: string;

  /**
   * The probability of each label, 2 to 30 of them: attributes by label, 1 to 256 characters each: `{ cat: '1', dog: '2' }`, or, of a list in JSON,
   * `{ cat: 'probabilities[0]', dog: 'probabilities[1]' }`. On `MonitoringEngine.serverless()` with rules of its own, whose runs then estimate quality without labels and
   * tell concept drift. The baseline's dataset names their columns as `columns.probabilities`.
   *
   * @default - none: nothing is estimated
   */
  readonly probabilities?: { readonly [label: string]: string };
}

/** What a problem is made of. */
interface Attributes {
  readonly prediction?: string;
  readonly probability?: string;
  readonly probabilities?: { readonly [label: string]: string };
  readonly threshold?: number;
}

/**
 * What a model predicts, and where its predictions stand in the captured data.
 *
 * An attribute is the index of a column of CSV (`0` is the first one), or the JSONPath of a value of JSON (`predictions[0].score`), in what the
 * model answered. It is a name where the data have names: those that a record preprocessor gives, or the header of a batch transform's CSV. On
 * `MonitoringEngine.serverless()`, of data with a `format` or `transformations` and of batch transform, it is the name of a column of their rows, or its
 * place from `0` on.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelQualityAppSpecification.html
 * @see https://sagemaker.readthedocs.io/en/stable/api/inference/model_monitor.html
 *
 * @example
 * ModelProblem.binaryClassification({ probability: '0', threshold: 0.5 });
 */
export class ModelProblem {
  /** The model predicts a number. */
  public static regression(options: RegressionOptions): ModelProblem {
    requireProps(options, { prediction: TEXT });
    return new ModelProblem('Regression', options);
  }

  /** The model predicts one of two labels, 0 and 1, or the probability of 1. */
  public static binaryClassification(options: BinaryClassificationOptions): ModelProblem {
    requireProps(options, {
      prediction: optional(TEXT),
      probability: optional(TEXT),
      threshold: optional(NUMBER),
    });
    throwIfAny('InvalidModelProblem', binaryProblems(options));
    return new ModelProblem('BinaryClassification', options);
  }

  /** The model predicts one of several labels. */
  public static multiclassClassification(options: MulticlassClassificationOptions): ModelProblem {
    requireProps(options, { prediction: TEXT, probability: optional(TEXT), probabilities: optional(map(TEXT)) });
    throwIfAny('InvalidModelProblem', probabilitiesProblems(options));
    return new ModelProblem('MulticlassClassification', options);
  }

  /** The attribute of the predicted label or number; absent where a probability and its threshold decide. */
  public readonly prediction?: string;
  /** The attribute of the probability; absent where there is none. */
  public readonly probability?: string;
  /** The attributes of the probabilities of several labels, by label; absent where there are none. */
  public readonly probabilities?: { readonly [label: string]: string };
  /** The probability above which a binary classification predicts 1, 0 to 1; absent where the prediction decides. */
  public readonly threshold?: number;

  private constructor(
    /** As SageMaker calls it: `Regression`, `BinaryClassification` or `MulticlassClassification`. */
    public readonly problemType: string,
    { prediction, probability, probabilities, threshold }: Attributes,
  ) {
    throwIfAny('InvalidModelProblem', [
      ...attributeProblems('prediction', prediction),
      ...attributeProblems('probability', probability),
      ...Object.entries(probabilities ?? {}).flatMap(([label, got]) =>
        attributeProblems(`probabilities.${label}`, got),
      ),
    ]);
    this.prediction = prediction;
    this.probability = probability;
    this.probabilities = probabilities && { ...probabilities };
    this.threshold = threshold;
  }
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-modelqualityjobdefinition-endpointinput.html */
function attributeProblems(prop: string, got: string | undefined): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || (got.length > 0 && got.length <= MAX_ATTRIBUTE)) return [];
  return [{ prop, got, allowed: `an index, a path or a name, 1 to ${MAX_ATTRIBUTE} characters` }];
}

/** Each label once, and no probability beside those of all labels. */
function probabilitiesProblems({ probability, probabilities }: MulticlassClassificationOptions): Problem[] {
  if (probabilities === undefined) return [];
  if (probability !== undefined) {
    const advice = 'leave it out: it is one of them';
    return [{ prop: 'probability', got: probability, allowed: "nothing beside 'probabilities'", advice }];
  }
  const labels = Object.keys(probabilities);
  const texts = new Set(labels.map((label) => label.trim().replace(/^([+-]?\d+)\.0*$/, '$1')));
  const isEach = texts.size === labels.length && !texts.has('');
  if (isEach && labels.length >= MIN_LABELS && labels.length <= MAX_LABELS) return [];
  const allowed = `an attribute for each of ${MIN_LABELS} to ${MAX_LABELS} labels, which differ`;
  return [{ prop: 'probabilities', got: labels.join(', '), allowed }];
}

/** What decides on the label has to be there, and what decides nothing must not. */
function binaryProblems({ prediction, probability, threshold }: BinaryClassificationOptions): Problem[] {
  if (prediction === undefined && probability === undefined) {
    return [
      { prop: 'prediction', got: undefined, allowed: "an attribute, or 'probability' and 'threshold' in its place" },
    ];
  }
  if (threshold === undefined) {
    if (prediction !== undefined) return [];
    const advice = "what the users of the model apply, usually 0.5; or name 'prediction'";
    return [{ prop: 'threshold', got: undefined, allowed: "a number, 0 to 1, with 'probability' alone", advice }];
  }
  if (probability === undefined) {
    const advice = "name 'probability', too, or leave it out";
    return [{ prop: 'threshold', got: threshold, allowed: "nothing without 'probability'", advice }];
  }
  if (Token.isUnresolved(threshold) || (threshold >= 0 && threshold <= 1)) return [];
  return [{ prop: 'threshold', got: threshold, allowed: 'a number, 0 to 1' }];
}
