import { Aws } from 'aws-cdk-lib';
import { InstanceType } from '../../lib/endpoint/instance-type';

test.each([
  'ml.m5.large',
  'ml.g4dn.12xlarge',
  'ml.p4de.24xlarge',
  'ml.c7i-flex.large',
  'ml.inf2.48xlarge',
  Aws.STACK_NAME,
])('%s is an instance type', (name) => {
  expect(InstanceType.of(name).name).toBe(name);
  expect(`${InstanceType.of(name)}`).toBe(name);
});

test.each([
  ['m5.large', "write 'ml.m5.large'"],
  ['ml.m5', "write it as in 'ml.m5.large'"],
  ['ML.M5.LARGE', "write it as in 'ml.m5.large'"],
  ['', "write it as in 'ml.m5.large'"],
])('fails for %j', (name, advice) => {
  expect(() => InstanceType.of(name)).toThrow(
    `InvalidInstanceType: 'name' is "${name}", allowed is ml.<family>.<size> (${advice})`,
  );
});
