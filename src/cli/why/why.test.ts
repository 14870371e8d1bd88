import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { begunRun, event, node, withReady } from '../../../test/builders/evidence.ts';
import { job } from '../../../test/builders/job.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { podOf, unschedulable, waiting } from '../../../test/builders/pod.ts';
import type { Resource } from '../../api/resource.ts';
import { events, nodes } from './kinds.ts';

const server = new FakeApiServer();
const now = new Date('2026-11-24T10:10:00Z');

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.restoreEmpty();
  server.intercept = () => false;
  server.requests.length = 0;
  for (const kind of [events, nodes]) server.serve(kind, 'Served');
});

const begun = begunRun();
const accelerator = { resource: 'nvidia.com/gpu', count: 8 };
const env = [{ name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } }];
const run = { ...begun, spec: { ...begun.spec, accelerator, env } };
const made = job(run);
const unplaced = podOf(made, unschedulable('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'));

async function why(line: string, ...objects: readonly Resource[]) {
  server.load(objects);
  return await play(server, `why ${line}`, { now });
}

describe('kubectl flyball why', () => {
  it('answers first, and shows the evidence beneath', async () => {
    const told = event(unplaced, 'FailedScheduling', '0/1 nodes are available');
    const { out, exitCode } = await why(
      'trun fraud',
      run,
      made,
      unplaced,
      told,
      node('gpu-1', { 'nvidia.com/gpu': '4' }),
    );
    expect(exitCode).toBe(0);
    expect(out.split('\n').slice(0, 3).join('\n')).toMatch(
      /^TrainingRun fraud: .*\nsince {2}2026-11-24 10:00:00 UTC, .*\nwhy {4}no node has as much/,
    );
    expect(out).toContain('event FailedScheduling of Pod fraud-1-train-abcde');
  });

  it('says what it could not read, and how to see whether one may', async () => {
    server.serve(nodes, 'Forbidden');
    server.serve(events, 'Forbidden');
    const { out, exitCode } = await why('trun fraud', run, made, unplaced);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/not read\n(?: {2}.*\n)*? {2}the nodes: nodes is forbidden.*kubectl auth can-i list nodes/);
    expect(out.match(/kubectl -n team auth can-i list events/g)).toHaveLength(1);
  });

  it('answers without what does not, where the API server is slow or its connection breaks', async () => {
    server.intercept = ({ path }, response) => {
      if (path.endsWith('/nodes')) response.destroy();
      return /\/(?:nodes|secrets\/hub)$/.test(path);
    };
    const { out, exitCode } = await why('trun fraud', run, made, podOf(made, waiting('ContainerCreating')), unplaced);
    expect(exitCode).toBe(0);
    expect(out).toContain('whether Secret hub exists: no answer within 5 seconds');
    expect(out).toContain('the nodes: other side closed');
  }, 20_000);

  it('asks of a Secret only whether it exists', async () => {
    await why('trun fraud', run, made, podOf(made, waiting('ContainerCreating')));
    const asked = server.requests.filter(({ path }) => path.includes('/secrets'));
    expect(asked.map(({ path, headers }) => [path, headers.accept])).toEqual([
      ['/api/v1/namespaces/team/secrets/hub', 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'],
    ]);
  });

  it('reads of what is well nothing but its own objects', async () => {
    const { out } = await why(
      'mdep fraud',
      withReady(modelDeployment(), 'True', 'Serving', 'Revision 12345678 serves.'),
    );
    expect(out).toContain('Serving');
    const read = server.requests.map(({ path }) => path.split('/').at(-1));
    expect(read.filter((plural) => ['events', 'nodes', 'secrets', 'leases'].includes(plural ?? ''))).toEqual([]);
  });

  it('asks for events by their object, so that it does not matter how many there are', async () => {
    await why('trun fraud', run, made, unplaced);
    const asked = server.requests.filter(({ path }) => path.endsWith('/events'));
    expect(asked.length).toBeGreaterThan(2);
    for (const { query } of asked) expect(query.get('fieldSelector')).toMatch(/^involvedObject\.uid=./);
  });

  it('gives programs one document', async () => {
    const { out } = await why('trun/fraud -o json', run, made, unplaced, node('gpu-1', { 'nvidia.com/gpu': '4' }));
    expect(JSON.parse(out)).toMatchObject({
      object: { kind: 'TrainingRun', namespace: 'team', name: 'fraud' },
      reason: 'Started',
      actor: 'Author',
      next: [{ command: 'kubectl -n team edit trun fraud' }, {}],
      evidence: expect.any(Array),
      unread: [],
    });
  });

  it('lets nothing of what others said act on a terminal', async () => {
    const hostile =
      '\u001B[31mError creating: \u202Eexceeded quota: a, requested: pods=1, used: pods=1, limited: pods=1\u0007';
    const { out } = await why('trun fraud', run, made, event(made, 'FailedCreate', hostile.padEnd(100_000, '!')));
    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    expect(out).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
    expect(out.length).toBeLessThan(5_000);
  });

  it('names what there is not', async () => {
    expect(await why('trun frod', run)).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('namespace team has no TrainingRun "frod"'),
    });
  });
});
