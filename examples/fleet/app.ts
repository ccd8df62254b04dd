import { App, Stage } from 'aws-cdk-lib';
import { AccountStack } from './account-stack';
import { CentreStack } from './centre-stack';
import { type Inventory, readInventory } from './inventory';

/** Adds a stage for the centre, and one for each account of the inventory, the canary's first. */
export function addFleet(app: App, { centre, accounts }: Inventory): void {
  if (centre) {
    const { account, region } = centre;
    new CentreStack(new Stage(app, 'Centre', { env: { account, region } }), 'Fleet', { centre, accounts });
  }
  for (const place of accounts) {
    const { name, account, region, wave } = place;
    const stage = new Stage(app, wave === 'canary' ? name : `Main-${name}`, { env: { account, region } });
    new AccountStack(stage, 'Monitoring', { place, centre });
  }
}

if (require.main === module) {
  const app = new App();
  addFleet(app, readInventory());
}
