import { readText } from '../source-files';

interface JsiiAssembly {
  readonly types: Readonly<Record<string, JsiiType>>;
}

interface JsiiType {
  readonly name: string;
  readonly kind: string;
  readonly datatype?: boolean;
  readonly properties?: readonly { readonly name: string }[];
}

/** Structs that this library hands out, or asks of who writes an engine; nobody sets their props in an app. */
export const NOT_SET_IN_APPS = [
  'AnalysisWindowConfig',
  'BaselineConfig',
  'BiasMetricOptions', // names a metric for a dashboard
  'DataQualitySpec',
  'EndpointInput',
  'RowsInput',
  'RecordsInput',
  'WrittenInput',
  'EngineBinding',
  'EngineMonitorProps',
  'LabelsSpec',
  'ModelBiasSpec',
  'ModelExplainabilitySpec',
  'ModelQualitySpec',
  'MonitorSpec',
  'ReportsPlace',
  'ServiceMetricsSource',
];

/** Every public struct, by the compiled library's own description. */
function publicStructs(): JsiiType[] {
  const { types } = JSON.parse(readText('.jsii')) as JsiiAssembly;
  return Object.values(types).filter(({ kind, datatype }) => kind === 'interface' && datatype === true);
}

/** Names of the structs. */
export function publicStructNames(): string[] {
  return publicStructs().map(({ name }) => name);
}

/** `Struct.prop` of everything that an app can set; inherited props stand under the struct that declares them. */
export function publicProps(): string[] {
  return publicStructs()
    .filter(({ name }) => !NOT_SET_IN_APPS.includes(name))
    .flatMap(({ name, properties = [] }) => properties.map((property) => `${name}.${property.name}`))
    .sort();
}
