import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type App, CfnResource } from 'aws-cdk-lib';
import { APP_NAMES, APPS, allFourMonitors, attributions, birdStrikes } from '../../test/project/apps';
import { houseApp } from '../../test/project/house-app';
import type { Permissions } from './page';
import { type DocumentedRole, rolesOf } from './roles';

/** What the page says, of this tree. */
export function currentPermissions(): Permissions {
  const house = read(({ outdir }) => houseApp({ outdir }).app);
  const apps = [...APP_NAMES.map((name) => read(APPS[name])), house];
  const drawing = house.roles.filter(({ path: role }) => role.endsWith('Widgets/FunctionRole'));
  const asking = read(attributions).roles.filter(({ path: role }) => role.endsWith('/ExplainRole'));
  const types = apps.flatMap(({ resourceTypes }) => resourceTypes);
  return {
    shown: {
      'serverless()': [...read(birdStrikes).roles, ...asking, ...drawing],
      'modelMonitor()': read(allFourMonitors).roles,
    },
    all: [...apps.flatMap(({ roles }) => roles), ...asking],
    resourceTypes: [...new Set(types)].filter((type) => !OF_USERS.includes(type)).sort(),
  };
}

/** Resources that only the users' own part of the apps makes. */
const OF_USERS = ['AWS::KMS::Key', 'AWS::SNS::Topic'];

interface Folder {
  readonly outdir: string;
}

function read(make: (props: Folder) => App): {
  readonly roles: readonly DocumentedRole[];
  readonly resourceTypes: readonly string[];
} {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'permissions-'));
  try {
    const app = make({ outdir });
    const resourceTypes = app.node
      .findAll()
      .filter(CfnResource.isCfnResource)
      .map((one) => one.cfnResourceType);
    return { roles: rolesOf(app), resourceTypes };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
