/** Who competes, and how each is built and started. */
import { join } from 'node:path';
import { memoryVariables } from '../../../hack/images/recipes.ts';
import type { Cluster } from '../cluster.ts';
import { operatorNamespace } from '../cluster.ts';
import type { Command } from '../program.ts';
import { builtGo, builtOnce, bundled, node, run } from './built.ts';

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
  const program = builtGo(join(import.meta.dirname, 'controller-runtime'));
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
  const directory = join(import.meta.dirname, 'kopf');
  const environment = builtOnce(directory, (output) => {
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
