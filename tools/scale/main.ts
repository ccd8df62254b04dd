import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '../..');
const FIGURES = path.join(ROOT, 'lib/cost/run-figures.json');

process.env.CDK_VALIDATION = 'false'; // a test of its own validates the templates

async function main(): Promise<void> {
  const { Simulation } = await import('./simulation');
  const simulation = new Simulation();
  const figures = `${JSON.stringify(await simulation.figures(), undefined, 2)}\n`;
  simulation.end();
  if (process.argv.includes('--write')) fs.writeFileSync(FIGURES, figures);
  else process.stdout.write(figures);
  const { scalePage } = await import('./page'); // reads the figures
  if (process.argv.includes('--write')) fs.writeFileSync(path.join(ROOT, 'docs/scale.md'), scalePage());
  else process.stdout.write(scalePage());
}

void main();
