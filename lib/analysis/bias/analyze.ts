import type { BiasLevel } from './categories';
import type { BiasColumn } from './column';
import { countConfusion, countGroups, countOutcomes, type DividedRows, type Selection } from './counts';
import { columnNumbers } from './data-type';
import type { FlipTestInput } from './flip-test';
import { facetGroups, type NamedSelection, positiveLabels, positivePredictions } from './groups';
import {
  type ComputedMetrics,
  computeMetrics,
  type MetricInput,
  postTrainingMetrics,
  preTrainingMetrics,
} from './metrics';
import { missingColumnWords } from './missing-column';
import { type Attempt, type BiasProblem, problem } from './problem';
import { groupSampling } from './sampling';
import type {
  BiasAnalysis,
  BiasSampling,
  BiasSection,
  FacetMetrics,
  GroupSampling,
  PostTrainingMetricName,
  PreTrainingMetricName,
} from './schemas';

/** A sensitive attribute. */
export interface BiasFacet {
  readonly name: string;
  /**
   * Values that make up the sensitive group, or one threshold above which it begins.
   *
   * @default - every value of a categorical column is a group of its own; a continuous column needs a threshold
   */
  readonly valuesOrThreshold?: readonly BiasLevel[];
}

/** What a bias analysis looks at, after Clarify's analysis configuration. */
export interface BiasInput {
  /** all columns have one value per row */
  readonly columns: readonly BiasColumn[];
  readonly facets: readonly BiasFacet[];
  /** the column with observed labels */
  readonly label: string;
  /** values that count as positive, or one threshold above which labels do */
  readonly labelValuesOrThreshold: readonly BiasLevel[];
  /** the column with predicted labels; without it there are no post-training metrics */
  readonly predictedLabel?: string;
  /** the column that CDDL and CDDPL group by; without it they have no value */
  readonly groupVariable?: string;
  /** @default - all */
  readonly preTrainingMetrics?: readonly PreTrainingMetricName[];
  /** @default - all */
  readonly postTrainingMetrics?: readonly PostTrainingMetricName[];
  /** whether the analysis says how much chance is in its metrics; false where absent */
  readonly measuresChance?: boolean;
}

/** `analysis.json`, and what could not be analyzed. */
export interface BiasAnalysisResult {
  readonly analysis: BiasAnalysis;
  readonly problems: BiasProblem[];
}

/**
 * Computes the bias metrics of labels, and of predicted labels where there are any. A column that is missing or cannot be divided is a
 * problem: of a facet, the facet is left out; of the label, both stages; of the predicted label, the stage after training. A metric that is
 * not possible has the value null and says why. Without rows no column can be divided.
 *
 * Columns of different lengths are a bug of the caller: throws.
 *
 * The flip test uses every column but the facet's, the label's and the predicted label's, and needs all of them numeric.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export function analyzeBias(input: BiasInput): BiasAnalysisResult {
  checkColumns(input.columns);
  const run = new BiasRun(input);
  const pre = run.preTraining();
  const post = input.predictedLabel === undefined ? undefined : run.postTraining(input.predictedLabel);
  const analysis = {
    version: '1.0' as const,
    ...(post && { post_training_bias_metrics: post.section }),
    ...(pre && { pre_training_bias_metrics: pre.section }),
    ...(input.measuresChance && { sampling: samplingOf(post, pre) }),
  };
  return { analysis, problems: run.problems };
}

const samplingOf = (post?: StageResult, pre?: StageResult): BiasSampling => ({
  ...(post && { post_training_bias_metrics: post.sampling }),
  ...(pre && { pre_training_bias_metrics: pre.sampling }),
});

/** The metrics of one stage, and how much chance is in them, where that was asked for. */
interface StageResult {
  readonly section: BiasSection;
  readonly sampling: Record<string, GroupSampling[]>;
}

/** What one stage computes, of which counts. */
interface Stage<Counted> extends ComputedMetrics<Counted> {
  readonly input: (facet: Selection, name: string) => MetricInput<Counted>;
}

function checkColumns(columns: readonly BiasColumn[]): void {
  const [first] = columns;
  const other = columns.find(({ values }) => values.length !== first.values.length);
  if (!other) return;
  throw new Error(`column "${other.name}" has ${other.values.length} values, "${first.name}" ${first.values.length}`);
}

/** One analysis: the columns by name, and the problems so far. */
class BiasRun {
  readonly problems: BiasProblem[] = [];
  private readonly columns: ReadonlyMap<string, BiasColumn>;
  private readonly labels?: NamedSelection;
  private readonly groupColumn?: BiasColumn;
  private readonly facets: readonly { readonly name: string; readonly groups: NamedSelection[] }[];

  constructor(private readonly input: BiasInput) {
    this.columns = new Map(input.columns.map((column) => [column.name, column]));
    const label = this.column(input.label);
    this.labels = label && this.take(positiveLabels(label, input.labelValuesOrThreshold));
    this.groupColumn = input.groupVariable === undefined ? undefined : this.column(input.groupVariable);
    this.facets = input.facets.flatMap(({ name, valuesOrThreshold }) => {
      const column = this.column(name);
      const groups = column && this.take(facetGroups(column, valuesOrThreshold));
      return groups ? [{ name, groups }] : [];
    });
  }

  preTraining(): StageResult | undefined {
    const { labels, input } = this;
    const names = input.preTrainingMetrics ?? (Object.keys(preTrainingMetrics()) as PreTrainingMetricName[]);
    return (
      labels &&
      this.stage(labels, {
        definitions: preTrainingMetrics(),
        names,
        input: (facet) => ({
          sides: countOutcomes(this.divided(facet, labels.rows)),
          groups: this.groups(facet, labels.rows),
        }),
      })
    );
  }

  postTraining(name: string): StageResult | undefined {
    const { labels, input } = this;
    const predicted = this.predictions(name);
    if (!labels || !predicted) return undefined;
    const names = input.postTrainingMetrics ?? (Object.keys(postTrainingMetrics()) as PostTrainingMetricName[]);
    return this.stage(labels, {
      definitions: postTrainingMetrics(),
      names,
      input: (facet, facetName) => ({
        sides: countConfusion(this.divided(facet, labels.rows), predicted.rows),
        groups: this.groups(facet, predicted.rows),
        flipTest: names.includes('FT') ? this.flipTest(facetName, facet, predicted.rows) : undefined,
      }),
    });
  }

  private stage<Counted extends object>(labels: NamedSelection, stage: Stage<Counted>): StageResult {
    const facets: Record<string, FacetMetrics[]> = {};
    const sampling: Record<string, GroupSampling[]> = {};
    for (const { name, groups } of this.facets) {
      facets[name] = [];
      sampling[name] = [];
      for (const { rows, text } of groups) {
        const input = stage.input(rows, name);
        const metrics = computeMetrics(stage.definitions, stage.names, input);
        facets[name].push({ value_or_threshold: text, metrics });
        if (this.input.measuresChance)
          sampling[name].push({ value_or_threshold: text, ...groupSampling(stage, input) });
      }
    }
    const { label } = this.input;
    return { section: { label, facets, label_value_or_threshold: labels.text }, sampling };
  }

  private divided(facet: Selection, positive: Selection): DividedRows {
    return { facet, positive, weights: this.input.columns[0]?.weights };
  }

  private groups(facet: Selection, positive: Selection) {
    return this.groupColumn && countGroups(this.groupColumn.values, this.divided(facet, positive));
  }

  private predictions(name: string): NamedSelection | undefined {
    const { label, labelValuesOrThreshold } = this.input;
    const [predicted, observed] = [this.column(name), this.columns.get(label)];
    return predicted && observed && this.take(positivePredictions(predicted, observed, labelValuesOrThreshold));
  }

  private flipTest(facetName: string, facet: Selection, predicted: Selection): FlipTestInput | string {
    const { label, predictedLabel, columns } = this.input;
    const left = columns.filter(({ name }) => ![facetName, label, predictedLabel].includes(name));
    if (left.length === 0) return 'The flip test has no column to compare rows by';
    const text = left.find(({ kind }) => kind === 'text' || kind === 'category');
    if (text) return `The flip test needs numeric columns, and "${text.name}" is not`;
    const numbers = left.map(columnNumbers);
    const gap = left[numbers.findIndex((column) => column.some(Number.isNaN))];
    if (gap) return `The flip test needs every value, and "${gap.name}" misses some`;
    return { features: facet.map((_, row) => numbers.map((column) => column[row])), facet, predicted };
  }

  private column(name: string): BiasColumn | undefined {
    const column = this.columns.get(name);
    if (!column) this.take(problem(name, 'missing-column', missingColumnWords(name, [...this.columns.keys()])));
    return column;
  }

  /** The value, or undefined after noting the problem. */
  private take<T>(attempt: Attempt<T>): T | undefined {
    if ('value' in attempt) return attempt.value;
    this.problems.push(attempt.problem);
    return undefined;
  }
}
