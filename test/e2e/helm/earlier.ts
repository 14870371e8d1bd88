/** The chart and the images that people have before they upgrade. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { run } from '../../../hack/cluster/command.ts';
import { during } from '../../../hack/cluster/progress.ts';
import type { Image } from '../../../hack/images/build.ts';
import type { Packaged } from './release.ts';

const repository = resolve(import.meta.dirname, '../../..');
/** Whatever of the repository reaches a cluster by the chart. */
const parts = ['charts/flyball', 'src'];
const names = ['operator', 'storage'] as const;

export interface Earlier {
  readonly commit: string;
  readonly chart: string;
  readonly images: readonly Image[];
}

/**
 * The commit before the last one that changed the chart or the operator, or the last one where the working tree changes them: none is
 * released, so that is what was there before. Both images are built of that commit's sources, with the packages that are installed
 * here: what differs of those is less than a download of the old ones costs.
 */
export async function buildEarlier(folder: string): Promise<Earlier> {
  const git = (...args: readonly string[]) => run('git', args, { directory: repository });
  const isChanged = (await git('status', '--porcelain', '--', ...parts)) !== '';
  const [last = ''] = (await git('log', '-1', '--first-parent', '--format=%H', '--', ...parts)).split('\n');
  const commit = isChanged ? last : (await git('rev-parse', `${last}^`)).trim();
  const sources = join(folder, 'sources');
  mkdirSync(sources);
  const archive = join(folder, 'sources.tar');
  await git('archive', '--output', archive, commit);
  await run('tar', ['-C', sources, '-xf', archive]);
  symlinkSync(join(repository, 'node_modules'), join(sources, 'node_modules'));
  const said = await during(`building the images of ${commit.slice(0, 8)}`, () =>
    run(process.execPath, ['hack/images/build.ts', ...names], { directory: sources }),
  );
  const images = names.map((name) => imageOf(name, said));
  return { commit, chart: join(sources, 'charts/flyball'), images };
}

/** What `hack/images/build.ts` printed of an image. */
function imageOf(name: string, said: string): Image {
  const line = said.split('\n').find((each) => each.startsWith(`localhost/flyball/${name}:`));
  const [reference, archive] = line?.split(' ') ?? [];
  if (reference === undefined || archive === undefined) throw new Error(`no image ${name} was built: ${said}`);
  return { reference, archive };
}

/** A chart with the operator's image and that of storage, as Helm takes them. */
export function packaged(chart: string, [operator, storage]: readonly Image[]): Packaged {
  const assignments = [
    ...assignmentsOf('image', operator?.reference ?? ''),
    ...assignmentsOf('storage.image', storage?.reference ?? ''),
  ];
  return { chart, images: ['--set', assignments.join(',')] };
}

function assignmentsOf(value: string, reference: string): readonly string[] {
  const [repository_, tag] = reference.split(/:(?=[^:]+$)/);
  return [`${value}.repository=${repository_}`, `${value}.tag=${tag}`];
}
