import { type FeatureRow, hasOneRecord, readScores, requestBody } from '../../../analysis';
import type { ExplanationSettings } from '../../../baseline/contract';
import { Failure } from '../../../runtime/failure';
import {
  askEndpoint,
  type EndpointAnswer,
  type EndpointRequest,
  shapeOf,
  shownText,
} from '../../../runtime/model-endpoint';

/** Signs requests to an endpoint that has traffic of its own, once they may be sent. */
export interface OwnCalls {
  signed(request: EndpointRequest): Promise<EndpointRequest>;
}

/** Bytes of a request that is still filled: far below the 4 MB that a serverless endpoint takes. */
const REQUEST_BYTES = 1024 * 1024;

/** What says something of a model, or of how it is asked, that asking again does not change. */
const OF_THE_MODEL = [
  'ModelNotAnswering',
  'ModelTooSlow',
  'ModelAnswerUnreadable',
  'OtherModelAnswered',
  'UnusableShapBaseline',
  'TooFewCalls',
];

/** Whether an error is an outcome of asking. */
export function isOfTheModel(error: unknown): error is Failure {
  return error instanceof Failure && OF_THE_MODEL.includes(error.code);
}

/** A model behind an endpoint, asked by requests of some rows each. */
export class AskedModel {
  /** those that were sent, again or not */
  requests = 0;
  /** rows that are asked about at once */
  readonly batchSize: number;

  constructor(
    private readonly settings: ExplanationSettings,
    private readonly isOver: () => boolean,
    private readonly ownCalls?: OwnCalls,
  ) {
    const { request, recordsPerRequest } = settings.model;
    this.batchSize = hasOneRecord(request) ? 1 : recordsPerRequest;
  }

  /** The scores of each row, asked for in as many requests as their bytes need. */
  async predict(rows: readonly FeatureRow[]): Promise<number[][]> {
    const { model, headers } = this.settings;
    const body = requestBody(rows, model.request, headers);
    if (rows.length > 1 && Buffer.byteLength(body) > REQUEST_BYTES) {
      const half = Math.ceil(rows.length / 2);
      return [...(await this.predict(rows.slice(0, half))), ...(await this.predict(rows.slice(half)))];
    }
    return this.scores(await this.answer(body), rows.length);
  }

  private answer(body: string): Promise<EndpointAnswer> {
    const { endpointName, request, accept, customAttributes, targetsVariant, variant } = this.settings.model;
    const { contentType } = request;
    const { ownCalls } = this;
    const onRequest = () => {
      this.requests += 1;
    };
    const asked = { endpointName, body, contentType, accept, customAttributes };
    return askEndpoint(targetsVariant ? { ...asked, targetVariant: variant } : asked, {
      isOver: this.isOver,
      onRequest,
      signed: ownCalls && ((each) => ownCalls.signed(each)),
    });
  }

  private scores(answer: EndpointAnswer, count: number): number[][] {
    const { endpointName, variant, scores: place, accept, request } = this.settings.model;
    if (variant !== undefined && answer.variant !== undefined && answer.variant !== variant) {
      throw new Failure(
        'OtherModelAnswered',
        `the endpoint ${endpointName} answered by the model ${answer.variant}, and the baseline is of ${variant}: a deployment is under way, or somebody else has changed the endpoint; run the window again`,
      );
    }
    const { body, contentType } = answer;
    const isKnown = contentType !== undefined && /csv|json/.test(contentType);
    const read = readScores(
      { body, contentType: isKnown ? contentType : (accept ?? request.contentType) },
      count,
      place,
    );
    if ('scores' in read) return read.scores;
    throw new Failure(
      'ModelAnswerUnreadable',
      `the endpoint ${endpointName} answered text like ${shapeOf(body)}${contentType === undefined ? '' : ` (${shownText(contentType)})`}: ${read.problem}; say where scores stand by 'prediction' or 'probability' of the analysis, and how requests are written by its predictor`,
    );
  }
}
