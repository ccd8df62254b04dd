import type { ObjectLocation } from '../../core/contract';
import { Failure } from '../failure';
import { s3Uri } from './address';
import { readText, readTextIfExists, readVersionIfKept } from './reading';

/** The JSON of an object; its shape is the caller's claim. Throws `MalformedJson`, naming the object, if it is none. */
export async function readJson<T>(address: ObjectLocation): Promise<T> {
  return parseJson<T>(await readText(address), address);
}

/** The JSON of an object, or undefined where there is none. */
export async function readJsonIfExists<T>(address: ObjectLocation): Promise<T | undefined> {
  const text = await readTextIfExists(address);
  return text === undefined ? undefined : parseJson<T>(text, address);
}

/** As {@link readJsonIfExists}, of an object that nobody expects to be missing. */
export async function readJsonIfKept<T>(address: ObjectLocation): Promise<T | undefined> {
  const object = await readVersionIfKept(address);
  return object && parseJson<T>(object.text, address);
}

/** The JSON of an object's text; its shape is the caller's claim. Throws `MalformedJson`, naming the object, if it is none. */
export function parseJson<T>(text: string, address: ObjectLocation): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    const what = `${s3Uri(address)} is no JSON: ${jsonFault(text)}; write it anew, or move it away`;
    throw new Failure('MalformedJson', what); // without its cause, whose words are an excerpt of the text
  }
}

/** The value of a text of JSON; undefined where it is none, for whoever has an answer to that. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a text is no JSON, without a word of it: what lies in the place of a file may be data of people. */
function jsonFault(text: string): string {
  if (text.trim() === '') return 'it is empty';
  if (!/^\s*[{[]/.test(text)) return 'it begins with neither { nor [';
  if (!/[}\]]\s*$/.test(text)) return 'it ends before its last bracket, as a file that was cut off';
  return 'its brackets, quotes, commas and colons do not fit together';
}
