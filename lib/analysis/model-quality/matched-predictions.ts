import { textOf } from '../batch/field-batch';
import type { Words128 } from '../batch/identifier-hash';
import { KnownTexts } from '../batch/known-texts';
import { plainNumber } from '../batch/plain-number';
import { columnNumber } from '../labels/column-row';
import type { StringRange } from '../reading/capture-fields';
import type { MatchedLine } from '../reading/capture-layout';
import { isOneRow } from '../reading/matched-rows';
import { placeInTime, type TimeWindow } from '../reading/time-window';
import {
  negativeLabel,
  positiveLabel,
  probabilitySteps,
  type QualityProblem,
  readOutcome,
  readPrediction,
  stepsOf,
} from './problem';
import type { ReadRecords } from './read-records';

/** What is read, and where it is kept. */
export interface ScoredReading {
  readonly problem: QualityProblem;
  readonly window?: TimeWindow;
  readonly key: Words128;
  readonly records: ReadRecords;
}

/** Outcomes as they stand in a memory, as the numbers that records keep of them. */
export class MatchedOutcomes {
  private readonly known: KnownTexts<number>;
  private readonly isNumber: boolean;

  constructor({ problem, records }: ScoredReading) {
    this.isNumber = problem.type === 'Regression';
    this.known = new KnownTexts((text) => {
      const outcome = readOutcome(problem, text);
      return typeof outcome === 'object' ? undefined : records.outcomes.code(outcome);
    });
  }

  /** Undefined for what is none. */
  code(memory: Uint8Array, from: number, to: number): number | undefined {
    const number = this.isNumber ? plainNumber(memory, from, to) : Number.NaN;
    return Number.isNaN(number) ? this.known.of(memory, from, to) : number;
  }
}

/** NaN for what is no number. */
function classStepsAt(memory: Uint8Array, output: StringRange, column: number): number {
  const [from, to] = [output.start(column), output.end(column)];
  const plain = plainNumber(memory, from, to);
  return Number.isNaN(plain) ? probabilitySteps(textOf(memory, from, to)) : stepsOf(plain);
}

/** Takes the predictions of captured lines of a known layout whose answer is one row of CSV, as {@link PredictionReader} reads them. */
export class MatchedPredictions {
  private readonly inference?: number;
  private readonly probability?: number;
  private readonly probabilities: readonly number[];
  /** those of the row that is being taken */
  private readonly classSteps: number[];
  private readonly outcomes: MatchedOutcomes;
  private readonly threshold: number;
  /** predicted up to the threshold, and above it */
  private readonly labels: readonly [string, string];
  /** how many fields an answer has at least; none has so many where one has no number */
  private readonly width: number;

  constructor(private readonly reading: ScoredReading) {
    const { problem } = reading;
    const { inferenceAttribute, probabilityAttribute, probabilityThreshold = 0.5 } = problem;
    const ofClasses = Object.values(problem.probabilityAttributes ?? {});
    const attributes = [inferenceAttribute, probabilityAttribute, ...ofClasses].filter((each) => each !== undefined);
    this.probabilities = ofClasses.map((each) => columnNumber(each) ?? Number.NaN);
    this.classSteps = ofClasses.map(() => 0);
    this.inference = inferenceAttribute === undefined ? undefined : columnNumber(inferenceAttribute);
    this.probability = probabilityAttribute === undefined ? undefined : columnNumber(probabilityAttribute);
    this.width = 1 + Math.max(...attributes.map((each) => columnNumber(each) ?? Number.POSITIVE_INFINITY));
    this.outcomes = new MatchedOutcomes(reading);
    this.threshold = probabilityThreshold;
    this.labels = [negativeLabel(problem), positiveLabel(problem)];
  }

  /** False for what is to be read as text. */
  take(found: MatchedLine): boolean {
    const { window, records, key } = this.reading;
    const place = placeInTime(found.time, window);
    if (place === 'elsewhere') return false;
    if (place === 'beside') {
      records.outsideWindow += 1;
      return true;
    }
    const { output, memory } = found;
    if (!output || !isOneRow(memory, output) || output.count < this.width || !found.isNamed()) return false;
    const { probability } = this;
    const score = probability === undefined ? undefined : this.score(memory, output, probability);
    if (Number.isNaN(score)) return false;
    const predicted = this.predicted(memory, output, score);
    if (predicted === undefined) return false;
    if (this.probabilities.length > 0) return this.takeClassified(found, output, predicted);
    records.addPrediction(found.identifier(key), found.samples(), predicted, score);
    return true;
  }

  private takeClassified(found: MatchedLine, output: StringRange, predicted: number): boolean {
    const { probabilities, classSteps, reading } = this;
    for (let index = 0; index < probabilities.length; index += 1) {
      const steps = classStepsAt(found.memory, output, probabilities[index]);
      if (Number.isNaN(steps)) return false;
      classSteps[index] = steps;
    }
    reading.records.addClassified(found.identifier(reading.key), found.samples(), { predicted, classSteps });
    return true;
  }

  /** NaN for what is none. */
  private score(memory: Uint8Array, output: StringRange, column: number): number {
    const from = output.start(column);
    const to = output.end(column);
    const plain = plainNumber(memory, from, to);
    if (!Number.isNaN(plain)) return plain;
    const read = readPrediction(this.reading.problem, { inference: undefined, probability: textOf(memory, from, to) });
    return 'invalid' in read ? Number.NaN : (read.score ?? Number.NaN);
  }

  private predicted(memory: Uint8Array, output: StringRange, score = Number.NaN): number | undefined {
    const { inference, labels, reading } = this;
    if (inference !== undefined) return this.outcomes.code(memory, output.start(inference), output.end(inference));
    return reading.records.outcomes.code(labels[score > this.threshold ? 1 : 0]);
  }
}
