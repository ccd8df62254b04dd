import { audit } from './audit';
import { isInstalled } from './command';
import { cost } from './cost';
import { dotnet } from './dotnet';
import { floor } from './floor';
import { go } from './go';
import { java } from './java';
import { longTests } from './long-tests';
import { NotVerifiable } from './not-verifiable';
import { pages } from './pages';
import { peers } from './peers';
import { python } from './python';
import { snippets } from './snippets';
import { synthesis } from './synthesis';
import { Workspace } from './workspace';

/** One thing that is verified outside the tests, because it takes long or needs more than Node.js. */
interface Check {
  /** Programs without which it cannot run. */
  readonly needs: readonly string[];
  /** Throws when what it verifies does not hold, and `NotVerifiable` when that cannot be said here. */
  run(workspace: Workspace): void | Promise<void>;
}

const CHECKS: { readonly [name: string]: Check } = {
  tests: { needs: [], run: longTests },
  snippets: { needs: [], run: snippets },
  floor: { needs: [], run: floor },
  python: { needs: ['python3'], run: python },
  java: { needs: ['java', 'javac', 'mvn'], run: java },
  go: { needs: ['go'], run: go },
  dotnet: { needs: [], run: dotnet },
  peers: { needs: ['python3'], run: peers },
  pages: { needs: ['chromium'], run: pages },
  audit: { needs: [], run: audit },
  cost: { needs: [], run: cost },
  synthesis: { needs: [], run: synthesis },
};

type Outcome = 'passed' | 'failed' | 'skipped';

async function outcomeOf(name: string, workspace: Workspace): Promise<Outcome> {
  const { needs, run } = CHECKS[name];
  const started = performance.now();
  console.log(`\n== ${name}`);
  const missing = needs.filter((program) => !isInstalled(program));
  if (missing.length > 0) {
    console.log(`-- NOT VERIFIED: ${name} needs ${missing.join(' and ')}, which this machine does not have`);
    return 'skipped';
  }
  try {
    await run(workspace);
  } catch (error) {
    if (error instanceof NotVerifiable) {
      console.log(`-- NOT VERIFIED: ${name}: ${error.message}`);
      return 'skipped';
    }
    console.log(`${error instanceof Error ? error.message : error}\n-- FAILED: ${name}`);
    return 'failed';
  }
  console.log(`-- passed: ${name}, ${Math.round((performance.now() - started) / 1000)} s`);
  return 'passed';
}

/** Runs the checks that the arguments name, or all, and returns the exit code. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(CHECKS, name));
  if (unknown.length > 0) {
    console.error(`there is no check '${unknown.join("', '")}': ${Object.keys(CHECKS).join(', ')}`);
    return 64;
  }
  const workspace = new Workspace();
  try {
    const outcomes: Outcome[] = [];
    for (const name of names.length > 0 ? names : Object.keys(CHECKS)) outcomes.push(await outcomeOf(name, workspace));
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
    console.log(`\nverify: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
    return count('failed') > 0 ? 1 : 0;
  } finally {
    workspace.remove();
  }
}

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
