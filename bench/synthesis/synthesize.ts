// What both apps do: as many endpoints as the first argument says, 15 in a stack, and the figures of the process as one line of JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib/core';
import { promisesOf } from './promises';

const ENDPOINTS_PER_STACK = 15;

/** What the hand-written app writes down in its ARNs and image URIs is known to the library's, too. */
const ENV = { account: '123456789012', region: 'eu-west-1' };
const CONTEXT = { '@aws-cdk/core:enablePartitionLiterals': true }; // as in any app that `cdk init` makes

/** Adds the endpoint of this number, from 0 on over all stacks. */
export type AddEndpoint = (index: number) => void;

/** What one synthesis took, from the start of the process on. */
export interface SynthesisFigures {
  readonly endpoints: number;
  readonly stacks: number;
  readonly resources: number;
  /** How many resources there are of each type. */
  readonly types: { readonly [type: string]: number };
  /** What is said by roles, policies, alarms and rules, and how often. */
  readonly promises: { readonly [text: string]: number };
  /** How many findings of cdk-nag are acknowledged. */
  readonly acknowledged: number;
  readonly templateCharacters: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

/** Synthesizes as many endpoints as the command line says, and prints the `SynthesisFigures`. */
export function synthesize(startStack: (stack: cdk.Stack) => AddEndpoint): void {
  const endpoints = Number(process.argv[2]);
  const outdir = mkdtempSync(join(tmpdir(), 'synthesis-'));
  const app = new cdk.App({ outdir, analyticsReporting: false, autoSynth: false, context: CONTEXT });
  for (let first = 0; first < endpoints; first += ENDPOINTS_PER_STACK) {
    const addEndpoint = startStack(new cdk.Stack(app, `Stack${first / ENDPOINTS_PER_STACK}`, { env: ENV }));
    for (let index = first; index < Math.min(first + ENDPOINTS_PER_STACK, endpoints); index++) addEndpoint(index);
  }
  const { stacks } = app.synth();
  const wallSeconds = process.uptime();
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const resources = stacks.flatMap(({ template }) => Object.values<Resource>(template.Resources));
  const figures: SynthesisFigures = {
    endpoints,
    stacks: stacks.length,
    resources: resources.length,
    types: countByType(resources),
    promises: promisesOf(resources),
    acknowledged: acknowledgedIn(app),
    templateCharacters: JSON.stringify(resources).length,
    wallSeconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMegabytes: (maxRSS * 1024) / 1e6,
  };
  rmSync(outdir, { recursive: true });
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

function acknowledgedIn(app: cdk.App): number {
  const metadata = app.node.findAll().flatMap(({ node }) => node.metadata);
  const told = metadata.filter(({ type }) => type === cdk.Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  return told.flatMap(({ data }) => Object.keys(data)).length;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
}

/** Custom resources are one type, whatever they are called. */
function countByType(resources: readonly { readonly Type: string }[]): SynthesisFigures['types'] {
  const types = resources.map(({ Type }) =>
    Type.replace(/^(Custom::.*|AWS::CloudFormation::CustomResource)$/, 'Custom'),
  );
  return Object.fromEntries(
    [...new Set(types)].sort().map((type) => [type, types.filter((one) => one === type).length]),
  );
}
