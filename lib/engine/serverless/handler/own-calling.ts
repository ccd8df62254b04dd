import { randomBytes } from 'node:crypto';
import type { OwnCallSettings } from '../../../baseline/contract';
import { Failure } from '../../../runtime/failure';
import type { EndpointRequest } from '../../../runtime/model-endpoint';
import { writeContent } from '../../../runtime/s3';
import { inferenceIdOf, LONGEST_RUN, OWN_CALL_ATTRIBUTE, type OwnCallRun, runLocation } from '../own-calls';

const KEY_BYTES = 32;
/** Of which 16 characters are made. */
const RUN_BYTES = 12;

const SECOND = 1000;

/** How a run asks an endpoint that has traffic of its own. */
interface Calling extends OwnCallSettings {
  /** calls that it may make */
  readonly limit: number;
}

/**
 * Calls of a run to an endpoint that has traffic of its own: each is signed, none is made before its turn, and no more than may be. Who reads the captured data finds
 * the key of the run in its note, which is there before the first call.
 */
export class OwnCalling {
  /** Begins a run: from now on its calls are known as such. */
  static async begin(calling: Calling): Promise<OwnCalling> {
    const begin = new Date();
    const own = new OwnCalling(calling, {
      version: '1',
      run: randomBytes(RUN_BYTES).toString('base64url'),
      key: randomBytes(KEY_BYTES).toString('hex'),
      begin: begin.toISOString(),
      end: new Date(begin.getTime() + LONGEST_RUN).toISOString(),
      calls: calling.limit,
    });
    await own.note(own.run);
    return own;
  }

  private made = 0;
  /** when the next call may be made, in milliseconds since 1970 */
  private turn = 0;

  private constructor(
    private readonly calling: Calling,
    private readonly run: OwnCallRun,
  ) {}

  /** Waits for the turn of a request, and gives it the identifier of a call. Throws `TooFewCalls` where there is none left. */
  async signed(request: EndpointRequest): Promise<EndpointRequest> {
    const number = this.made;
    if (number >= this.calling.limit) throw noneLeft(this.calling.limit);
    this.made += 1;
    await this.ownTurn();
    const { customAttributes: given, body } = request;
    const customAttributes = given === undefined ? OWN_CALL_ATTRIBUTE : `${OWN_CALL_ATTRIBUTE},${given}`;
    return { ...request, customAttributes, inferenceId: inferenceIdOf(this.run, number, body) };
  }

  /** Ends the run: no call that comes later is one of its own. */
  async end(): Promise<void> {
    await this.note({ ...this.run, end: new Date().toISOString(), calls: this.made });
  }

  private async ownTurn(): Promise<void> {
    const now = Date.now();
    const turn = Math.max(now, this.turn);
    this.turn = turn + SECOND / this.calling.callsPerSecond;
    if (turn > now) await new Promise((resolve) => setTimeout(resolve, turn - now));
  }

  private async note(run: OwnCallRun): Promise<void> {
    await writeContent(runLocation(this.calling.ledger, run), JSON.stringify(run));
  }
}

const noneLeft = (limit: number) =>
  new Failure(
    'TooFewCalls',
    `the ${limit} calls that the run may make to the monitored endpoint are spent: requests were made again, or had to be small; let the analysis explain fewer records (recordCount) by fewer samples (sampleCount), or the predictor make more calls (maxCallsPerRun, trafficShare)`,
  );
