/** Whether a version was trained again. */
import { keyOf, uidOf } from '../../api/resource.ts';
import type { IModelVersion, ITrainingRun } from '../../api/types.ts';
import { type Compared, compared } from './compare.ts';
import { versionsOf } from './list.ts';

export type Replayed =
  /** There is nothing to compare with. */
  | { readonly type: 'Unknown'; readonly message: string }
  | {
      readonly type: 'Same' | 'Different';
      readonly message: string;
      /** The version that was compared. */
      readonly version: string;
      readonly differences: readonly Compared[];
    };

/** Compares the newest version of a run with the one that it was to make again. */
export function replayed(version: IModelVersion, run: ITrainingRun, versions: readonly IModelVersion[]): Replayed {
  const { name } = keyOf(version);
  // A run of that name that was deleted made its versions of another recipe.
  const own = versions.filter(({ spec }) => (spec.trainingRunUID ?? uidOf(run)) === uidOf(run));
  const [made] = versionsOf(keyOf(run).name, own);
  if (made === undefined) return { type: 'Unknown', message: withoutVersion(run) };
  const differences = compared(version, made).filter((one) => !one.isSame && !isOtherName(one, version, made));
  const at = { version: keyOf(made).name, differences };
  const [before, after] = [version.spec.digest, made.spec.digest];
  if (before !== undefined && before === after) {
    return { ...at, type: 'Same', message: `${at.version} is the same model as ${name}: ${before}` };
  }
  if (before === undefined || after === undefined) {
    const which = [before === undefined ? name : '', after === undefined ? at.version : ''].filter((one) => one !== '');
    const message = `${which.join(' and ')} reported no digest of its model, so nobody knows whether it is the same`;
    return { ...at, type: 'Different', message };
  }
  const causes = differences.filter(({ section }) => section !== 'model' && section !== 'metrics');
  const message =
    causes.length > 0
      ? `${at.version} is another model than ${name}, and was not made from the same`
      : `${at.version} is another model than ${name}, though all that is recorded of what it was made from is the same: ` +
        'the training is not deterministic, as with threads, kernels of accelerators, the time or the order of files';
  return { ...at, type: 'Different', message };
}

/** A replay names its image by the digest that the node told of the other. */
function isOtherName({ section, name }: Compared, one: IModelVersion, other: IModelVersion): boolean {
  const isSameImage = one.spec.imageDigest !== undefined && one.spec.imageDigest === other.spec.imageDigest;
  return section === 'code' && name === 'image' && isSameImage;
}

function withoutVersion({ metadata, status }: ITrainingRun): string {
  const newest = status?.attempts?.at(-1);
  const name = `TrainingRun "${metadata?.name}"`;
  if (newest === undefined) return `${name} has begun no attempt yet`;
  if (newest.verdict === undefined) return `${newest.name} of ${name} still runs`;
  return `${name} has registered no version: ${newest.name} ended as ${newest.verdict}, ${newest.message ?? ''}`;
}
