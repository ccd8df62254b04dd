import type { Change } from './comparison';
import type { ReviewedLoss } from './reviewed';

/** All changes of one stack of one app. */
export interface StackChanges {
  readonly app: string;
  readonly stack: string;
  readonly changes: readonly Change[];
}

/** What a release may be called that brings a change. */
export type ReleaseSize = 'patch' | 'minor';

/** Types that hold what no deployment makes again. */
const STATE_HOLDERS = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::ECR::Repository',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SSM::Parameter',
  'AWS::SageMaker::ModelPackageGroup',
  'AWS::SecretsManager::Secret',
];

/** The least that a release with these changes has to be called; hashes of assets are all that a patch changes. */
export function releaseSize(stacks: readonly StackChanges[]): ReleaseSize {
  return stacks.some(({ changes }) => changes.some(({ fate }) => fate !== 'assets')) ? 'minor' : 'patch';
}

/** Whether a change takes away what holds state. */
export function losesState({ fate, type }: Change): boolean {
  return STATE_HOLDERS.includes(type) && ['removed', 'replaced', 'refused'].includes(fate);
}

/** Why no release may have these changes: state that is lost without a review, reviews of nothing, and updates that would be refused. */
export function faultsOf(stacks: readonly StackChanges[], reviewed: readonly ReviewedLoss[]): string[] {
  const all = stacks.flatMap(({ app, stack, changes }) => changes.map((change) => ({ app, stack, change })));
  const lost = all.filter(({ change }) => losesState(change));
  const isReviewed = (loss: (typeof all)[number]) => reviewed.some((review) => isAbout(review, loss));
  return [
    ...lost
      .filter((loss) => !isReviewed(loss))
      .map(
        ({ app, stack, change }) => `${app}/${stack}/${change.path} (${change.type}) holds state and is ${change.fate}`,
      ),
    ...all
      .filter(({ change }) => change.fate === 'refused' && !losesState(change))
      .map(({ app, stack, change }) => `${app}/${stack}/${change.path} (${change.type}): ${change.reasons.join('; ')}`),
    ...reviewed
      .filter((review) => !lost.some((loss) => isAbout(review, loss)))
      .map(({ app, stack, path }) => `${app}/${stack}/${path} is reviewed, but not lost: take it off the list`),
  ];
}

function isAbout(
  review: ReviewedLoss,
  { app, stack, change }: { app: string; stack: string; change: Change },
): boolean {
  return review.app === app && review.stack === stack && review.path === change.path;
}
