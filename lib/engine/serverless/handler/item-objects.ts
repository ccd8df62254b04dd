import type { SizedObject } from '../../../runtime/s3';
import type { PlannedItem } from '../contract';

/** All objects that an item reads. */
export function objectsOf(item: PlannedItem): readonly SizedObject[] {
  return 'extracts' in item ? item.extracts.flatMap(({ objects }) => objects) : item.objects;
}
