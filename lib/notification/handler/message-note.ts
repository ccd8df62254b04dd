import { randomUUID } from 'node:crypto';
import type { ObjectLocation } from '../../core/contract';
import { Failure, nameOf, wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { contended, readVersion, s3Uri, WRITE_ROUNDS, writeJsonInPlaceOf } from '../../runtime/s3';
import { DIGEST_SECONDS } from '../contract';

/** What is noted beside a report of the message about its outcome to one topic: before it is sent, so that two do not send it at once, and when it is. */
interface MessageNote {
  /** the outcome */
  readonly about: string;
  /** known to its writer alone, who may not get the answer */
  readonly token: string;
  /** epoch milliseconds */
  readonly begun: number;
  /** absent until it is sent */
  readonly messageId?: string;
}

/** A note that one has written, and which version of its object that was. */
interface OwnNote {
  readonly note: MessageNote;
  readonly version: string;
}

/** What is to be sent, and where that is noted. */
export interface NotedMessage {
  readonly location: ObjectLocation;
  /** what tells its outcome from others */
  readonly about: string;
  /** returns the id of the message */
  readonly send: () => Promise<string>;
}

/**
 * Sends a message unless it was sent; returns its id then. Throws `MessageUnderWay` while somebody else may be sending it, to be tried again.
 *
 * Whoever ends between sending and noting leaves it to be sent once more: a message too many, and not one too few. So does a note that cannot be written.
 */
export async function sendOnce({ location, about, send }: NotedMessage): Promise<string | undefined> {
  const begun = await begin(location, about);
  if (begun === 'sent') return undefined;
  const messageId = await send();
  if (begun !== 'not noted') await noteSent(location, begun, messageId);
  return messageId;
}

async function begin(location: ObjectLocation, about: string): Promise<OwnNote | 'sent' | 'not noted'> {
  try {
    return (await taken(location, { about, token: randomUUID(), begun: Date.now() })) ?? 'sent';
  } catch (error) {
    if (nameOf(error) !== 'AccessDenied') throw error;
    log('not noted', { note: s3Uri(location), reason: wordsOf(error) }); // a bucket of others may only let us read
    return 'not noted';
  }
}

/** Writes a note in place of none, of another outcome's, or of one whose writer has ended; undefined where the message was sent. */
async function taken(location: ObjectLocation, note: MessageNote): Promise<OwnNote | undefined> {
  let inPlaceOf: string | undefined;
  for (let round = 0; round < WRITE_ROUNDS; round++) {
    const version = await writeJsonInPlaceOf(location, inPlaceOf, note);
    if (version) return { note, version };
    const found = await readVersion(location);
    const other = noteIn(found.text);
    if (other?.token === note.token) return { note, version: found.etag }; // it was written, and the answer lost
    if (other?.about === note.about) {
      if (other.messageId !== undefined) return undefined;
      refuseHeld(other);
    }
    inPlaceOf = found.etag;
  }
  throw contended(location);
}

function refuseHeld({ begun }: MessageNote): void {
  if (Date.now() >= begun + DIGEST_SECONDS.held * 1000) return;
  throw new Failure(
    'MessageUnderWay',
    'somebody else is sending this message; it is looked at again when that is over',
  );
}

async function noteSent(location: ObjectLocation, { note, version }: OwnNote, messageId: string): Promise<void> {
  try {
    let current: string | undefined = version;
    for (let round = 0; current !== undefined && round < WRITE_ROUNDS; round++) {
      if (await writeJsonInPlaceOf(location, current, { ...note, messageId })) return;
      const found = await readVersion(location);
      current = noteIn(found.text)?.token === note.token ? found.etag : undefined;
    }
  } catch (error) {
    log('not noted', { note: s3Uri(location), messageId, reason: wordsOf(error) }); // to fail would send it again at once
  }
}

/** What lies there and is none says nothing: it is written over. */
function noteIn(text: string): MessageNote | undefined {
  try {
    const note: unknown = JSON.parse(text);
    return typeof (note as MessageNote | null)?.token === 'string' ? (note as MessageNote) : undefined;
  } catch {
    return undefined;
  }
}
