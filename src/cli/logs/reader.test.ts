import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { FakeApiServer, replyStatus } from '../../../test/builders/apiserver.ts';
import { job } from '../../../test/builders/job.ts';
import { exited, podOf } from '../../../test/builders/pod.ts';
import { PodLogs } from '../../../test/builders/podlogs.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { Cluster } from '../cluster/cluster.ts';
import { ContainerLog } from './reader.ts';

const name = 'fraud-1-train-abcde';
const time = '2026-11-24T10:01:01.000000000Z';
const server = new FakeApiServer();
let cluster: Cluster;
let logs: PodLogs;

beforeEach(async () => {
  logs = new PodLogs();
  server.intercept = logs.intercept;
  await server.start();
  const connect = () => Promise.resolve({ server: server.url, headers: {}, tls: {} });
  cluster = new Cluster({ connect, server: server.url, context: 'test', namespace: 'team' }, undefined);
});
afterEach(async () => {
  await cluster.close();
  await server.stop();
});

/** All that is printed of a log that is not followed, each of our own words behind what they tell. */
async function read(pod: IPod): Promise<string[]> {
  const source = { prefix: '', pod, container: 'main', place: 0 };
  const options = { follow: false, tail: undefined, since: undefined, now: () => new Date(time) };
  const log = new ContainerLog(cluster, source, options, new AbortController().signal, 1);
  const told: string[] = [];
  for await (const entries of log.entries()) {
    told.push(...entries.map(({ mark, words }) => (mark === undefined ? words : `${mark}: ${words}`)));
  }
  return told;
}

function restarted(): IPod {
  const status = exited(1);
  const [main] = status.containerStatuses ?? [];
  const again = { ...main!, restartCount: 1, lastState: { terminated: { exitCode: 137 } } };
  return podOf(job(trainingRun()), { ...status, containerStatuses: [again] });
}

describe('the log of a container that is not followed', () => {
  for (const [code, reason] of [
    [500, 'InternalError'],
    [429, 'TooManyRequests'],
  ] as const) {
    it(`is unread, not gone, where it is asked for in vain, with its last words (${code})`, async () => {
      logs.refuse(name, code, reason);
      expect(await read(podOf(job(trainingRun()), exited(1, { message: 'no rows' })))).toEqual([
        `Unread: this log cannot be read now: the server says ${reason}`,
        'Note: its last words, as its pod remembers them:',
        'no rows',
      ]);
      expect(logs.asked.length).toBeGreaterThan(2);
    });
  }

  const restart = 'Note: restarted after it ended with exit code 137; that was restart 1';

  it('says that what came before a restart could not be read', async () => {
    logs.write(name, time, 'after');
    server.intercept = (request, response) => {
      if (request.query.get('previous') !== 'true') return logs.intercept(request, response);
      replyStatus(response, 500, 'InternalError');
      return true;
    };
    expect(await read(restarted())).toEqual([
      'Unread: this log cannot be read now: the server says InternalError',
      restart,
      'after',
    ]);
  });

  it('says nothing of what came before a restart where its node has it no more', async () => {
    logs.write(name, time, 'after');
    server.intercept = (request, response) => {
      if (request.query.get('previous') !== 'true') return logs.intercept(request, response);
      replyStatus(response, 400, 'BadRequest');
      return true;
    };
    expect(await read(restarted())).toEqual([restart, 'after']);
  });
});
