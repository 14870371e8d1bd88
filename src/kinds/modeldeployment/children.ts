import { label, managedSelector } from '../../api/labels.ts';
import type { Key, Kind, Resource } from '../../api/resource.ts';
import { keyOf, uidOf } from '../../api/resource.ts';
import type { Action, Watch } from '../../controller.ts';

/**
 * A watch of objects that bear the name of their ModelDeployment in a label: its children, and the pods of those.
 * @param options `optional` for a kind that not every cluster serves.
 */
export function watchOf(kind: Kind, options: Pick<Watch, 'optional'> = {}): Watch {
  return { kind, labelSelector: managedSelector, parents: labelled, ...options };
}

function labelled({ metadata }: Resource): readonly Key[] {
  const name = metadata?.labels?.[label.modelDeployment];
  return name === undefined ? [] : [{ namespace: metadata?.namespace ?? '', name }];
}

/** Creates the child unless it is there: what is there is never applied again. */
export function created<R extends Resource>(kind: Kind<R>, object: R, existing: readonly R[]): readonly Action[] {
  const exists = existing.some((child) => keyOf(child).name === keyOf(object).name);
  return exists ? [] : [{ type: 'Create', kind, object }];
}

/** Deletes the child; garbage collection follows. */
export function deleted(kind: Kind, child: Resource): Action {
  return { type: 'Delete', kind, key: keyOf(child), uid: uidOf(child), propagation: 'Background' };
}

/** Whether it is on its way out already. */
export function isGoing({ metadata }: Resource): boolean {
  return metadata?.deletionTimestamp !== undefined;
}
