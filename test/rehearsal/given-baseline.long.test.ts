import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Constraints, statistics, suggestConstraints } from '../../lib/analysis';
import { BASELINE_RESOURCE_TYPE } from '../../lib/baseline/contract';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { profileOf } from '../analysis/dataset';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { hours, idsOf, newFolder, removeFolders, rows, type Template } from './fixtures/app';
import { synthesizeFirstApp } from './fixtures/readme-app';

// The README's first app with the files of a baseline in place of a dataset. What judges them makes nothing that others need, so good files pass without
// it, too: what a rehearsal can hold is that a file which is no baseline fails it with file and place, with the judge at deployment and without it at a run.

const assemblies: string[] = [];

afterAll(() => {
  removeFolders();
  for (const assembly of assemblies) rmSync(assembly, { recursive: true });
});

const LINES = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
const MADE = statistics(profileOf([['score,size,colour', ...LINES].join('\n')]));
const WHOLE = suggestConstraints(MADE);
const [FIRST, ...OTHERS] = WHOLE.features;
const BROKEN: Constraints = { ...WHOLE, features: [{ ...FIRST, completeness: 1.7 }, ...OTHERS] };
const WORDS = 'constraints.json: features[0].completeness of "score" is 1.7, allowed is a number of 0 to 1';

function app(change?: (template: Template) => void): string {
  const assembly = synthesizeFirstApp((source) =>
    source.replace(
      "Baseline.fromDataset(Dataset.csv(bucket, 'training/churn.csv'))",
      "Baseline.fromFiles({ bucket, statisticsKey: 'given/statistics.json', constraintsKey: 'given/constraints.json' })",
    ),
  );
  assemblies.push(assembly);
  const file = join(assembly, 'Churn.template.json');
  const template = JSON.parse(readFileSync(file, 'utf8')) as Template;
  expect(idsOf(template, BASELINE_RESOURCE_TYPE)).toHaveLength(1);
  change?.(template);
  writeFileSync(file, JSON.stringify(template));
  return assembly;
}

async function rehearsed(assembly: string, constraints: Constraints = WHOLE): Promise<RehearsalResult> {
  const folder = newFolder();
  const objects = Object.entries({ statistics: MADE, constraints }).map(([name, content]) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(content));
    return { key: `given/${name}.json`, file };
  });
  const workDirectory = newFolder();
  return rehearse({
    assembly,
    workDirectory,
    workshop: WARM_WORKSHOP,
    expectDrift: true,
    traffic: hours(false, true),
    objects,
  });
}

/** The links that failed, each with its words. */
const failed = ({ expectations }: RehearsalResult) =>
  expectations.flatMap(({ name, met, detail }) => (met ? [] : [`${name}: ${detail}`]));

function withoutJudge({ Resources }: Template): void {
  const [id] = idsOf({ Resources } as Template, BASELINE_RESOURCE_TYPE);
  delete Resources[id];
  for (const resource of Object.values(Resources) as { DependsOn?: string[] }[]) {
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((other) => other !== id);
  }
}

test('good files pass', async () => {
  expect(failed(await rehearsed(app()))).toEqual([]);
});

test('a file that is no baseline fails the deployment, with file and place', async () => {
  expect(failed(await rehearsed(app(), BROKEN)).join('\n')).toMatch(
    new RegExp(`deployment: .*given/constraints\\.json: ${WORDS.replace(/[.[\]]/g, '\\$&')}`),
  );
});

test('without the permission to read them, the deployment fails, and says what may not be read', async () => {
  const change = ({ Resources }: Template) => {
    for (const id of idsOf({ Resources } as Template, 'AWS::IAM::Role', 'BaselinesRole')) {
      Resources[id].Properties.Policies = [];
    }
  };
  expect(failed(await rehearsed(app(change))).join('\n')).toMatch(
    /deployment: .*AccessDenied: no access to s3:\/\/.*given\/constraints\.json/,
  );
});

test('without what judges them, a file that is no baseline fails the runs, with file and place', async () => {
  const result = await rehearsed(app(withoutJudge), BROKEN);
  expect(failed(result)[0]).toContain(
    `drift found: no window has violations (NoData, Failed, Failed): UnusableBaseline: ${WORDS}`,
  );
});
