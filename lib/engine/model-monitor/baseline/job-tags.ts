import { type CfnTag, type ITaggableV2, Lazy, Stack, TagManager, TagType } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ProcessingJobRequest } from '../../../baseline/contract';
import { ValidationError } from '../../../core/validation-error';
import { tagProblems } from '../job/tags';

/**
 * Stands for the processing job of a baseline, which CloudFormation does not know, so that the CDK's `Tags` reach it as they reach any resource.
 *
 * Beneath them are the tags of the stack, which CloudFormation gives to the resources that it makes itself.
 *
 * @internal
 */
export class BaselineJobTags extends Construct implements ITaggableV2 {
  public readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, tags: CfnTag[]) {
    super(scope, id);
    this.cdkTagManager = new TagManager(TagType.STANDARD, 'AWS::SageMaker::ProcessingJob', tags);
    this.node.addValidation({ validate: () => this.problems() });
  }

  /** As CreateProcessingJob takes them. A token: all of them are known when the app is synthesized. */
  public rendered(): ProcessingJobRequest['Tags'] {
    const produce = () => Object.entries(this.values()).map(([Key, Value]) => ({ Key, Value }));
    return Lazy.any({ produce }, { omitEmptyArray: true }) as unknown as ProcessingJobRequest['Tags'];
  }

  private values(): { [key: string]: string } {
    const all = { ...stackTags(Stack.of(this)), ...this.cdkTagManager.tagValues() };
    return Object.fromEntries(Object.entries(all).sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  private problems(): string[] {
    const problems = tagProblems({ tags: this.values() });
    return problems.length > 0 ? [new ValidationError('InvalidModelMonitorEngine', problems).message] : [];
  }
}

/** CloudFormation hands the tags of a stack on to the stacks in it. */
function stackTags(stack: Stack): { [key: string]: string } {
  const parent = stack.nestedStackParent;
  return { ...(parent ? stackTags(parent) : {}), ...stack.tags.tagValues() };
}
