/**
 * One captured record as an endpoint writes it: its output, then its input.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export function captureLine(csv: string, time = '2026-03-04T09:30:00Z'): string {
  const [output, ...input] = csv.split(',');
  const side = (mode: string, data: string) => ({ observedContentType: 'text/csv', mode, data, encoding: 'CSV' });
  const record = {
    captureData: { endpointInput: side('INPUT', input.join(',')), endpointOutput: side('OUTPUT', output) },
    eventMetadata: { eventId: csv, inferenceTime: time },
    eventVersion: '0',
  };
  return `${JSON.stringify(record)}\n`;
}

/** One captured request of JSON, without its answer. */
export function captureJson(json: string, time = '2026-03-04T09:30:00Z'): string {
  const endpointInput = { observedContentType: 'application/json', mode: 'INPUT', data: json, encoding: 'JSON' };
  const record = {
    captureData: { endpointInput },
    eventMetadata: { eventId: 'e', inferenceTime: time },
    eventVersion: '0',
  };
  return `${JSON.stringify(record)}\n`;
}
