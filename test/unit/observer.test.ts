import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { highestLatency, observerPorts } from '../../src/api/observer.ts';
import { observerCommand } from '../../src/kinds/modeldeployment/revision/observer.ts';
import { createObserverMetrics } from '../../src/observer/metrics.ts';

const textOf = (kind: string) =>
  readFileSync(join(import.meta.dirname, '..', '..', 'crds', `${kind}.yaml`), 'utf8').replaceAll(/\s+/g, ' ');

describe('the observer and the CRDs', () => {
  test('agree on the ports that a server cannot have', () => {
    const { inference, metrics } = observerPorts;
    expect(textOf('modeldeployments')).toContain(`!(self.server.port in [${inference}, ${metrics}])`);
  });

  test.each(['modeldeployments', 'monitors'])('agree on the latencies that limits in %s are for', (kind) => {
    const limit = new RegExp(`!has\\(self\\.latency\\) \\|\\| .*self\\.max < ${highestLatency}\\.0'`);
    expect(textOf(kind)).toMatch(limit);
    expect(textOf(kind)).toContain(`set max below ${highestLatency}'`);
  });

  test('agree on the longest time, which is the highest finite bucket', async () => {
    const configuration = { namespace: 'team', modelDeployment: 'fraud', revision: 'ab12cd34', upstreamPort: 1 };
    const metrics = createObserverMetrics({ ...configuration, signals: [], profile: {} }, new Map());
    metrics.answered(200, 1);
    const bounds = [...(await metrics.registry.metrics()).matchAll(/le="([0-9.]+)"/g)].map((found) => Number(found[1]));
    expect(Math.max(...bounds)).toBe(highestLatency);
  });
});

test('The table of its metrics in the documentation has each of them, and no other', () => {
  const identity = { namespace: 'team', modelDeployment: 'fraud', revision: 'ab12cd34' };
  const { registry } = createObserverMetrics(
    { ...identity, upstreamPort: 1, protocol: 'OpenAI', signals: [], profile: {} },
    new Map(),
  );
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'operations.md'), 'utf8');
  const [, table = ''] = page.split('Of each observer (port 8901)');
  const rows = [...(table.split('\n\n')[1] ?? '').matchAll(/^\| `(\w+)` +\| (\w+) /gm)];
  expect(rows.map(([, name, type]) => `${name} ${type}`).toSorted()).toEqual(
    registry
      .getMetricsAsArray()
      .map(({ name, type }) => `${name} ${String(type)}`)
      .toSorted(),
  );
});

test('The observer is started by what the image has, and with flags of V8 between', () => {
  const file = readFileSync(join(import.meta.dirname, '..', '..', 'hack', 'images', 'Containerfile'), 'utf8');
  const entrypoint = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(file)?.[1] ?? '[]') as string[];
  expect([observerCommand[0], observerCommand.at(-1)]).toEqual(entrypoint);
  for (const flag of observerCommand.slice(1, -1)) expect(flag).toMatch(/^--[a-z-]+(=[0-9]+)?$/);
});
