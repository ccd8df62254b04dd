import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Finding } from './findings';
import { REMEDIES } from './remedies';

/** What `docs/rules.md` has to say of these findings. */
export function rulesPage(findings: readonly Finding[]): string {
  const blueprint = fs.readFileSync(path.join(__dirname, 'blueprint.ts'), 'utf8');
  return PAGE.replace('{rows}', rowsOf(findings).join('\n')).replace('{blueprint}', () => blueprint.trim());
}

function rowsOf(findings: readonly Finding[]): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return rules.map((rule) => {
    const those = findings.filter((one) => one.rule === rule);
    const list = (texts: string[]) => [...new Set(texts)].sort().join(', ');
    const packs = list(those.map(({ pack }) => pack));
    const types = list(those.map(({ type }) => type.replace('AWS::', '').replace('::', ' ')));
    return `| \`${rule}\` | ${packs} | ${types} | ${remedyOf(rule)} |`;
  });
}

function remedyOf(rule: string): string {
  const remedy = REMEDIES[rule];
  if (remedy === undefined)
    throw new Error(`UnknownRule: nothing in tools/rules/remedies.ts says what to do about ${rule}`);
  return remedy;
}

const PAGE = `# Rules

What rule packs find in an app with this library, and what removes it. Written by \`npm run rules -- --write\` from the example apps; a test holds that it is current.

## AwsSolutions

[cdk-nag](https://github.com/cdklabs/cdk-nag)'s \`AwsSolutionsChecks\`, of its versions 2 and 3, find nothing on a resource of this library. What stands is acknowledged by the library, each with
its reason, which [stands where the permission is granted](decisions/0016-reasons-for-cdk-nag-stand-where-grants-are-made.md): wildcards in policies, queues for dead letters, buckets without access logs. Nothing has
to be done, and nothing of it stands in templates, unless version 2 is in the app. What you wrote yourself is found as ever: also a role of yours, with what this library grants to it.

## NIST 800-53 and HIPAA

\`NIST80053R5Checks\` and \`HIPAASecurityChecks\` find these, as the example apps are. Nothing of it is acknowledged: whether a control applies is for you to say.

| rule | packs | found on | what removes it, or why it stands |
|---|---|---|---|
{rows}

### Log groups and functions of a whole app

Functions, log groups, queues and buckets of this library are the CDK's own classes, so that its property injectors reach them. A platform team writes this once, and applies it to an app, a
stage, or a stack, before constructs are made in it:

\`\`\`ts
{blueprint}
\`\`\`

A test applies exactly this to the first example, with a topic, a bucket for reports and extracts and a key for the endpoint, and finds nothing more than what stands.
`;
