/**
 * test/bench/cli.ts [ROUNDS] measures how soon `kubectl flyball` shows something, beside kubectl in the same run, on a kube-apiserver with 50
 * TrainingRuns. Needs what `npm run build` makes.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { startEnvironment } from '../integration/environment.ts';
import { machine } from './machine.ts';
import { median, range } from './statistics.ts';

const rounds = Number(process.argv[2] ?? 15);
const runs = 50;
const program = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'kubectl-flyball');
const environment = await startEnvironment();
try {
  await measure();
} finally {
  await environment.stop();
}

async function measure(): Promise<void> {
  const { kubectl } = environment;
  for (let number = 1; number <= runs; number += 1) {
    const body = { metadata: { name: `run-${number}` }, spec: { image: 'registry.example/train:1' } };
    const object = { apiVersion: 'flyball.dev/v1alpha1', kind: 'TrainingRun', ...body };
    await environment.request('POST', '/apis/flyball.dev/v1alpha1/namespaces/default/trainingruns', { body: object });
  }
  const arms: Readonly<Record<string, readonly string[]>> = {
    'Node that does nothing': [process.execPath, '--print', '0'],
    'kubectl flyball --version': [process.execPath, program, '--version'],
    'kubectl flyball get': [process.execPath, program, 'get', '-n', 'default'],
    'kubectl version --client': [kubectl, 'version', '--client'],
    'kubectl get trun,mver,mdep,mon': [kubectl, 'get', 'trun,mver,mdep,mon', '-n', 'default'],
    'kubectl get trun,mver,mdep,mon,jobs,deploy,rs,pods': [
      kubectl,
      'get',
      'trun,mver,mdep,mon,jobs,deploy,rs,pods',
      '-n',
      'default',
    ],
  };
  const times = new Map(Object.keys(arms).map((name) => [name, [] as number[]]));
  // The first round warms what kubectl and the machine keep.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, command] of Object.entries(arms)) {
      const time = await untilFirstOutput(command);
      if (round > 0) times.get(name)?.push(time);
    }
  }
  console.log(`${machine()}, ${rounds} rounds: milliseconds until the first output, median (smallest–largest)\n`);
  for (const [name, all] of times) {
    const [least, most] = range(all).map(Math.round);
    console.log(`| ${name.padEnd(52)} | ${Math.round(median(all))} (${least}–${most}) |`);
  }
}

/** @throws where the command fails: what says soon that it cannot is not fast. */
async function untilFirstOutput([command = '', ...args]: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = spawn(command, args, {
    env: { ...process.env, KUBECONFIG: environment.kubeconfig },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const first = new Promise<number>((resolve) => child.stdout.once('data', () => resolve(performance.now())));
  child.stdout.resume();
  const exitCode = await ended;
  if (exitCode !== 0) throw new Error(`${[command, ...args].join(' ')} ended with exit code ${exitCode}`);
  return (await first) - began;
}
