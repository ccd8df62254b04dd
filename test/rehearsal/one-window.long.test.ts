import { rehearse } from '../../lib/rehearsal/rehearsal';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { newFolder, removeFolders } from './fixtures/app';
import { creditRiskObjects, loanHours, synthesizeCreditRisk } from './fixtures/credit-risk';

// One window whose drift the container reports without a probability: it is watched, and no incident.

let assembly: string;

beforeAll(() => {
  assembly = synthesizeCreditRisk();
});

afterAll(removeFolders);

const rehearsed = (expectDrift: boolean) =>
  rehearse({
    assembly,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    objects: creditRiskObjects(),
    traffic: loanHours(false, true),
    expectDrift,
  });

test('where drift is expected, what is missing is said', async () => {
  const { expectations } = await rehearsed(true);
  expect(expectations.find(({ met }) => !met)).toMatchObject({
    name: 'drift found',
    detail: expect.stringContaining(
      'give the drift a second hour of traffic, or the monitor AlertPolicy.everyWindow()',
    ),
  });
});

test('where none is expected, all is quiet, and it is said that the window is watched', async () => {
  const { expectations } = await rehearsed(false);
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(expectations).toContainEqual(
    expect.objectContaining({ name: 'no drift', detail: expect.stringContaining('1 window of them watched') }),
  );
});
