/** What a run keeps in stores, as far as versions tell: nobody lists a store, which would take its credentials. */
import { keyOf, uidOf } from '../../api/resource.ts';
import { defined } from '../../api/defined.ts';
import type { ITrainingRun } from '../../api/types.ts';
import { isRemote } from '../../storage/index.ts';
import type { ProductObjects } from '../objects.ts';
import { type Reference, referencesTo } from './references.ts';

/** A model of a run that lies in a store. */
export interface RemoteArtifact {
  readonly uri: string;
  readonly version: string;
  readonly digest?: string;
  /** As it was measured when it was saved. */
  readonly bytes?: number;
  readonly isOfEarlierRun: boolean;
  readonly references: readonly Reference[];
}

/** The newest last. */
export function remoteArtifactsOf(run: ITrainingRun, objects: ProductObjects): RemoteArtifact[] {
  return objects.versions
    .filter(({ spec }) => spec.trainingRun === keyOf(run).name && isRemote(spec.uri ?? ''))
    .toSorted((one, other) => one.spec.number - other.spec.number)
    .map((version): RemoteArtifact => {
      const { uri = '', digest, size, number, trainingRunUID = '' } = version.spec;
      return defined<RemoteArtifact>({
        uri,
        version: keyOf(version).name,
        digest,
        bytes: size,
        isOfEarlierRun: trainingRunUID !== uidOf(run),
        references: referencesTo(run, objects, { number, runUID: trainingRunUID }, uri),
      });
    });
}

/** Where in stores it writes by now; what attempts without a version left there, nobody knows. */
export function storesOf({ spec }: ITrainingRun): string[] {
  return [spec.output?.uri, spec.checkpoint?.uri].flatMap((uri) => (uri !== undefined && isRemote(uri) ? [uri] : []));
}
