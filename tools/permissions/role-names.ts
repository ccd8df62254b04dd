import { type IAspect, Names } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** Gives all roles a path, and names that begin alike. */
export class RoleNames implements IAspect {
  constructor(
    private readonly path: string,
    private readonly prefix: string,
  ) {}

  public visit(construct: IConstruct): void {
    if (!(construct instanceof iam.CfnRole)) return;
    construct.path = this.path;
    construct.roleName = this.prefix + Names.uniqueResourceName(construct, { maxLength: 64 - this.prefix.length });
  }
}
