/** Who competes, and how each is built and started. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../../hack/cluster/binaries.ts';
import { memoryVariables } from '../../../hack/images/recipes.ts';
import type { Cluster } from '../cluster.ts';
import { operatorNamespace } from '../cluster.ts';
import type { Command } from '../program.ts';

/** F: the floor · G: controller-runtime · K: kopf · T: Flyball. */
export type Letter = 'F' | 'G' | 'K' | 'T';

export interface Contender {
  readonly letter: Letter;
  readonly name: string;
  /** How to start it, as the replica of this number. */
  command(cluster: Cluster, replica?: number): Command;
}

export interface Choices {
  /** The bundle to measure; by default the one of this checkout, which is made first. */
  readonly bundle: string | undefined;
  /** How many reconciles of controller-runtime run at the same time. */
  readonly concurrency: number;
}

const repository = join(import.meta.dirname, '..', '..', '..');
const node = join(repository, 'node_modules', 'node', 'bin', 'node');

/** Builds what is missing and returns the contender. */
export function contender(letter: Letter, choices: Choices): Contender {
  switch (letter) {
    case 'F':
      return floor();
    case 'G':
      return controllerRuntime(choices.concurrency);
    case 'K':
      return kopf();
    case 'T':
      return flyball(choices.bundle ?? bundled());
  }
}

function floor(): Contender {
  const program = join(import.meta.dirname, 'floor', 'main.ts');
  return {
    letter: 'F',
    name: 'floor',
    command: ({ kubeconfig }) => ({ program: node, args: [program], env: { KUBECONFIG: kubeconfig } }),
  };
}

function controllerRuntime(concurrency: number): Contender {
  const program = builtOnce('controller-runtime', (output, directory) =>
    run('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', output, '.'], directory),
  );
  return {
    letter: 'G',
    name: `controller-runtime, ${concurrency} at a time`,
    command: ({ kubeconfig }) => ({
      program,
      args: [`--concurrency=${concurrency}`, `--namespace=${operatorNamespace}`],
      env: { KUBECONFIG: kubeconfig },
    }),
  };
}

function kopf(): Contender {
  const environment = builtOnce('kopf', (output, directory) => {
    run('python3', ['-m', 'venv', output], directory);
    run(join(output, 'bin', 'pip'), ['install', '--quiet', '--requirement', 'requirements.txt'], directory);
  });
  const program = join(environment, 'bin', 'python');
  return {
    letter: 'K',
    name: 'kopf',
    command: ({ kubeconfig }) => ({
      program,
      args: [join(import.meta.dirname, 'kopf', 'main.py')],
      env: { KUBECONFIG: kubeconfig },
    }),
  };
}

function flyball(bundle: string): Contender {
  return {
    letter: 'T',
    name: 'flyball',
    command: ({ kubeconfig, file }, replica = 0) => ({
      program: node,
      args: ['--import', join(import.meta.dirname, 'ports.mjs'), bundle, 'operator'],
      env: {
        ...memoryVariables,
        KUBECONFIG: kubeconfig,
        NODE_ENV: 'production',
        FLYBALL_NAMESPACE: operatorNamespace,
        FLYBALL_POD_NAME: `flyball-${replica}`,
        BENCH_PORTS_FILE: file(`flyball-${replica}.ports`),
      },
    }),
  };
}

function bundled(): string {
  run(process.execPath, [join(repository, 'hack', 'build.ts')], repository);
  return join(repository, 'dist', 'flyball.mjs');
}

/** The result of building a contender's folder, kept outside the checkout under the hash of the folder's files. */
function builtOnce(name: string, build: (output: string, directory: string) => void): string {
  const directory = join(import.meta.dirname, name);
  const hash = createHash('sha256');
  for (const file of readdirSync(directory, { withFileTypes: true })) {
    if (file.isFile() && isBuilt(file.name)) hash.update(file.name).update(readFileSync(join(directory, file.name)));
  }
  const folder = join(cacheDirectory(), 'bench');
  const output = join(folder, `${name}-${hash.digest('hex').slice(0, 16)}`);
  const done = `${output}.done`;
  if (existsSync(done)) return output;
  mkdirSync(folder, { recursive: true });
  console.error(`building ${name} …`);
  build(output, directory);
  run('touch', [done], folder);
  return output;
}

/** Whether a file of a contender's folder decides what is built; Python is run from the checkout. */
function isBuilt(file: string): boolean {
  return /\.go$|^go\.|^requirements\.txt$/.test(file);
}

function run(program: string, args: readonly string[], directory: string): void {
  const { status, error, stderr } = spawnSync(program, args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}
