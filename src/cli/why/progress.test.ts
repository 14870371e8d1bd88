import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, replyStatus } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { begunRun } from '../../../test/builders/evidence.ts';
import { job } from '../../../test/builders/job.ts';
import { podOf } from '../../../test/builders/pod.ts';
import { usualStorage } from '../../storage/installation.ts';

const server = new FakeApiServer();
const now = new Date('2026-11-24T10:10:00Z');
const line = 'Fetching 12.4 of 40.1 GiB, 3 of 12 files, from s3://data/train';

const begun = begunRun('Fetching', 'container fetch fetches s3://data/train');
const run = { ...begun, spec: { ...begun.spec, datasets: [{ name: 'train', uri: 's3://data/train' }] } };
const made = job(run, { installation: usualStorage });
const fetching = podOf(made, {
  phase: 'Pending',
  conditions: [
    { type: 'PodScheduled', status: 'True' },
    { type: 'PodReadyToStartContainers', status: 'True' },
  ],
  initContainerStatuses: [
    {
      name: 'fetch',
      image: usualStorage.image,
      imageID: '',
      ready: false,
      restartCount: 0,
      state: { running: { startedAt: '2026-11-24T10:00:10Z' } },
    },
  ],
});
const log = 'fraud-1-train-abcde/fetch';

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.restoreEmpty();
  server.intercept = () => false;
  server.requests.length = 0;
  server.load([run, made, fetching]);
});

describe('How far a pod is with fetching', () => {
  it('is evidence of why a run does not train yet, and nobody’s move', async () => {
    server.logs.set(log, `Fetching 0.1 of 40.1 GiB\n${line}\n`);
    const { out, exitCode } = await play(server, 'why trun fraud', { now });
    expect(exitCode).toBe(0);
    expect(out).toContain(`log of container fetch of Pod fraud-1-train-abcde: ${line}`);
    expect(out).toMatch(/^move {3}Nobody/m);
    expect(out).toContain('kubectl -n team logs fraud-1-train-abcde -c fetch --tail 1');
  });

  it('is what the tree says of the pod', async () => {
    server.logs.set(log, `${line}\n`);
    const { out } = await play(server, 'get', { now });
    expect(out).toMatch(new RegExp(`Pod fraud-1-train-abcde +Fetching .*${line}`));
  });

  it('does nothing to a terminal, whoever wrote it', async () => {
    server.logs.set(log, '\u001B]0;title\u0007Fetching\u001B[31m\u0000 1 of 2 GiB\n');
    for (const command of ['get', 'why trun fraud']) {
      expect((await play(server, command, { now })).out).not.toMatch(/(?!\n)\p{Cc}/u);
    }
  });

  it('is left out where the log cannot be read, and the right is named that would show it', async () => {
    server.intercept = ({ path }, response) => {
      if (!path.endsWith('/log')) return false;
      replyStatus(response, 403, 'Forbidden');
      return true;
    };
    const { out, exitCode } = await play(server, 'why trun fraud', { now });
    expect(exitCode).toBe(0);
    expect(out).toContain('kubectl -n team auth can-i get pods/log');
    expect((await play(server, 'get', { now })).out).toMatch(/Fetching .*container fetch fetches s3:\/\/data\/train/);
  });
});
