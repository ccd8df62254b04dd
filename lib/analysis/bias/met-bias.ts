import { joinRequests, type MetLabels } from '../labels/label-join';
import type { PartCounts } from '../port';
import { defectsAsUnreadable } from '../reading/unreadable';
import { analyzeBias } from './analyze';
import type { BiasRecords } from './bias-records';
import type { BiasProblem } from './problem';
import { type BiasQuestion, declaredBy, type FacetQuestion, groupColumns, levelsOf } from './question';
import type { BiasAnalysis, BiasSampling, BiasSection, BiasStage, PostTrainingMetricName } from './schemas';
import { type CodedColumn, tabulate } from './table';
import { MAX_VALUES } from './value-codes';

/** Values of the group variable, and of a facet of which each is a group, that are compared. */
export const MAX_GROUPS = 100;

/** What is asked of rows. */
export interface BiasTask {
  readonly question: BiasQuestion;
  /** whether columns have the types that their values look like, as the container has it; else those that the question says */
  readonly followsContainer: boolean;
  /** whether rows have their labels beside them, as those of a dataset have */
  readonly isPaired: boolean;
}

/** What rows come to. */
export interface BiasResult {
  readonly analysis: BiasAnalysis;
  readonly problems: BiasProblem[];
  /** why nothing can be said of all of them */
  readonly refusal?: string;
}

/** Rows that have a prediction and a label, and what is made of them when it is asked for. */
export interface MetBias {
  readonly counts: PartCounts;
  result(): BiasResult;
}

/** Brings predictions together with their labels. */
export function metBias(records: BiasRecords, task: BiasTask): MetBias {
  const { predictions, labels, met } = pairsOf(records, task);
  const defects = met?.defects ?? records.defects;
  const read = { recordCount: labels.length, outsideWindow: records.outsideWindow };
  const counts = { ...defectsAsUnreadable(defects, read), labels: met?.counts, refusal: records.refusal };
  return { counts, result: () => new BiasTables(records, task, { predictions, labels }).result() };
}

/** Rows that met, by their numbers. */
interface Pairs {
  readonly predictions: readonly number[];
  readonly labels: readonly number[];
}

function pairsOf(records: BiasRecords, { isPaired }: BiasTask): Pairs & { readonly met?: MetLabels } {
  if (isPaired) {
    const rows = [...records.labels.actual.keys()];
    return { predictions: rows, labels: rows };
  }
  const [predictions, labels]: [number[], number[]] = [[], []];
  const met = joinRequests(records, (prediction, label) => {
    predictions.push(prediction);
    labels.push(label);
  });
  return { predictions, labels, met };
}

/** What the predicted label is called, where it is called at all; no column of a question has this name. */
const PREDICTED = '\u0000predicted';

const POST_TRAINING: readonly PostTrainingMetricName[] = [
  'AD',
  'DAR',
  'DCA',
  'DCR',
  'DI',
  'DPPL',
  'DRR',
  'GE',
  'RD',
  'SD',
  'TE',
];

const PRE_TRAINING = ['CI', 'DPL', 'JS', 'KL', 'KS', 'LP', 'TVD'] as const;

/** The metrics of each facet, from a table of its own: of what others have, it needs nothing. */
class BiasTables {
  private readonly problems = new Map<string, BiasProblem>();
  private readonly columns: readonly string[];

  constructor(
    private readonly records: BiasRecords,
    private readonly task: BiasTask,
    private readonly pairs: Pairs,
  ) {
    this.columns = groupColumns(task.question);
  }

  result(): BiasResult {
    const { question } = this.task;
    const [label, predicted] = this.records.columns;
    if (label.isOverfull || predicted.isOverfull) {
      const refusal = `labels or predictions have more than ${MAX_VALUES} values, which is all that is compared at once`;
      return { analysis: { version: '1.0' }, problems: [], refusal };
    }
    const group = question.group === undefined ? undefined : this.usable(question.group, true);
    const analyses = question.facets.flatMap((facet) => this.facet(facet, group) ?? []);
    return { analysis: mergedAnalyses(analyses), problems: [...this.problems.values()] };
  }

  private facet(facet: FacetQuestion, group: CodedColumn | undefined): BiasAnalysis | undefined {
    const { question, followsContainer } = this.task;
    const column = this.usable(facet.name, facet.by === undefined);
    if (!column) return undefined;
    const declared = followsContainer ? undefined : declaredBy(facet.by);
    const own = group && group.name !== facet.name ? [group] : [];
    const columns = tabulate([{ ...column, declared }, ...own, ...this.outcomes()]);
    const isGrouped = question.group !== undefined;
    const { analysis, problems } = analyzeBias({
      columns,
      facets: [{ name: facet.name, valuesOrThreshold: facet.by && levelsOf(facet.by) }],
      label: question.label,
      labelValuesOrThreshold: levelsOf(question.positive),
      predictedLabel: PREDICTED,
      groupVariable: group?.name,
      preTrainingMetrics: [...PRE_TRAINING, ...(isGrouped ? (['CDDL'] as const) : [])],
      postTrainingMetrics: [...POST_TRAINING, ...(isGrouped ? (['CDDPL'] as const) : [])],
      measuresChance: true,
    });
    for (const problem of problems) this.note(problem);
    return analysis;
  }

  /** The label and the predicted label, whose types are one. */
  private outcomes(): CodedColumn[] {
    const { question, followsContainer } = this.task;
    const declared = followsContainer ? undefined : declaredBy(question.positive);
    const [label, predicted] = this.records.columns;
    const { predictions, labels } = this.pairs;
    const [cells] = this.records.predictions.cells;
    const actual = labels.map((row) => this.records.labels.actual[row]);
    return [
      { name: question.label, values: label, codes: actual, declared },
      { name: PREDICTED, values: predicted, codes: predictions.map((row) => cells[row]), declared },
    ];
  }

  /** A column of groups, or undefined after noting why it has none. */
  private usable(name: string, isEachAGroup: boolean): CodedColumn | undefined {
    const at = this.columns.indexOf(name) + 1;
    const values = this.records.columns[at + 1];
    const cells = this.records.predictions.cells[at];
    const codes = this.pairs.predictions.map((row) => cells[row]);
    const most = isEachAGroup ? MAX_GROUPS : MAX_VALUES;
    if (!values.isOverfull && (!isEachAGroup || new Set(codes).size <= most)) return { name, values, codes };
    const detail = `the column has more than ${most} values, which is all that is compared`;
    this.note({ column: name, reason: 'too-many-values', detail });
    return undefined;
  }

  /** Each once: facets share the label and the group variable. */
  private note(problem: BiasProblem): void {
    const column = problem.column === PREDICTED ? 'prediction' : problem.column;
    this.problems.set(`${column}\n${problem.reason}`, { ...problem, column });
  }
}

/** One analysis with the facets of all. */
function mergedAnalyses(analyses: readonly BiasAnalysis[]): BiasAnalysis {
  const stages: BiasStage[] = ['post_training_bias_metrics', 'pre_training_bias_metrics'];
  const sections: { [stage in BiasStage]?: BiasSection } = {};
  const sampling: { [stage in BiasStage]?: NonNullable<BiasSampling[BiasStage]> } = {};
  for (const stage of stages) {
    const found = analyses.flatMap((analysis) => analysis[stage] ?? []);
    if (found.length === 0) continue;
    sections[stage] = { ...found[0], facets: Object.assign({}, ...found.map(({ facets }) => facets)) };
    sampling[stage] = Object.assign({}, ...analyses.map((analysis) => analysis.sampling?.[stage]));
  }
  return { version: '1.0', ...sections, sampling };
}
