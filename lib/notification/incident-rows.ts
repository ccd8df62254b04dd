import { counted } from '../kind/counted';
import type { ExecutionCompletedDetail } from '../outcome/contract';
import type { IncidentChange, IncidentOutcome, Spell } from '../outcome/incident/contract';
import { newsOf } from './headline';

/** What a run is to incidents, as rows of facts. */
export function incidentRows({ incidents }: ExecutionCompletedDetail): string[] {
  if (!incidents) return [];
  const { changes, incident, failures } = incidents;
  return [
    ...(incident ? [`Incident:  ${incidentWords(incident, changes)}`] : []),
    ...(failures ? [`Failures:  ${failureWords(failures, changes)}`] : []),
  ];
}

function incidentWords(incident: IncidentOutcome, changes: readonly IncidentChange[]): string {
  const { since, until, windows, findingCount, newCount } = incident;
  const inWindows = `${counted(findingCount, 'finding')} in ${counted(windows, 'window')}`;
  if (changes.includes('FoundLate'))
    return 'none; this window was judged after later ones, which do not have what it found';
  if (changes.includes('Ended')) return `ended; ${inWindows}, from ${since} to ${until}`;
  if (changes.includes('Accepted'))
    return `over, as all that is left of it is accepted, snoozed or paused; ${inWindows}, since ${since}`;
  if (changes.includes('Grown')) return `grown by ${counted(newCount, 'finding')} to ${findingCount}, since ${since}`;
  return changes.includes('Begun') ? `begun, since ${since}` : `goes on; ${inWindows}, since ${since}`;
}

function failureWords({ since, until, windows }: Spell, changes: readonly IncidentChange[]): string {
  if (changes.includes('FailuresEnded')) return `ended; ${counted(windows, 'run')} failed, from ${since} to ${until}`;
  return changes.includes('FailuresBegun')
    ? 'begun with this run'
    : `${counted(windows, 'run')} failed, since ${since}`;
}

/** What an incident that has ended was about; nothing where none has. */
export function endedFindings(detail: ExecutionCompletedDetail): string[] {
  const { incident } = detail.incidents ?? {};
  if (newsOf(detail) !== 'Ended' || !incident) return [];
  const { findings, findingCount, quietWindows } = incident;
  const named = findings.map(
    ({ feature, variant, check }) => `- ${variant === undefined ? '' : `variant ${variant}: `}${feature}: ${check}`,
  );
  const more = findingCount - findings.length;
  const windows = quietWindows === 1 ? 'The last window with data' : `The last ${quietWindows} windows with data`;
  return [`${windows} violated none of:`, ...named, ...(more > 0 ? [`- and ${more} more, in the reports`] : [])];
}
