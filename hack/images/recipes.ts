/** What each image is made of. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
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

export const imageNames = ['workload', 'gang', 'prometheus', 'operator', 'storage'] as const;
/** Programs of other projects alone, which only tests need: they are made when they are named. */
export const thirdPartyNames = ['mlserver', 'training', 'torch', 'llamacpp', 'bentoml', 'clients'] as const;
export type ImageName = (typeof imageNames)[number] | (typeof thirdPartyNames)[number];

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };

/** The tag of all images: the project's version. */
export const version = manifest.version;

/** What an image is made of. Bundles what is ours of it first. */
export async function recipeOf(name: ImageName): Promise<Recipe> {
  switch (name) {
    case 'workload':
      return pythonProgram('examples/workload');
    case 'gang':
      return pythonProgram('examples/gang');
    case 'mlserver':
      return pythonProgram('test/e2e/outcomes/mlserver');
    case 'training':
      return training();
    case 'torch':
      return torch();
    case 'llamacpp':
      return started(pythonProgram('test/e2e/servers/llamacpp'), '/app/serve.py');
    case 'bentoml':
      return started(pythonProgram('test/e2e/servers/bentoml'), '-m', 'bentoml');
    case 'clients':
      return clients();
    case 'prometheus':
      return prometheus();
    case 'operator':
      await bundle();
      return operator();
    case 'storage':
      await bundle();
      return storage();
  }
}

let bundled: Promise<unknown> | undefined;

/** Once in a process: several images hold what it makes. */
function bundle(): Promise<unknown> {
  bundled ??= run(process.execPath, [join(repository, 'hack/build.ts')], { directory: repository });
  return bundled;
}

const pythonFiles = ['usr/bin/python3', 'usr/bin/python3.11', 'usr/lib/python3', 'usr/lib/python3.11'];

const pythonVariables = {
  PATH: '/usr/bin',
  PYTHONPATH: pythonPackages,
  PYTHONUNBUFFERED: '1',
  PYTHONDONTWRITEBYTECODE: '1',
  // One thread computes at a time in these small programs; pools of them only cost memory.
  OMP_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  MALLOC_ARENA_MAX: '2',
};

function pythonProgram(folder: string): Recipe {
  const sources = readdirSync(join(repository, folder)).filter((name) => name.endsWith('.py'));
  return {
    layers: [
      debian(['python3', 'libgomp1', 'libstdc++6'], pythonFiles),
      python(`${folder}/requirements.txt`),
      files(`sources of ${folder}`, 0o644, { '/app': sources.sort().map((name) => `${folder}/${name}`) }),
    ],
    entrypoint: ['/usr/bin/python3'],
    workingDirectory: '/app',
    env: pythonVariables,
  };
}

/** An image that is given no more than the arguments of its program. */
function started(recipe: Recipe, ...words: readonly string[]): Recipe {
  return { ...recipe, entrypoint: [...recipe.entrypoint, ...words] };
}

/** The clients of other projects by which the tests ask servers, on top of the layers of `workload`. */
function clients(): Recipe {
  const workload = pythonProgram('examples/workload');
  return {
    ...workload,
    layers: [...workload.layers.slice(0, 2), python('test/e2e/servers/clients/requirements.txt')],
    workingDirectory: '/tmp',
  };
}

/** What a stock image of JAX, scikit-learn, XGBoost and LightGBM has, on top of the layers of `gang`, with a shell. */
function training(): Recipe {
  return {
    layers: [
      ...pythonProgram('examples/gang').layers.slice(0, 2),
      python('hack/images/training/requirements.txt'),
      shell(),
    ],
    entrypoint: [],
    workingDirectory: '/tmp',
    env: { ...pythonVariables, PATH: '/usr/bin:/bin' },
  };
}

/** A layer less some of its files. */
function without(layer: Layer, paths: readonly string[]): Layer {
  return {
    title: layer.title,
    key: [layer.key, ...paths].join(' '),
    async fill(directory, below) {
      await layer.fill(directory, below);
      for (const path of paths) rmSync(join(directory, path), { recursive: true, force: true });
    },
  };
}

/** What people's commands are written with, in stock images of Debian. */
function shell(): Layer {
  return debian(['coreutils', 'dash', 'sed'], ['bin/sh', 'bin/dash', 'bin/cat', 'bin/sed', 'bin/sleep', 'usr/bin/tee']);
}

/** What a stock image of PyTorch has: Debian's, for processors alone, and accelerate. */
function torch(): Recipe {
  const libraries = `usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  // Libraries that lie beside the folder of the others.
  const elsewhere = [
    'libarmadillo.so.11',
    'libarmadillo.so.11.4.2',
    'libdfalt.so.0',
    'libdfalt.so.0.0.0',
    'libgloo.so.0',
    'libgloo.so.0.5.0',
    'libmfhdfalt.so.0',
    'libmfhdfalt.so.0.0.0',
    'libogdi.so.4.1',
  ].map((name) => `usr/lib/${name}`);
  // Of graphics, by way of OpenCV: PyTorch loads none of them, and they are a quarter of the image.
  const graphics = ['libLLVM-15.so.1', 'libz3.so.4', 'libmfxhw64.so.1.35', 'dri', 'mfx'];
  return {
    layers: [
      without(
        debian(['python3-torch', 'libgomp1'], [...pythonFiles, 'usr/bin/torchrun', ...elsewhere]),
        graphics.map((name) => `${libraries}/${name}`),
      ),
      python('hack/images/torch/requirements.txt'),
      shell(),
    ],
    entrypoint: [],
    workingDirectory: '/tmp',
    env: {
      ...pythonVariables,
      PATH: '/usr/bin:/bin',
      // Where Debian's packages would link them, had their scripts run.
      LD_LIBRARY_PATH: `/${libraries}/blas:/${libraries}/lapack`,
      // Debian's torchrun takes nothing for "redirect nothing" under its Python 3.11, but it takes a process that there is not.
      PET_REDIRECTS: '9:1',
      PET_TEE: '9:1',
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

/** What the operator and the containers that move artifacts run on. */
const node = () => [
  debian(['libstdc++6', 'libgcc-s1'], []),
  files('Node', 0o755, { '/usr/local/bin': ['node_modules/node/bin/node'] }),
];

function operator(): Recipe {
  return {
    layers: [
      ...node(),
      files('the operator', 0o644, { '/app': ['dist/flyball.mjs'], '/app/flyball': piecesOf('dist/flyball') }),
    ],
    entrypoint: ['/usr/local/bin/node', '/app/flyball.mjs'],
    workingDirectory: '/app',
    env: { PATH: '/usr/local/bin', NODE_ENV: 'production', ...memoryVariables },
  };
}

/** What fetches and saves artifacts in pods. What changes most lies on top, so that nodes pull that alone for a new version. */
async function storage(): Promise<Recipe> {
  const binaries = await ensureBinaries(['rclone']);
  return {
    layers: [
      ...node(),
      files('rclone', 0o755, { '/usr/local/bin': [binaries.rclone] }),
      files('what moves artifacts', 0o644, { '/app': ['dist/transfer.mjs'] }),
    ],
    entrypoint: ['/usr/local/bin/node', '/app/transfer.mjs'],
    workingDirectory: '/app',
    env: { PATH: '/usr/local/bin', NODE_ENV: 'production', ...memoryVariables },
  };
}

/** What the bundle loads when it is needed. */
function piecesOf(folder: string): readonly string[] {
  const names = readdirSync(join(repository, folder)).filter((name) => name.endsWith('.mjs'));
  return names.sort().map((name) => `${folder}/${name}`);
}
