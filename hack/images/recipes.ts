/** What each image is made of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureBinaries } from '../cluster/binaries.ts';
import { run } from '../cluster/command.ts';
import { debian, files, python, pythonPackages, type Layer } from './layer.ts';

const repository = resolve(import.meta.dirname, '..', '..');

export interface Recipe {
  /** From the bottom up; images that begin with the same layers share them. */
  readonly layers: readonly Layer[];
  readonly entrypoint: readonly string[];
  readonly workingDirectory: string;
  readonly env: Readonly<Record<string, string>>;
}

export const imageNames = ['workload', 'gang', 'prometheus', 'operator'] as const;
/** Servers of other projects, which only tests need: they are made when they are named. */
export const thirdPartyNames = ['mlserver'] as const;
export type ImageName = (typeof imageNames)[number] | (typeof thirdPartyNames)[number];

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };

/** The tag of all images: the project's version. */
export const version = manifest.version;

/** What an image is made of. Bundles the operator first where it is part of the image. */
export async function recipeOf(name: ImageName): Promise<Recipe> {
  switch (name) {
    case 'workload':
      return pythonProgram('examples/workload');
    case 'gang':
      return pythonProgram('examples/gang');
    case 'mlserver':
      return pythonProgram('test/e2e/outcomes/mlserver');
    case 'prometheus':
      return prometheus();
    case 'operator':
      await run(process.execPath, [join(repository, 'hack/build.ts')], { directory: repository });
      return operator();
  }
}

function pythonProgram(folder: string): Recipe {
  const sources = readdirSync(join(repository, folder)).filter((name) => name.endsWith('.py'));
  return {
    layers: [
      debian(
        ['python3', 'libgomp1', 'libstdc++6'],
        ['usr/bin/python3', 'usr/bin/python3.11', 'usr/lib/python3', 'usr/lib/python3.11'],
      ),
      python(`${folder}/requirements.txt`),
      files(`sources of ${folder}`, 0o644, { '/app': sources.sort().map((name) => `${folder}/${name}`) }),
    ],
    entrypoint: ['/usr/bin/python3'],
    workingDirectory: '/app',
    env: {
      PATH: '/usr/bin',
      PYTHONPATH: pythonPackages,
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      // One thread computes at a time in these small programs; pools of them only cost memory.
      OMP_NUM_THREADS: '1',
      OPENBLAS_NUM_THREADS: '1',
      MALLOC_ARENA_MAX: '2',
    },
  };
}

async function prometheus(): Promise<Recipe> {
  const binaries = await ensureBinaries(['prometheus']);
  return {
    layers: [debian([], []), files('Prometheus', 0o755, { '/bin': [binaries.prometheus] })],
    entrypoint: ['/bin/prometheus'],
    workingDirectory: '/tmp',
    env: { PATH: '/bin' },
  };
}

/**
 * A young generation of 4 MiB instead of 16: a burst of 1,000 runs then takes a quarter less memory and no more time. One arena for
 * all threads: they hold on to what they free, and only one of them allocates much.
 */
export const memoryVariables = { NODE_OPTIONS: '--max-semi-space-size=4', MALLOC_ARENA_MAX: '1' };

function operator(): Recipe {
  return {
    layers: [
      debian(['libstdc++6', 'libgcc-s1'], []),
      files('Node', 0o755, { '/usr/local/bin': ['node_modules/node/bin/node'] }),
      files('the operator', 0o644, { '/app': ['dist/flyball.mjs'], '/app/flyball': piecesOf('dist/flyball') }),
    ],
    entrypoint: ['/usr/local/bin/node', '/app/flyball.mjs'],
    workingDirectory: '/app',
    env: { PATH: '/usr/local/bin', NODE_ENV: 'production', ...memoryVariables },
  };
}

/** What the bundle loads when it is needed. */
function piecesOf(folder: string): readonly string[] {
  const names = readdirSync(join(repository, folder)).filter((name) => name.endsWith('.mjs'));
  return names.sort().map((name) => `${folder}/${name}`);
}
