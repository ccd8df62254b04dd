import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { readAssembly } from '../../lib/cloud/deployment/assembly';
import { APP_NAMES, APPS } from '../../test/project/apps';
import { changesOf } from './comparison';
import { releasedApps, releasedTemplates } from './release';
import type { AppTemplates } from './template';
import type { StackChanges } from './verdict';

/** The templates of every app as this tree makes them, by the app's name. */
export function currentTemplates(): Map<string, AppTemplates> {
  return new Map(APP_NAMES.map((name) => [name, templatesOf(name)]));
}

/** Every change of every stack since the last release; apps and stacks that came or went have a change for each resource. */
export function changesSinceRelease(current: ReadonlyMap<string, AppTemplates>): StackChanges[] {
  const apps = [...new Set([...releasedApps(), ...current.keys()])].sort();
  const released = new Set(releasedApps());
  return apps.flatMap((app) => {
    const [before, after] = [released.has(app) ? releasedTemplates(app) : {}, current.get(app) ?? {}];
    const stacks = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return stacks.map((stack) => ({ app, stack, changes: changesOf(before[stack] ?? NONE, after[stack] ?? NONE) }));
  });
}

const NONE = { template: {}, paths: {} };

function templatesOf(name: keyof typeof APPS): AppTemplates {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'templates-'));
  try {
    APPS[name]({ outdir }).synth();
    const { stacks } = readAssembly(outdir);
    return Object.fromEntries(
      stacks.map((stack) => [stack.name, { template: stack.template, paths: Object.fromEntries(stack.titles) }]),
    );
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
