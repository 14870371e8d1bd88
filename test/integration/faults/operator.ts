import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { freePorts } from '../ports.ts';
import { eventually, startProgram } from '../program.ts';
import type { Program } from '../program.ts';
import { release } from '../chart.ts';
import type { Settings } from '../../../src/settings.ts';
import type { Environment } from '../environment.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

/** Everything that waits in production waits a little here; the relations between the times are those of production. */
const fast: Partial<Settings> = {
  watchBackoffMin: 50,
  watchBackoffMax: 500,
  reconcileBackoffMin: 50,
  reconcileBackoffMax: 1_000,
  refusedRetry: 500,
  unreadyAfter: 2_000,
};

export interface OperatorOptions {
  readonly settings?: Partial<Settings>;
  /** More environment variables, as the chart would set them. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where it reaches the API server, if not directly. */
  readonly url?: string;
  /** Another bundle than one that is built of the sources as they are. */
  readonly bundle?: string;
}

export interface Operator extends Program {
  /** The HTTP status of /readyz, or 0 if nobody answers. */
  ready(): Promise<number>;
  /** What it has written to its log. */
  readonly log: string;
}

let started = 0;

/** Starts the bundled operator with the ServiceAccount's rights; does not wait for it to lead. */
export async function startOperator(
  environment: Environment,
  { settings = {}, variables = {}, url = environment.url, bundle }: OperatorOptions = {},
): Promise<Operator> {
  started += 1;
  const directory = join(environment.kubeconfig, '..');
  const kubeconfig = join(directory, `operator-${started}.kubeconfig`);
  const log = join(directory, `operator-${started}.log`);
  const cluster = url.startsWith('https:')
    ? { server: url, 'certificate-authority-data': Buffer.from(environment.ca).toString('base64') }
    : { server: url, 'insecure-skip-tls-verify': true };
  const context = { cluster: 'test', user: 'operator' };
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster }],
      users: [{ name: 'operator', user: { token: environment.tokens.operator } }],
      contexts: [{ name: 'test', context }],
      'current-context': 'test',
    }),
  );
  const [metrics, health] = await freePorts(2);
  const program = startProgram(process.execPath, [bundle ?? bundleIn(directory), 'operator'], log, {
    PATH: process.env['PATH'],
    KUBECONFIG: kubeconfig,
    FLYBALL_NAMESPACE: release.namespace,
    FLYBALL_POD_NAME: `operator-${started}`,
    FLYBALL_IMAGE: 'flyball:test',
    FLYBALL_PROVENANCE: 'Admission',
    FLYBALL_METRICS_PORT: String(metrics),
    FLYBALL_HEALTH_PORT: String(health),
    FLYBALL_SETTINGS: JSON.stringify({ ...fast, ...settings }),
    LOG_LEVEL: 'debug',
    ...variables,
  });
  const ready = async (): Promise<number> => {
    try {
      return (await fetch(`http://127.0.0.1:${health}/readyz`)).status;
    } catch {
      return 0;
    }
  };
  return { ...program, ready, log };
}

/** As `startOperator`, and waits until it leads with a full cache. */
export async function startLeader(environment: Environment, options: OperatorOptions = {}): Promise<Operator> {
  const operator = await startOperator(environment, options);
  const leads = async () => logOf(operator).includes('The cache is filled');
  if (await eventually(leads, { limitMs: 60_000, everyMs: 50 })) return operator;
  await operator.kill();
  throw new Error(`the operator does not lead:\n${logOf(operator)}`);
}

/** What an operator has written to its log so far. */
export function logOf({ log }: Operator): string {
  return existsSync(log) ? readFileSync(log, 'utf8') : '';
}

/** Built once for each environment, so that nothing else that builds disturbs a test. */
function bundleIn(directory: string): string {
  const bundle = join(directory, 'flyball.mjs');
  if (!existsSync(bundle)) {
    const { status, stderr } = spawnSync(process.execPath, [join(repository, 'hack', 'build.ts'), bundle], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`the operator cannot be built: ${stderr}`);
  }
  return bundle;
}
