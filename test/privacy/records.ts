import type { Marks } from './marks';

const TIME = '2026-03-04T09:30:00Z';

/** One captured record with whatever on its sides; the ids that clients give and endpoints make are marked, too. */
function record(marks: Marks, captureData: object, inferenceTime: unknown = TIME): string {
  const eventMetadata = { eventId: marks.mail(), inferenceId: marks.mail(), inferenceTime };
  return `${JSON.stringify({ captureData, eventMetadata, eventVersion: '0' })}\n`;
}

const csv = (data: string, encoding = 'CSV') => ({ data, encoding, observedContentType: 'text/csv' });
const json = (data: string) => ({ data, encoding: 'JSON', observedContentType: 'application/json' });

/** The columns of the training data. */
export const COLUMNS = ['churned', 'income', 'plan', 'mail'] as const;

/** Rows of {@link COLUMNS}: numbers, few categories, and people who each come four times. */
export function rowsOf(marks: Marks, count: number): string[][] {
  const plans = Array.from({ length: 4 }, () => marks.name());
  const mails = Array.from({ length: Math.ceil(count / 4) }, () => marks.mail());
  return Array.from({ length: count }, (_, i) => {
    return [String(i % 2), marks.number(), plans[i % 4], mails[i % mails.length]];
  });
}

/** Rows as an endpoint captures them: the output, then the inputs. */
export function captured(marks: Marks, rows: readonly (readonly string[])[]): string {
  return rows
    .map(([output, ...input]) => record(marks, { endpointOutput: csv(output), endpointInput: csv(input.join(',')) }))
    .join('');
}

/** The same, of clients who send JSON. */
export function capturedJson(marks: Marks, rows: readonly object[]): string {
  return rows.map((row) => record(marks, { endpointInput: json(JSON.stringify(row)) })).join('');
}

/** Records that no reading takes, in every way that one can be wrong. */
export function malformed(marks: Marks): string {
  const input = (endpointInput: unknown) => record(marks, { endpointInput });
  const [name, mail, number] = [marks.name(), marks.mail(), marks.number()];
  const row = { income: Number(number), mail };
  return [
    `${mail}\n`,
    `{"captureData":{"endpointInput":{"data":"${mail}"\n`,
    `${JSON.stringify([name, number])}\n`,
    record(marks, { endpointInput: csv(`0,${number},${name},${mail}`) }, mail),
    record(marks, { endpointInput: csv(`0,${number},${name},${mail}`) }, Number(number)),
    record(marks, {}),
    input(mail),
    input({ data: [mail], encoding: 'CSV' }),
    input({ data: mail, encoding: name }),
    input({ data: Buffer.from(mail).toString('base64'), encoding: 'BASE64' }),
    input(csv(`0,"${mail}`)),
    input(csv(`0,${number}`)),
    input(csv('')),
    input(csv(`${mail}\ufffd`)),
    input(json(`{"income":${number},"mail":"${mail}`)),
    input(json(mail)),
    input(json(JSON.stringify([row]))),
    input(json(JSON.stringify({ ...row, income: [number, name] }))),
    input(json(`{"mail":"${mail}","mail":"${name}"}`)),
    record(marks, { endpointInput: csv(`${number}\n${number}\n${number}`), endpointOutput: csv('0\n1') }),
    record(marks, { endpointInput: json(JSON.stringify(row)), endpointOutput: csv(name) }),
  ].join('');
}
