import { AllMetLabels, joinRequests, type PairSink } from '../labels/label-join';
import type { PartCounts } from '../port';
import { defectsAsUnreadable } from '../reading/unreadable';
import { analyzeBias } from './analyze';
import type { BiasRecords } from './bias-records';
import { type FacetTable, GroupCounts } from './group-counts';
import type { BiasProblem } from './problem';
import { type BiasQuestion, declaredBy, type FacetQuestion, groupColumns, levelsOf } from './question';
import type { BiasAnalysis, BiasSampling, BiasSection, BiasStage, PostTrainingMetricName } from './schemas';
import { type CodedColumn, weightedColumn } from './table';
import { MAX_VALUES, type ValueCodes } from './value-codes';

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

/** Brings predictions together with their labels, or counts rows that have theirs beside them. */
export function metBias(records: BiasRecords, task: BiasTask): MetBias {
  const meeting = new BiasMeeting(task);
  meeting.add(records);
  return meeting.met(records);
}

/** Brings predictions together with their labels, all at once or those of some identifiers at a time. */
export class BiasMeeting {
  private readonly counts: GroupCounts;
  private readonly labels = new AllMetLabels();

  constructor(private readonly task: BiasTask) {
    this.counts = new GroupCounts(task.question);
  }

  /** Lets all meet that have some identifiers. */
  add(records: BiasRecords): void {
    const take: PairSink = (prediction, label) => this.counts.add(records, prediction, label);
    if (!this.task.isPaired) this.labels.add(joinRequests(records, take));
    else for (let row = 0; row < records.labels.actual.length; row += 1) take(row, row);
  }

  /** What all come to, whose values, files and defects are those of some records. */
  met({ columns, defects, outsideWindow, filtered, refusal }: BiasRecords): MetBias {
    const { counts, labels, task } = this;
    const read = { recordCount: counts.rowCount, outsideWindow, filtered };
    const unreadable = defectsAsUnreadable(labels.withDefects(defects), read);
    return {
      counts: { ...unreadable, labels: task.isPaired ? undefined : labels.counts, refusal },
      result: () => new BiasTables(columns, task, counts).result(),
    };
  }
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
  private readonly groups: readonly string[];

  constructor(
    private readonly columns: readonly ValueCodes[],
    private readonly task: BiasTask,
    private readonly counts: GroupCounts,
  ) {
    this.groups = groupColumns(task.question);
  }

  result(): BiasResult {
    const [label, predicted] = this.columns;
    if (label.isOverfull || predicted.isOverfull) {
      const refusal = `labels or predictions have more than ${MAX_VALUES} values, which is all that is compared at once`;
      return { analysis: { version: '1.0' }, problems: [], refusal };
    }
    const analyses = this.task.question.facets.flatMap(
      (facet, index) => this.facet(facet, this.counts.of(index)) ?? [],
    );
    return { analysis: mergedAnalyses(analyses), problems: [...this.problems.values()] };
  }

  private facet(
    facet: FacetQuestion,
    { own, group: cells, weights, ...outcomes }: FacetTable,
  ): BiasAnalysis | undefined {
    const { question, followsContainer } = this.task;
    const group = cells && question.group !== undefined ? this.usable(question.group, cells, true) : undefined;
    const column = this.usable(facet.name, own, facet.by === undefined);
    if (!column) return undefined;
    const declared = followsContainer ? undefined : declaredBy(facet.by);
    const beside = group && group.name !== facet.name ? [group] : [];
    const columns = [{ ...column, declared }, ...beside, ...this.outcomes(outcomes)];
    const isGrouped = question.group !== undefined;
    const { analysis, problems } = analyzeBias({
      columns: columns.map((coded) => weightedColumn(coded, weights)),
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
  private outcomes({ label, predicted }: Pick<FacetTable, 'label' | 'predicted'>): CodedColumn[] {
    const { question, followsContainer } = this.task;
    const declared = followsContainer ? undefined : declaredBy(question.positive);
    const [labels, predictions] = this.columns;
    return [
      { name: question.label, values: labels, codes: label, declared },
      { name: PREDICTED, values: predictions, codes: predicted, declared },
    ];
  }

  /** A column of groups, or undefined after noting why it has none. */
  private usable(name: string, codes: readonly number[], isEachAGroup: boolean): CodedColumn | undefined {
    const values = this.columns[this.groups.indexOf(name) + 2];
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
