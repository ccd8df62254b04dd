/** Props that only say something to synthesis, by app and prop, with what: their change alone changes nothing in the template. */
export const SYNTHESIS_ONLY: Readonly<Record<string, string>> = {
  'serverless: ModelProps.contentTypes': 'which content types of captured data are to be expected',
  'serverless: CaptureDiskAlarmProps.endpointName': 'the name of an endpoint that does not know it',
  'serverless: MonitorAttributes.monitorKind': 'which metrics the monitor offers',
  'serverless: CsvDatasetOptions.delimiter':
    'the comma that goes without saying: the dataset of the app can be read by no other',
  'model-monitor: EndpointAttributes.endpointArn': 'the ARN of an endpoint: monitors go by its name',
  'model-monitor: ModelAttributes.contentTypes': 'which content types of captured data are to be expected',
  'serverless: RolloutOptions.endpointName': 'the name of an endpoint that has none in the app',
  'serverless: MonitorAttributes.endpointName': 'of which endpoint an app asks for metrics',
};

/** Changes that a deployed stack cannot get yet, by app and prop, with a part of what is said: exact in both directions. */
export const KNOWN: Readonly<Record<string, string>> = {};

/** Structs, and single props, whose change no app shows. */
export const NOT_TRIED: readonly string[] = [];

/** What is said of a change that the template does not show. */
export const CHANGES_NOTHING = 'the change changes nothing in the template';

/** What is wrong with the outcome of a change: faults that are not known, or a known one that is there no more. */
export function unexpected(name: string, faults: readonly string[]): string[] {
  const known = SYNTHESIS_ONLY[name] === undefined ? KNOWN[name] : CHANGES_NOTHING;
  if (known === undefined) return [...faults];
  if (faults.length === 0) return [`${name} works now: take it off the lists of known.ts`];
  return faults.some((fault) => fault.includes(known)) ? [] : [...faults, `known.ts says '${known}'`];
}
