import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An account, and where in it something is deployed. */
export interface Place {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** The account where people look at all others. */
export interface CentrePlace extends Place {
  /**
   * ARN of the sink that accounts link to, of which AWS draws a part: the output `SinkArn` of the centre's first deployment.
   *
   * @default - accounts are not linked
   */
  readonly sinkArn?: string;
}

/** An account with endpoints to watch. */
export interface WatchedPlace extends Place {
  /** Of its stage: letters and digits. */
  readonly name: string;
  /** When it is deployed: the canary first. */
  readonly wave: 'canary' | 'main';
  /** Names of its endpoints, as SageMaker has them. */
  readonly endpoints: string[];
}

/** All that one deployment of the fleet is made of. */
export interface Inventory {
  /** @default - none: each account is on its own */
  readonly centre?: CentrePlace;
  readonly accounts: WatchedPlace[];
}

/** The inventory that lies beside this. */
export function readInventory(): Inventory {
  return checked(JSON.parse(readFileSync(join(__dirname, 'inventory.json'), 'utf8')));
}

/** What an inventory is checked for before anything is made of it: an account twice would be deployed twice over itself. */
export function checked(inventory: Inventory): Inventory {
  const { centre, accounts } = inventory;
  const places = [...(centre ? [centre] : []), ...accounts];
  const numbers = places.map(({ account }) => account);
  const wrong = numbers.filter((account) => !/^\d{12}$/.test(account));
  if (wrong.length > 0) throw new Error(`an account has 12 digits: ${wrong.join(', ')}`);
  requireOnce('account', numbers);
  requireOnce(
    'name',
    accounts.map(({ name }) => name),
  );
  if (accounts[0]?.wave !== 'canary')
    throw new Error('the canary stands first: a change is seen there before anywhere');
  const elsewhere = accounts.filter(({ region }) => centre && region !== centre.region).map(({ name }) => name);
  if (elsewhere.length > 0)
    throw new Error(`links reach the centre's region alone; of another: ${elsewhere.join(', ')}`);
  return inventory;
}

function requireOnce(what: string, values: readonly string[]): void {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  if (twice.length > 0) throw new Error(`each ${what} stands once: ${twice.join(', ')}`);
}
