import * as fs from 'node:fs';
import * as path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { AppTemplates } from './template';

const FOLDER = path.join(__dirname, '../../test/fixtures/released-templates');

/** Names of the apps whose templates were kept at the last release. */
export function releasedApps(): string[] {
  return fs
    .readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => file.replace('.json.gz', ''))
    .sort();
}

/** The templates of an app as the last release made them. */
export function releasedTemplates(app: string): AppTemplates {
  return JSON.parse(gunzipSync(fs.readFileSync(fileOf(app))).toString('utf8'));
}

/** Keeps the templates of an app as those of a release. */
export function keepTemplates(app: string, templates: AppTemplates): void {
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(fileOf(app), gzipSync(JSON.stringify(templates), { level: 9 }));
}

function fileOf(app: string): string {
  return path.join(FOLDER, `${app}.json.gz`);
}
