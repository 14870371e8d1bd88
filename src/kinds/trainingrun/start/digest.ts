import { createHash } from 'node:crypto';
import { canonicalJSON } from '../../../domain/canonical.ts';

/** `sha256:` and the hash of the recipe's canonical JSON. An operator that knows more fields digests older recipes the same. */
export function recipeDigest(recipe: object): string {
  return textDigest(canonicalJSON(recipe));
}

/** `sha256:` and the hash of a text. */
export function textDigest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
