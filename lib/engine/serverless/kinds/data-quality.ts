import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FileRigour } from '../../../baseline/contract';
import { besides, type DatasetConfig, TextValues } from '../../../baseline/dataset';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import type { DataQualityMonitorSpec } from '../../../monitor/kind-spec';
import type { DataQualitySpec } from '../../../monitor/monitoring-engine';
import type { AnalysisBlueprint, DatasetReading } from './blueprint';

/**
 * The analysis of a data-quality monitor.
 *
 * @internal
 */
export function dataQualityBlueprint(scope: Construct, { dataQuality }: DataQualityMonitorSpec): AnalysisBlueprint {
  throwIfAny('InvalidExcludedFeatures', excludedProblems(dataQuality), scope);
  const { excludedFeatures, featureMetrics } = dataQuality;
  return {
    unsupported: [],
    leavesExtracts: true,
    request: { excludedFeatures: excludedFeatures.length > 0 ? excludedFeatures : undefined, featureMetrics },
    datasetReading: (dataset, rigour) => datasetReading(scope, dataset, rigour),
  };
}

/** Of a name that is known at deployment only, nothing is judged. */
function excludedProblems({ excludedFeatures, featureMetrics }: DataQualitySpec): Problem[] {
  const isNoName = (name: string, index: number) => name === '' || excludedFeatures.indexOf(name) !== index;
  const noNames = excludedFeatures
    .filter((name, index) => !Token.isUnresolved(name) && isNoName(name, index))
    .map((got) => ({ prop: 'excludedFeatures', got, allowed: 'a name that is not empty, once' }));
  const measured = featureMetrics
    .filter((name) => excludedFeatures.includes(name))
    .map((got) => ({ prop: 'featureMetrics', got, allowed: 'features that are not excluded' }));
  return [...noNames, ...measured];
}

function datasetReading(scope: Construct, dataset: DatasetConfig, rigour: FileRigour): DatasetReading {
  throwIfAny('UnsupportedDataset', typeProblems(dataset, rigour), scope);
  const { columnTypes, textValues } = dataset;
  return {
    columnTypes,
    keepsTextValues: textValues === TextValues.IN_CLEAR || undefined,
    keepsRowOrder: rigour === 'Type' || undefined,
  };
}

/** The container's rules compare the type that values look like with that of the baseline, and look at no text of many values. */
function typeProblems({ columnTypes, textValues }: DatasetConfig, rigour: FileRigour): Problem[] {
  if (rigour !== 'Type') return [];
  const allowed = 'nothing with the rules of Model Monitor';
  const asked = [
    {
      prop: 'columnTypes',
      got: columnTypes,
      allowed,
      advice:
        "the container's rules go by the values of a column alone; leave the types out, or take Checks.BY_MEANING",
    },
    {
      prop: 'textValues',
      got: besides(TextValues.HASHED, textValues),
      allowed,
      advice: "the container's rules look at no text of many values; leave it out, or take Checks.BY_MEANING",
    },
  ];
  return asked.filter(({ got }) => got !== undefined);
}
