import { KIND_WORDS } from '../kind/kind-words';
import { KINDS } from '../kind/kinds';
import type { ExecutionCompletedDetail } from '../outcome/contract';
import type { ExceptionKind } from '../outcome/exception/contract';
import type { IncidentChange } from '../outcome/incident/contract';
import { SUBJECT_CHARACTERS, shortened, subjectText } from './subject-text';

/** What people are told; where a run changes several things, what stands first leads its message. */
const TOLD = [
  'Begun',
  'Grown',
  'FoundLate',
  'FailuresBegun',
  'Accepted',
  'Ended',
  'FailuresEnded',
] as const satisfies readonly IncidentChange[];

/** What a message is about. */
export type News = (typeof TOLD)[number];

/** What is new with a run; undefined where nothing is, or it knows of no incidents. */
export function newsOf({ incidents }: Pick<ExecutionCompletedDetail, 'incidents'>): News | undefined {
  return TOLD.find((change) => incidents?.changes.includes(change));
}

/** Whether people are told of a run: it changes an incident. One that knows of none, as of an engine of one's own or an earlier version, is told where it has violations or failed. */
export function isTold(detail: ExecutionCompletedDetail): boolean {
  if (detail.incidents || detail.paused) return newsOf(detail) !== undefined;
  return detail.status === 'CompletedWithViolations' || detail.status === 'Failed';
}

/** What is watched where it has no name. */
export const BATCH = 'batch transform';

/** What is watched, as people call it. */
export const watchedName = ({ endpointName, dataName }: ExecutionCompletedDetail): string =>
  endpointName ?? dataName ?? BATCH;

/** What and how much, in a line. */
export function headline(detail: ExecutionCompletedDetail, watched = watchedName(detail)): string {
  const { monitorKind, violationCount, incidents } = detail;
  const { aspect } = KINDS[monitorKind];
  const words = KIND_WORDS[monitorKind];
  const inAll = () => words.headline(incidents?.incident?.findingCount ?? violationCount, watched);
  switch (newsOf(detail)) {
    case 'Grown':
      return `Grown: ${inAll()}`;
    case 'Ended':
      return `Ended: ${inAll()}`;
    case 'Accepted':
      return `${acceptedWord(detail)}: ${inAll()}`;
    case 'FoundLate':
      return `Late: ${words.headline(violationCount, watched)}`;
    case 'FailuresEnded':
      return `Ended: monitoring of ${aspect} failed for ${watched}`;
    default:
      return headlineOfRun(detail, watched);
  }
}

/** What people said: of single findings, or else of all of the monitor. */
function acceptedWord({ violations }: ExecutionCompletedDetail): ExceptionKind {
  const kinds = new Set(violations.map(({ accepted }) => accepted?.kind));
  return (['Accepted', 'Snoozed', 'Paused'] as const).find((kind) => kinds.has(kind)) ?? 'Accepted';
}

function headlineOfRun({ status, violationCount, monitorKind }: ExecutionCompletedDetail, watched: string): string {
  const { aspect } = KINDS[monitorKind];
  const words = KIND_WORDS[monitorKind];
  switch (status) {
    case 'CompletedWithViolations':
      return words.headline(violationCount, watched);
    case 'Failed':
      return `Monitoring of ${aspect} failed for ${watched}`;
    case 'NoData':
      return `No data for monitoring of ${aspect} of ${watched}`;
    case 'LabelsMissing':
      return `Too few labels to judge ${aspect} of ${watched}`;
    case 'Watch':
      return `Nothing confirmed yet in ${aspect} of ${watched}`;
    default:
      return `No violation in ${aspect} of ${watched}`;
  }
}

/** Of a name, at least: what is shorter says nothing. */
const NAME_CHARACTERS = 5;

/** What, how much, and since when; then whose, as far as there is room. Long names give way to what is said about them. Printable ASCII. */
export function subject(
  detail: ExecutionCompletedDetail,
  line = (watched: string) => headline(detail, watched),
): string {
  const least = line('').length + NAME_CHARACTERS;
  const words = sinceWords(detail);
  const since = least + words.length > SUBJECT_CHARACTERS ? '' : words; // a part of a time is none
  const room = SUBJECT_CHARACTERS - line('').length - since.length;
  const what = line(shortened(watchedName(detail), Math.max(room, NAME_CHARACTERS)));
  const left = SUBJECT_CHARACTERS - `${what}${since} ()`.length;
  const whose = left < NAME_CHARACTERS ? '' : ` (${shortened(detail.monitorId, left)})`;
  return subjectText(`${what}${since}${whose}`);
}

/** As events write times. */
const TIME = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/;

/** When what the message is about began. */
function sinceWords(detail: ExecutionCompletedDetail): string {
  const { incident, failures } = detail.incidents ?? {};
  const spell = newsOf(detail)?.startsWith('Failures') ? failures : incident;
  const [, day, time] = TIME.exec(spell?.since ?? '') ?? [];
  return day === undefined ? '' : `, since ${day} ${time} UTC`;
}
