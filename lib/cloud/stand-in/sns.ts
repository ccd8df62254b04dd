import type { Authorizer } from '../account/authorizer';
import type { Topics } from '../account/topics';
import { type ApiRequest, type ApiResponse, type Service, ServiceError, unknownOperation, xmlText } from './service';

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const KNOWN_PARAMETERS = ['Action', 'Version', 'TopicArn', 'Subject', 'Message'];

/**
 * SNS: Publish to a topic (query protocol).
 *
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export class Sns implements Service {
  public constructor(
    private readonly topics: Topics,
    private readonly authorizer: Authorizer,
  ) {}

  public async handle(request: ApiRequest): Promise<ApiResponse> {
    const input = new URLSearchParams(request.body.toString('utf8'));
    const action = input.get('Action') ?? '';
    if (action !== 'Publish') {
      throw unknownOperation('SNS', action);
    }
    const unknown = [...input.keys()].find((name) => !KNOWN_PARAMETERS.includes(name));
    if (unknown !== undefined) {
      throw new ServiceError('InvalidParameter', `the stand-in does not know parameter '${unknown}' of SNS Publish`);
    }
    return this.publish(request, input);
  }

  public refuse(error: ServiceError): ApiResponse {
    const code = error.code === 'AccessDeniedException' ? 'AuthorizationError' : error.code;
    return {
      status: error.status,
      headers: { 'content-type': 'text/xml' },
      body:
        `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${code}</Code>` +
        `<Message>${xmlText(error.message)}</Message></Error><RequestId>rehearsal</RequestId></ErrorResponse>`,
    };
  }

  private publish(request: ApiRequest, input: URLSearchParams): ApiResponse {
    const topicArn = input.get('TopicArn') ?? '';
    const topic = this.topics.get(topicArn);
    const resourcePolicy = topic?.policy;
    this.authorizer.require(request.caller, { action: 'sns:Publish', resource: topicArn }, resourcePolicy);
    if (topic === undefined) {
      throw new ServiceError('NotFound', `Topic does not exist: ${topicArn}`, 404);
    }
    const message = { subject: input.get('Subject') ?? undefined, body: input.get('Message') ?? '' };
    const messageId = this.topics.publish(topic, request.caller.name, message);
    return {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body:
        `<PublishResponse xmlns="${NAMESPACE}"><PublishResult><MessageId>${messageId}</MessageId></PublishResult>` +
        '<ResponseMetadata><RequestId>rehearsal</RequestId></ResponseMetadata></PublishResponse>',
    };
  }
}
