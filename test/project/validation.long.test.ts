import { APP_NAMES } from './apps';
import { validated } from './validated';

test.each(APP_NAMES)(
  'the templates of %s pass the CloudFormation rules, warnings included',
  (name) => {
    expect(() => validated(name)).not.toThrow();
  },
  600_000,
);
