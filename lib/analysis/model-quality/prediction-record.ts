import { readCapturedRequest } from '../labels/captured-request';
import { type ColumnRow, cellOf } from '../labels/column-row';
import { isObject, type JsonObject, malformed, parseJson } from '../labels/json-record';
import type { UnitSource } from '../labels/request-unit';
import { csvBodyRows, MAX_BODY_LINES, tooManyRowsDetail } from '../reading/body-rows';
import type { DefectReason, RecordProblem } from '../reading/defects';
import { linesOf } from '../reading/text-lines';
import type { TimeWindow } from '../reading/time-window';
import { type Attribute, readAttribute, textAt } from './attribute';
import { classesOf, type Prediction, type QualityProblem, readPrediction } from './problem';

/** What one captured line holds: the predictions of one request, nothing for this window, or a reason why it cannot be read. */
export type PredictionRecord =
  | (UnitSource & { readonly predictions: Prediction[] })
  | { readonly outsideWindow: true }
  | { readonly problem: RecordProblem };

/** One row of CSV, or one JSON value. */
type OutputRow = { readonly csv: readonly string[] } | { readonly json: unknown };

/**
 * Reads the predictions of captured lines. Only `endpointOutput` is looked at. The identifier is the caller's `inferenceId`, else the `eventId`.
 * Without a window every valid time is taken. Details never quote captured data.
 *
 * `{"captureData":{"endpointOutput":{"data":"0.7","encoding":"CSV"}},"eventMetadata":{"eventId":"a","inferenceTime":"2021-08-04T23:14:27Z"}}`
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
 */
export class PredictionReader {
  private readonly inference?: Attribute;
  private readonly probability?: Attribute;
  private readonly probabilities?: readonly Attribute[];

  constructor(
    private readonly problem: QualityProblem,
    private readonly window?: TimeWindow,
  ) {
    this.inference = attributeOf(problem.inferenceAttribute);
    this.probability = attributeOf(problem.probabilityAttribute);
    const { probabilityAttributes } = problem;
    this.probabilities = probabilityAttributes && Object.values(probabilityAttributes).map(readAttribute);
  }

  read(line: string): PredictionRecord {
    const request = readCapturedRequest(line, this.window);
    if (!('captureData' in request)) return request;
    const { id, eventId, customAttributes, captureData } = request;
    const output = captureData.endpointOutput;
    if (!isObject(output)) return malformed('empty-data', '"endpointOutput" was not captured');
    const predictions = this.outputs(output);
    return Array.isArray(predictions) ? { id, eventId, customAttributes, predictions } : predictions;
  }

  private outputs({ data, encoding }: JsonObject): Prediction[] | { problem: RecordProblem } {
    if (typeof data !== 'string') return malformed('malformed-record', 'no data in "endpointOutput"');
    if (encoding === 'CSV') {
      const rows = csvBodyRows(data);
      return rows ? this.rows(rows.map((csv) => ({ csv }))) : malformed('malformed-data', 'a quote is not closed');
    }
    if (encoding === 'JSON') return this.rows(jsonRows(data).map((json) => ({ json })));
    const reason: DefectReason = encoding === 'BASE64' ? 'base64-data' : 'unknown-encoding';
    return malformed(reason, '"endpointOutput" is neither CSV nor JSON: see the content types of the capture');
  }

  private rows(rows: OutputRow[]): Prediction[] | { problem: RecordProblem } {
    if (rows.length === 0) return malformed('empty-data', '"endpointOutput" has no data');
    if (rows.length > MAX_BODY_LINES) return malformed('too-many-rows', tooManyRowsDetail('endpointOutput'));
    const { inference, probability, probabilities } = this;
    return predictionsOf(this.problem, rows, {
      find: (row, which) => find(row, which === 'inferenceAttribute' ? inference : probability),
      findOfClass: (row, index) => find(row, probabilities?.[index]),
      missing: (which) => `"endpointOutput" has nothing where "${which}" points to`,
    });
  }
}

/** An attribute of a problem. */
type AttributeName = 'inferenceAttribute' | 'probabilityAttribute' | 'probabilityAttributes';

/** How the texts of a prediction are found in a row, and what is told where there is none. */
interface Finding<Row> {
  readonly find: (row: Row, which: Exclude<AttributeName, 'probabilityAttributes'>) => string | undefined;
  /** the probability of a label, by its place */
  readonly findOfClass: (row: Row, index: number) => string | undefined;
  readonly missing: (which: AttributeName) => string;
}

/** The predictions of rows, each of which has to have all attributes of the problem. */
export function predictionsOf<Row>(
  problem: QualityProblem,
  rows: readonly Row[],
  { find, findOfClass, missing }: Finding<Row>,
): Prediction[] | { problem: RecordProblem } {
  const predictions: Prediction[] = [];
  const classes = classesOf(problem);
  for (const row of rows) {
    const inference = problem.inferenceAttribute === undefined ? undefined : find(row, 'inferenceAttribute');
    const probability = problem.probabilityAttribute === undefined ? undefined : find(row, 'probabilityAttribute');
    if (problem.inferenceAttribute !== undefined && inference === undefined)
      return malformed('malformed-data', missing('inferenceAttribute'));
    if (problem.probabilityAttribute !== undefined && probability === undefined)
      return malformed('malformed-data', missing('probabilityAttribute'));
    const probabilities = classes.map((_, index) => findOfClass(row, index)).filter((text) => text !== undefined);
    if (probabilities.length < classes.length) return malformed('malformed-data', missing('probabilityAttributes'));
    const prediction = readPrediction(problem, {
      inference,
      probability,
      ...(classes.length > 0 && { probabilities }),
    });
    if ('invalid' in prediction) return malformed('malformed-data', prediction.invalid);
    predictions.push(prediction);
  }
  return predictions;
}

/** The predictions of rows whose columns the attributes of the problem name. */
export function columnPredictions(
  problem: QualityProblem,
  rows: readonly ColumnRow[],
): Prediction[] | { problem: RecordProblem } {
  const attributes = Object.values(problem.probabilityAttributes ?? {});
  return predictionsOf(problem, rows, {
    find: (row, which) => cellOf(row, problem[which] ?? '') ?? undefined,
    findOfClass: (row, index) => cellOf(row, attributes[index]) ?? undefined,
    missing: (which) => `a row has no value in the column of "${which}"`,
  });
}

/** The predictions of one captured line, whenever it was captured; undefined where it cannot be read. */
export function readPredictions(
  problem: QualityProblem,
  line: string,
): { readonly id: string; readonly predictions: Prediction[] } | undefined {
  const read = new PredictionReader(problem).read(line);
  return 'predictions' in read ? read : undefined;
}

const attributeOf = (attribute: string | undefined) => (attribute === undefined ? undefined : readAttribute(attribute));

function find(row: OutputRow, attribute: Attribute | undefined): string | undefined {
  if (!attribute) return undefined;
  if ('json' in row) return textAt(row.json, attribute.path);
  return attribute.columnIndex === undefined ? undefined : row.csv[attribute.columnIndex];
}

/** One JSON value, or JSON Lines; a text that is neither is one row in which nothing can be found. */
function jsonRows(data: string): unknown[] {
  const whole = parseJson(data);
  if (whole !== undefined) return [whole];
  const lines = linesOf(data).filter((line) => line.trim() !== '');
  return lines.length > MAX_BODY_LINES ? lines : lines.map(parseJson);
}
