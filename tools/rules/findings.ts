import { type App, CfnResource } from 'aws-cdk-lib';
import { HIPAASecurityChecks, type NagPack, NIST80053R5Checks } from 'cdk-nag';

/** The packs that the page speaks of, by the names that it gives them. */
const PACKS: { readonly [pack: string]: new () => NagPack } = {
  HIPAA: HIPAASecurityChecks,
  'NIST 800-53': NIST80053R5Checks,
};

/** What a pack finds on a resource. */
export interface Finding {
  readonly pack: string;
  /** Without the name of the pack: `LambdaDLQ`. */
  readonly rule: string;
  readonly path: string;
  /** `AWS::Lambda::Function`. */
  readonly type: string;
}

/** What all packs find in an app, which is synthesized. */
export function findingsOf(app: App): Finding[] {
  app.synth();
  const resources = app.node.findAll().filter(CfnResource.isCfnResource);
  const types = new Map(resources.map((resource) => [resource.node.path, resource.cfnResourceType]));
  return Object.entries(PACKS).flatMap(([pack, Checks]) =>
    new Checks().validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({
        pack,
        rule: ruleName.slice(ruleName.indexOf('-') + 1),
        path: constructPath,
        type: types.get(constructPath) ?? '',
      })),
    ),
  );
}

/** What the example apps wrote by hand, below their stacks. */
const BY_HAND = ['Alerts', 'Credit', 'Data'];

/** Whether a resource is this library's. */
export function isOurs({ path }: Finding): boolean {
  return !BY_HAND.includes(path.split('/')[1]);
}
