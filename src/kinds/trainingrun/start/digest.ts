import { canonicalJSON } from '../../../domain/canonical.ts';
import { textDigest } from '../../../domain/digest.ts';

/** `sha256:` and the hash of the recipe's canonical JSON. An operator that knows more fields digests older recipes the same. */
export function recipeDigest(recipe: object): string {
  return textDigest(canonicalJSON(recipe));
}
