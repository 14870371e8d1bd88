/** Where the model of an attempt goes, and who brings it there. */
import { isGang, type Recipe } from '../../../../domain/recipe.ts';
import { isRemote, under } from '../../../../storage/index.ts';
import { outputFolder } from '../../attempt/names.ts';
import type { Snapshot } from '../../start/snapshot.ts';

/**
 * Mounted: `main` writes to where it stays. Saved: what `main` has left is uploaded when it has ended. Uploaded: `main` does so itself.
 */
export type Delivery = 'None' | 'Mounted' | 'Saved' | 'Uploaded';

export function deliveryOf({ output }: Pick<Recipe, 'output'>): Delivery {
  if (output === undefined) return 'None';
  if (!isRemote(output.uri)) return 'Mounted';
  return output.by === 'Container' ? 'Uploaded' : 'Saved';
}

/**
 * By whose UID the folder of an upload is named: each pod has one of its own, so that a pod that was given up and still uploads never meets
 * the one that came after it. Pods of a gang that upload by themselves write to one together, which is their Job's.
 */
export function uploaderOf(recipe: Recipe): 'Pod' | 'Job' {
  return deliveryOf(recipe) === 'Uploaded' && isGang(recipe) ? 'Job' : 'Pod';
}

/**
 * The URI of the model of an attempt; undefined if it goes nowhere.
 * @param uploader the UID of what has brought it there.
 */
export function outputURI(run: string, snapshot: Snapshot, uploader: string | undefined): string | undefined {
  const { output } = snapshot.recipe;
  const folder = output && under(output.uri, outputFolder(run, snapshot));
  if (folder === undefined || deliveryOf(snapshot.recipe) === 'Mounted') return folder;
  return uploader === undefined ? undefined : under(folder, uploader);
}
