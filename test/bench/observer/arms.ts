/** What stands between client and model, how each is built and started, and where it tells what it has counted. */
import { join } from 'node:path';
import { observerPorts } from '../../../src/api/observer.ts';
import { observerCommand } from '../../../src/kinds/modeldeployment/revision/observer.ts';
import { memoryVariables } from '../../../hack/images/recipes.ts';
import { builtGo, bundled, node } from '../contenders/built.ts';
import type { Command } from '../program.ts';
import { configuration } from './payload.ts';

/** A: nothing · B: the observer with signals · N: the observer without · C: a Go reverse proxy · K: KServe's agent. */
export const letters = ['A', 'B', 'N', 'C', 'K'] as const;
export type ArmLetter = (typeof letters)[number];

/** How it counts requests, if it does. */
export type Counting = 'Flyball' | 'Go' | 'Nothing';

export interface Arm {
  readonly letter: ArmLetter;
  readonly name: string;
  readonly counts: Counting;
  /** Whether it watches signals. */
  readonly watches: boolean;
  /** Absent if there is nothing to start: clients ask the model. */
  readonly command?: (ports: Ports) => Command;
}

export interface Ports {
  readonly model: number;
  /** Where clients ask. */
  readonly inference: number;
  readonly metrics: number;
}

const contenders = join(import.meta.dirname, '..', 'contenders');

/** Builds what is missing. @param bundle the operator's bundle; by default that of this checkout, which is made first. */
export function arms(wanted: readonly ArmLetter[], bundle: string | undefined): readonly Arm[] {
  const file = wanted.some((letter) => letter === 'B' || letter === 'N') ? (bundle ?? bundled()) : '';
  return wanted.map((letter) => armOf(letter, file));
}

function armOf(letter: ArmLetter, bundle: string): Arm {
  switch (letter) {
    case 'A':
      return { letter, name: 'no proxy', counts: 'Nothing', watches: false };
    case 'B':
      return observer(letter, 'the observer, two signals', bundle, true);
    case 'N':
      return observer(letter, 'the observer, no signals', bundle, false);
    case 'C': {
      const program = builtGo(join(contenders, 'reverse-proxy'));
      const command = ({ model, inference, metrics }: Ports) => ({
        program,
        args: [
          `--listen=127.0.0.1:${inference}`,
          `--metrics=127.0.0.1:${metrics}`,
          `--upstream=http://127.0.0.1:${model}`,
        ],
        env: {},
      });
      return { letter, name: "Go's ReverseProxy", counts: 'Go', watches: false, command };
    }
    case 'K': {
      const program = builtGo(join(contenders, 'kserve-agent'), 'github.com/kserve/kserve/cmd/agent');
      const command = ({ model, inference }: Ports) => ({
        program,
        args: [`--port=${inference}`, `--component-port=${model}`],
        env: { SERVING_READINESS_PROBE: '' },
      });
      return { letter, name: "KServe's agent 0.16.0", counts: 'Nothing', watches: false, command };
    }
  }
}

/** As the image and the pod template start it. */
function observer(letter: ArmLetter, name: string, bundle: string, watches: boolean): Arm {
  const flags = observerCommand.slice(1, -1);
  return {
    letter,
    name,
    counts: 'Flyball',
    watches,
    command: ({ model, inference, metrics }) => ({
      program: node,
      args: [...flags, '--import', join(import.meta.dirname, 'ports.mjs'), bundle, 'observer'],
      env: {
        ...memoryVariables,
        NODE_ENV: 'production',
        FLYBALL_OBSERVER: JSON.stringify(configuration(model, watches)),
        [`BENCH_PORT_${observerPorts.inference}`]: String(inference),
        [`BENCH_PORT_${observerPorts.metrics}`]: String(metrics),
      },
    }),
  };
}
