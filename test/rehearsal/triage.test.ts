import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TimelineEntry } from '../../lib/cloud/account/timeline';
import type { ExecutionReport } from '../../lib/outcome/contract';
import type { ExceptionKind, MonitorException } from '../../lib/outcome/exception/contract';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { changed, chosenFindings } from '../../lib/triage/exception-change';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { hours, newFolder, removeFolders, synthesize } from './fixtures/app';
import { creditRiskObjects, loanHours, synthesizeCreditRisk } from './fixtures/credit-risk';

// Deployed stacks, about whose findings people say something between two of their windows.

afterAll(removeFolders);

/** All files below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));

interface Deployed {
  readonly assembly: string;
  readonly traffic: readonly TrafficHour[];
  readonly objects?: ReturnType<typeof creditRiskObjects>;
  /** the monitor, and the place of its files */
  readonly place: string;
  /** what is said of the first window with violations, for so many hours after it ended; `undefined`: what is there in its place */
  readonly said: { readonly kind: ExceptionKind; readonly hours: number } | undefined;
}

/** Rehearses, and as soon as a report with violations is there leaves in `exceptions.json` what the commands would. */
async function rehearsed({ said, place, ...app }: Deployed) {
  const workDirectory = newFolder();
  const given = join(newFolder(), 'exceptions.json');
  writeFileSync(given, said ? sized({ version: '1', exceptions: [] }) : '{"version": "1", "exceptions": [');
  let isSaid = said === undefined;
  const progress = ({ time, lane }: TimelineEntry) => {
    if (isSaid || lane !== 'event') return;
    const files = filesBelow(workDirectory);
    const report = reportsOf(files, place).find(({ outcome }) => outcome.violationCount > 0);
    const places = files.filter((each) => each.endsWith(`${place}/exceptions.json`)); // an object that is given is in each bucket
    if (!report || places.length === 0 || !said) return;
    isSaid = true;
    for (const file of places) writeFileSync(file, sized(changed(undefined, deedOf(report, said, time))));
  };
  const objects = [...(app.objects ?? []), { key: `${place}/exceptions.json`, file: given }];
  const { windows, messages } = await rehearse({
    ...{ ...app, objects, progress, workDirectory, workshop: WARM_WORKSHOP, expectDrift: true },
  });
  expect(isSaid).toBe(true);
  return { outcomes: windows.map(({ outcome }) => outcome), messages: messages.map(({ subject }) => subject ?? '') };
}

/** The stand-in serves as many bytes of an object as it was given. */
const sized = (content: unknown) => JSON.stringify(content).padEnd(8192);

function reportsOf(files: readonly string[], place: string): ExecutionReport[] {
  return files
    .filter((file) => file.endsWith('/report.json') && file.includes(place) && existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

function deedOf(report: ExecutionReport, { kind, hours: lasting }: NonNullable<Deployed['said']>, at: string) {
  const until = new Date(Date.parse(report.outcome.windowEnd) + lasting * 3_600_000).toISOString();
  const findings = kind === 'Accepted' ? chosenFindings(report, {}) : [undefined];
  const exceptions = findings.map(
    (finding, index): MonitorException => ({ id: `${index}`, kind, finding, reason: 'OPS-7', by: 'ann', at, until }),
  );
  return { deed: kind, exceptions, at };
}

const PLACE = 'model-monitoring/Rehearsed/Monitoring/DataQuality';

/** Six hours, all but the first drifted; what is said of the first finding lasts for so many windows more. */
const serverless = (said: Deployed['said']) =>
  rehearsed({ assembly: synthesize(), traffic: hours(false, true, true, true, true, true), place: PLACE, said });

/** Messages about findings, in order: what they tell, and how much. */
const kinds = (subjects: readonly string[]) =>
  subjects.filter((subject) => !/^(Training|No training)/.test(subject)).map((subject) => subject.split(/ in |: "/)[0]);

test('what is accepted on a deployed stack is quiet until its date, and loud the window after', async () => {
  const { outcomes, messages } = await serverless({ kind: 'Accepted', hours: 2 });
  expect(outcomes.map(({ status, violationCount }) => `${status} ${violationCount}`)).toEqual([
    ...['NoData 0', 'Completed 0', 'CompletedWithViolations 2'],
    ...['Watch 0', 'Watch 0'],
    ...['CompletedWithViolations 2', 'CompletedWithViolations 2'],
  ]);
  expect(kinds(messages)).toEqual(['2 violations', 'ALARM', 'Accepted: 2 violations', '2 violations', 'ALARM']);
});

test('what is paused on a deployed stack is quiet until its date, and loud the window after', async () => {
  const { outcomes, messages } = await serverless({ kind: 'Paused', hours: 3 });
  expect(outcomes.map(({ violationCount, paused }) => `${violationCount}${paused ? ' paused' : ''}`)).toEqual([
    ...['0', '0', '2'],
    ...['0 paused', '0 paused', '0 paused'],
    '2',
  ]);
  expect(kinds(messages)).toEqual(['2 violations', 'ALARM', 'Paused: 2 violations', '2 violations', 'ALARM']);
});

test('what is no file of exceptions keeps nothing quiet on a deployed stack, and is Health 1', async () => {
  const { outcomes } = await serverless(undefined);
  expect(outcomes.map(({ violationCount, health }) => [violationCount, health])).toEqual([
    [0, 0],
    [0, 0],
    ...Array(5).fill([2, 1]),
  ]);
  expect(outcomes[2].healthReasons[0]).toContain("it is no JSON with 'version'");
});

test('what is accepted holds through the reconciler as well, on Model Monitor', async () => {
  const { outcomes, messages } = await rehearsed({
    ...{ assembly: synthesizeCreditRisk(), traffic: loanHours(false, true, true, true, true, true) },
    ...{ objects: creditRiskObjects(), place: PLACE, said: { kind: 'Accepted', hours: 2 } },
  });
  const own = outcomes.filter(({ monitorId }) => PLACE.endsWith(monitorId));
  expect(own.map(({ status, violationCount }) => `${status} ${violationCount}`)).toEqual([
    ...['Completed 0', 'Watch 0', 'CompletedWithViolations 3'],
    ...['Watch 0', 'Watch 0'],
    ...['CompletedWithViolations 3', 'NoData 0'],
  ]);
  expect(kinds(messages)).toEqual(['3 violations', 'ALARM', 'Accepted: 3 violations', '3 violations', 'ALARM']);
});
