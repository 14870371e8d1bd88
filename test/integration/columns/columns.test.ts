/** What `kubectl get` shows of all kinds, as people see it: a real API server, real controllers and the operator. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Cluster } from '../faults/cluster.ts';
import { type Operator, startLeader } from '../faults/operator.ts';
import { type Prometheus, startPrometheus } from '../faults/prometheus.ts';
import { eventually } from '../program.ts';
import { type Situation, situations, unseen } from './situations.ts';
import { Stage } from './stage.ts';

/** `UPDATE_GOLDEN=1 npm run test:integration -- columns` writes it anew, for review as a diff. */
const file = new URL('../../golden/columns.txt', import.meta.url);
const isUpdating = process.env['UPDATE_GOLDEN'] === '1';
const wanted = sections(readFileSync(file, 'utf8'));
const shown = new Map<string, string>();
const limits = { limitMs: 90_000, everyMs: 500 };

let cluster: Cluster;
let prometheus: Prometheus;
let operator: Operator;

beforeAll(async () => {
  cluster = await Cluster.start();
  prometheus = await startPrometheus();
}, 900_000);

afterAll(async () => {
  await operator?.stop();
  await prometheus?.stop();
  await cluster?.stop();
  if (isUpdating) writeFileSync(file, [...shown.values()].join('\n'));
});

/** What is there by the name of its namespace. */
function sections(text: string): ReadonlyMap<string, string> {
  const all = text.split(/^(?=\$ )/m).map((section) => section.trimEnd());
  return new Map(all.map((section) => [/-n (\S+) get/.exec(section)?.[1] ?? '', `${section}\n`]));
}

function listed(namespace: string, ...more: readonly string[]): string {
  const words = ['-n', namespace, 'get', 'trun,mver,mdep,mon', ...more];
  const { stdout } = spawnSync(
    cluster.environment.kubectl,
    ['--kubeconfig', cluster.environment.kubeconfig, ...words],
    {
      encoding: 'utf8',
    },
  );
  return masked(`$ kubectl ${words.join(' ')}\n${stdout}`);
}

/** What differs from one time to another, at the same width: ages, years and revisions. */
function masked(text: string): string {
  return text
    .replace(/\b\d{4}(?=-01-01T)/g, 'YEAR')
    .replace(/\/[0-9a-f]{8}\b/g, '/REVISION')
    .replace(/\b\d+m?\d*s\b(?=( +\d+m?\d*s)?$)/gm, (age) => 'now'.padEnd(age.length))
    .replace(/\d+m?\d*s$/gm, 'now')
    .replace(/ +$/gm, '');
}

/** Sets a situation up, and waits until it is seen as it shall be. */
async function see({ name, arrange, shows }: Situation): Promise<void> {
  const namespaces = { apiVersion: 'v1', kind: 'Namespace', plural: 'namespaces' };
  await cluster.create(namespaces, { metadata: { name } });
  await arrange(new Stage(name, cluster, prometheus));
  const isThere = () => {
    const text = listed(name);
    return Promise.resolve(shows.every((line) => line.test(text)) && (isUpdating || text === wanted.get(name)));
  };
  await eventually(isThere, limits);
  if (isUpdating) await pause(2_000);
  shown.set(name, listed(name));
  for (const line of shows) expect(shown.get(name)).toMatch(line);
  if (!isUpdating) expect(shown.get(name)).toBe(wanted.get(name));
}

test('In lists, what was never reconciled has nothing to show but what was written', async () => {
  await see(unseen);
  for (const plural of ['trainingruns', 'modeldeployments', 'monitors']) {
    const kind = { apiVersion: 'flyball.dev/v1alpha1', kind: '', plural };
    await cluster.delete(kind, { namespace: unseen.name, name: 'fraud' });
  }
  operator = await startLeader(cluster.environment, {
    variables: { FLYBALL_PROMETHEUS_URL: prometheus.url },
    settings: { queryTimeout: 1_000 },
  });
}, 180_000);

test.each(situations)('In lists, $name is seen', see, 120_000);

test('In wide lists there is the whole digest', () => {
  expect(listed('canary', '--output=wide')).toMatch(/FULL DIGEST +AGE\n.* f1=0\.93 +1{12} +sha256:1{64} +now$/m);
});
