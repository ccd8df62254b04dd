import type { PrefixLocation } from '../../../core/contract';
import type { RunWindow } from '../../../outcome/run-times';
import { mapConcurrently } from '../../../runtime/concurrency';
import { jsonOf, type ListedObject, listObjects, readText, s3Uri } from '../../../runtime/s3';
import { hourPrefixes } from '../captured-keys';
import type { TransformSettings } from '../contract';
import { NotReadLog } from '../objects-not-read';
import { type PlannedObject, planned } from '../plan-items';
import { commonPrefix, listsFolder, namedObjects } from '../transform-lists';
import type { FoundObjects } from './captured-objects';

/** Requests under way at once. */
const REQUESTS = 16;

/** Bytes of a list: more names than one plan holds. It is read whole. */
const LIST_BYTES = 32 * 1024 * 1024;

/**
 * The objects that transform jobs read, or wrote, in a window: those that the lists of its hours name, each once. What a list names and is not there, or
 * lies elsewhere than the monitor was told, is counted, and so is a list that is none.
 */
export async function transformedObjects(
  capture: PrefixLocation,
  { side, data }: TransformSettings,
  window: RunWindow,
): Promise<FoundObjects> {
  const folders = hourPrefixes([listsFolder(capture, side)], window);
  const lists = await mapConcurrently(folders, REQUESTS, (folder) => listObjects(capture, folder));
  const log = new NotReadLog();
  const found = await mapConcurrently(lists.flat(), REQUESTS, (list) => objectsOf(list, data, log));
  const objects = new Map(found.flat().map((object) => [object.key, object]));
  return { objects: [...objects.values()], notRead: log.found };
}

async function objectsOf(list: ListedObject, data: PrefixLocation, log: NotReadLog): Promise<PlannedObject[]> {
  if (list.size > LIST_BYTES) {
    log.add('list-too-long', s3Uri(list));
    return [];
  }
  const named = namedObjects(jsonOf(await readText(list)), data);
  if (!named) {
    log.add('no-list', s3Uri(list));
    return [];
  }
  for (const address of named.elsewhere) log.add('elsewhere', address);
  return there(named.keys, data, log);
}

/** With their sizes, by a listing of what their keys have in common. Objects without a byte are not listed. */
async function there(keys: readonly string[], data: PrefixLocation, log: NotReadLog): Promise<PlannedObject[]> {
  if (keys.length === 0) return [];
  const listed = await listObjects(data, commonPrefix(keys));
  const objects = new Map(listed.map((object) => [object.key, planned(object)]));
  return keys.flatMap((key) => {
    const object = objects.get(key);
    if (object) return [object];
    log.add('missing-or-empty', s3Uri({ ...data, key }));
    return [];
  });
}
