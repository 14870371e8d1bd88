import type { IModelVersion } from '../../api/types.ts';
import { versionNamed } from '../../product/versions/reference.ts';
import { Refused } from '../command.ts';

/** Which version `fraud-3`, `fraud@3` or `mver/fraud-3` means. @throws Refused if there is none. */
export function findVersion(words: string, versions: readonly IModelVersion[]): IModelVersion {
  const name = versionNamed(words.replace(/^(mver|modelversions?)(\.flyball\.dev)?\//, ''));
  const found = versions.find(({ metadata }) => metadata?.name === name);
  if (found !== undefined) return found;
  throw new Refused(`there is no ModelVersion "${name}" in this namespace; name one as fraud-3 or fraud@3`);
}
