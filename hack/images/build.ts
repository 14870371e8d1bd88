/**
 * Builds the project's container images without a registry and without Docker: Debian and Python packages by their own
 * clients, OCI images by umoci and skopeo. Containerfiles beside the sources make the same images where Docker is.
 *
 * Each stack of layers is cached, so that a change of an image's own sources costs seconds.
 *
 *   node hack/images/build.ts [workload|gang|prometheus|operator|storage|mlserver …]
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../cluster/binaries.ts';
import { run } from '../cluster/command.ts';
import { ensurePackages } from '../cluster/packages.ts';
import { during, say } from '../cluster/progress.ts';
import { imageNames, recipeOf, thirdPartyNames, version, type ImageName, type Recipe } from './recipes.ts';
import { user, type Layer } from './layer.ts';

/** An image in an OCI archive, which names it by its reference. */
export interface Image {
  readonly reference: string;
  readonly archive: string;
}

const tools = [
  { name: 'mmdebstrap', file: 'mmdebstrap' },
  { name: 'umoci', file: 'umoci' },
  { name: 'skopeo', file: 'skopeo' },
  { name: 'python3-pip', file: 'pip3' },
];

/** Files of layers bear this time, so that the same inputs give the same digest. */
const epoch = { SOURCE_DATE_EPOCH: '0' };

const keyOf = (parts: readonly string[]) => createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
/** A change of these must reach pods that are there, and a node asks for another tag only. */
const taggedByContents: readonly ImageName[] = ['operator', 'storage'];
const cache = () => join(cacheDirectory(), 'images');

/** Returns an image's archive, making it first if its inputs changed. Prints a line for each layer that it makes. */
export async function buildImage(name: ImageName): Promise<Image> {
  const recipe = await recipeOf(name);
  const settings = JSON.stringify({ ...recipe, layers: undefined, user });
  const key = keyOf([...recipe.layers.map((layer) => layer.key), settings]);
  const reference = `localhost/flyball/${name}:${taggedByContents.includes(name) ? `${version}-${key}` : version}`;
  const directory = join(cache(), `${name}-${key}`);
  const archive = join(directory, 'image.tar');
  if (existsSync(archive)) return { reference, archive };
  await ensurePackages(tools);
  const below = await stack(recipe.layers);
  const started = Date.now();
  const pack = async (draft: string) => {
    const layout = join(draft, 'layout');
    cpSync(below, layout, { recursive: true });
    await configure(`${layout}:image`, recipe);
    await run('skopeo', [
      'copy',
      '--quiet',
      `oci:${layout}:image`,
      `oci-archive:${join(draft, 'image.tar')}:${reference}`,
    ]);
    rmSync(layout, { recursive: true });
  };
  await during(`packing the image ${name}`, () => made(directory, pack));
  say(`built ${reference} in ${seconds(started)} s`);
  return { reference, archive };
}

async function configure(image: string, recipe: Recipe): Promise<void> {
  const options = {
    'config.user': [`${user}:${user}`],
    'config.workingdir': [recipe.workingDirectory],
    'config.entrypoint': recipe.entrypoint,
    'config.env': Object.entries(recipe.env).map(([key, value]) => `${key}=${value}`),
  };
  const flags = Object.entries(options).flatMap(([flag, values]) => values.flatMap((value) => [`--${flag}`, value]));
  await run('umoci', ['config', '--image', image, '--history.created', '1970-01-01T00:00:00Z', ...flags]);
}

/** The OCI layout that has an image of these layers, from the cache as far down as it goes. */
async function stack(layers: readonly Layer[]): Promise<string> {
  const layer = layers.at(-1);
  const layout = join(cache(), `stack-${keyOf(layers.map(({ key }) => key))}`);
  if (existsSync(layout)) return layout;
  if (layer === undefined) {
    await made(layout, async (draft) => {
      rmSync(draft, { recursive: true });
      await run('umoci', ['init', '--layout', draft]);
      await run('umoci', ['new', '--image', `${draft}:image`]);
    });
    return layout;
  }
  const below = await stack(layers.slice(0, -1));
  const started = Date.now();
  say(`  ${layer.title} …`);
  await during(layer.title, () =>
    made(layout, async (draft) => {
      cpSync(below, draft, { recursive: true });
      await addLayer(draft, below, layer);
    }),
  );
  say(`  ${layer.title}: ${seconds(started)} s`);
  return layout;
}

async function addLayer(layout: string, below: string, layer: Layer): Promise<void> {
  const work = mkdtempSync(join(cache(), 'work-'));
  try {
    const contents = join(work, 'contents');
    const root = join(work, 'root');
    mkdirSync(contents);
    await layer.fill(contents, async () => {
      await run('umoci', ['raw', 'unpack', '--rootless', '--image', `${below}:image`, root]);
      return root;
    });
    const tar = join(work, 'layer.tar');
    const same = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=@0'];
    await run('tar', ['-C', contents, ...same, '-cf', tar, '.']);
    await run(
      'umoci',
      ['raw', 'add-layer', '--image', `${layout}:image`, '--history.created', '1970-01-01T00:00:00Z', tar],
      { env: epoch },
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes a folder of the cache that appears whole or not at all, also when two runs make it at once. */
async function made(directory: string, make: (draft: string) => Promise<void>): Promise<void> {
  mkdirSync(cache(), { recursive: true });
  const draft = mkdtempSync(join(cache(), 'draft-'));
  try {
    await make(draft);
    if (!existsSync(directory)) renameSync(draft, directory);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const seconds = (since: number) => Math.round((Date.now() - since) / 1000);

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  const all = [...imageNames, ...thirdPartyNames];
  const unknown = wanted.filter((name) => !(all as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`no image is called ${unknown.join(', ')}: choose from ${all.join(', ')}`);
  const names = wanted.length === 0 ? imageNames : all.filter((name) => wanted.includes(name));
  for (const name of names) {
    const image = await buildImage(name);
    console.log(`${image.reference} ${image.archive}`);
  }
}
