import { CloudFormationValidatePlugin, Validations } from 'aws-cdk-lib';
import { APPS } from './apps';
import { temporaryFolder } from './synthesis';

/** A rule of CloudFormation that warns is broken, too. */
export const STRICT = { '@aws-cdk/core:strictCfnValidateErrors': true };

/** Synthesizes an app, which fails for a template that breaks a rule of CloudFormation. */
export function validated(name: keyof typeof APPS): void {
  const app = APPS[name]({ context: STRICT, outdir: temporaryFolder() });
  Validations.of(app).addPlugins(new CloudFormationValidatePlugin());
  app.synth();
}
