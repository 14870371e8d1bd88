import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { FakeApiServer, until } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { job } from '../../../test/builders/job.ts';
import { exited, podOf, running, succeeded } from '../../../test/builders/pod.ts';
import { PodLogs } from '../../../test/builders/podlogs.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { Attempt, ITrainingRun } from '../../api/types.ts';

let server: FakeApiServer;
let logs: PodLogs;
const flyball = '/apis/flyball.dev/v1alpha1/namespaces/team';

beforeEach(async () => {
  server = new FakeApiServer();
  logs = new PodLogs();
  server.intercept = logs.intercept;
  await server.start();
});
afterEach(() => server.stop());

const at = (second: number, fraction = '000000000') =>
  `2026-11-24T10:01:${String(second).padStart(2, '0')}.${fraction}Z`;

function attempt(number: number, fields: Partial<Attempt> = {}): Attempt {
  return {
    name: `fraud-${number}`,
    number,
    recipeDigest: `sha256:${'1'.repeat(64)}`,
    trigger: { type: 'Created', time: '2026-11-24T10:00:00Z' },
    coversUntil: '2026-11-24T10:00:00Z',
    startTime: '2026-11-24T10:00:00Z',
    ...fields,
  };
}

function put(run: ITrainingRun, pods: readonly IPod[] = [], jobs = [job(run)]): void {
  server.put(`${flyball}/trainingruns/fraud`, run);
  for (const one of jobs) server.put(`/apis/batch/v1/namespaces/team/jobs/${one.metadata?.name}`, one);
  for (const pod of pods) server.put(`/api/v1/namespaces/team/pods/${pod.metadata?.name}`, pod);
}

const gang = (attempts: readonly Attempt[] = []) =>
  trainingRun({ spec: { nodes: 2 }, status: { attempts: [...attempts] } });

describe('kubectl flyball logs', () => {
  it('puts the lines of pods that ran side by side in the order of their times', async () => {
    const run = gang();
    put(run, [podOf(job(run), succeeded('{}'), 0), podOf(job(run), succeeded('{}'), 1)]);
    logs.write('fraud-1-train-0-abcde', at(1), 'rank 0 begins');
    logs.write('fraud-1-train-0-abcde', at(3), 'rank 0 ends');
    logs.write('fraud-1-train-1-abcde', at(1, '5'), 'rank 1 begins');
    logs.write('fraud-1-train-1-abcde', at(2), 'rank 1 ends');
    expect(await play(server, 'logs trun fraud')).toEqual({
      out: [
        '1/train/0 rank 0 begins',
        '1/train/1 rank 1 begins',
        '1/train/1 rank 1 ends',
        '1/train/0 rank 0 ends',
        '',
      ].join('\n'),
      err: '',
      exitCode: 0,
    });
    expect((await play(server, 'logs trun fraud --rank 1 --tail 1 --timestamps')).out).toBe(
      `1/train/1 ${at(2)} rank 1 ends\n`,
    );
  });

  it('reads retries one after the other, and the newest attempt unless another one is asked for', async () => {
    const run = trainingRun({ status: { attempts: [attempt(1), attempt(2)] } });
    const jobs = [job(run), job(run, { number: 2 }), job(run, { number: 2 }, 1)];
    put(
      run,
      jobs.map((one) => podOf(one, exited(1))),
      jobs,
    );
    logs.write('fraud-1-train-abcde', at(1), 'first');
    logs.write('fraud-2-train-abcde', at(5), 'second');
    logs.write('fraud-2-train-r1-abcde', at(3), 'second again');
    expect((await play(server, 'logs trun/fraud')).out).toBe('2/train second\n2/train-r1 second again\n');
    expect((await play(server, 'logs trun/fraud --attempt 1')).out).toBe('1/train first\n');
    expect((await play(server, 'logs trun/fraud --attempt all')).out).toBe(
      '1/train first\n2/train second\n2/train-r1 second again\n',
    );
  });

  it('tells the last words of an attempt whose pods are gone', async () => {
    const message = 'the container ended with exit code 1; the container said: ValueError: no rows';
    const stages = [
      { name: 'Train', job: 'fraud-1-train-r2', state: 'Failed', message, startTime: '2026-11-24T10:00:00Z' } as const,
    ];
    put(trainingRun({ status: { attempts: [attempt(1, { verdict: 'Failed', stages })] } }), [], []);
    const { out, exitCode } = await play(server, 'logs trun fraud');
    expect(out).toContain('1/train — the pods of this and of all tries up to 1/train-r1 are gone');
    expect(out).toContain(`1/train-r2 — failed, and its pods are gone; last words: ${message}`);
    expect(exitCode).toBe(0);
  });

  it('tells the last words of a pod whose log its node has no more', async () => {
    const run = trainingRun();
    put(run, [podOf(job(run), exited(1, { message: 'Traceback:\n  no rows' }))]);
    logs.refuse('fraud-1-train-abcde', 404, 'NotFound');
    const { out } = await play(server, 'logs trun fraud');
    expect(out).toContain('its last words, as its pod remembers them:\n1/train Traceback:\n1/train   no rows\n');
  });

  it('does not take the log of a node that cannot be reached for a moment for gone', async () => {
    const run = trainingRun();
    put(run, [podOf(job(run), exited(1))]);
    logs.write('fraud-1-train-abcde', at(1), 'there');
    logs.refuse('fraud-1-train-abcde', 500, 'InternalError', 1);
    expect(await play(server, 'logs trun fraud')).toMatchObject({ out: '1/train there\n', exitCode: 0 });
  });

  it('says that more logs than are read at once are left out, which is no success', async () => {
    const run = trainingRun({ spec: { nodes: 129 } });
    put(
      run,
      Array.from({ length: 129 }, (_, rank) => podOf(job(run), succeeded('{}'), rank)),
    );
    expect(await play(server, 'logs trun fraud')).toMatchObject({
      err: expect.stringContaining('1 logs are not read'),
      exitCode: 1,
    });
  });

  it('says what may not be read, which is no success', async () => {
    const run = trainingRun();
    put(run, [podOf(job(run), running())]);
    logs.refuse('fraud-1-train-abcde', 403, 'Forbidden');
    expect(await play(server, 'logs trun fraud')).toMatchObject({
      out: '1/train — this log may not be read: the server says Forbidden\n',
      exitCode: 1,
    });
  });

  it('reads what a container said before it was restarted first', async () => {
    const run = trainingRun();
    const status = running();
    const [main] = status.containerStatuses ?? [];
    const restarted = { ...main!, restartCount: 1, lastState: { terminated: { exitCode: 137 } } };
    put(run, [podOf(job(run), { ...status, containerStatuses: [restarted] })]);
    logs.write('fraud-1-train-abcde', at(1), 'before');
    logs.restart('fraud-1-train-abcde');
    logs.write('fraud-1-train-abcde', at(2), 'after');
    expect((await play(server, 'logs trun fraud')).out).toBe(
      '1/train before\n1/train — restarted after it ended with exit code 137; that was restart 1\n1/train after\n',
    );
  });

  it('does nothing to the terminal, and keeps the blanks of a line', async () => {
    const run = trainingRun();
    put(run, [podOf(job(run), running())]);
    logs.write('fraud-1-train-abcde', at(1), '    \u001B[31mred\u001B[0m \u202Eright \u001B]0;title\u0007`code`');
    expect((await play(server, 'logs trun fraud')).out).toBe('1/train     red right `code`\n');
  });

  it('says that a Monitor has none, and refuses what it does not understand', async () => {
    expect(await play(server, 'logs mon fraud')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('kubectl flyball why mon fraud -n team'),
    });
    for (const option of ['--tail many', '--since yesterday', '--attempt 0', '--rank -1']) {
      expect(await play(server, `logs trun fraud ${option}`)).toMatchObject({ exitCode: 2 });
    }
  });

  it('says by its exit code that something is not there', async () => {
    for (const words of ['trun absent', 'mdep absent', 'trun fraud --attempt 9']) {
      expect(await play(server, `logs ${words}`)).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('there is no'),
      });
    }
  });
});

describe('kubectl flyball logs --follow', () => {
  it('repeats and loses nothing when the connection breaks within a second, and ends with the attempt', async () => {
    const run = trainingRun({ status: { attempts: [attempt(1)] } });
    put(run, [podOf(job(run), running())]);
    const playing = play(server, 'logs -f trun fraud');
    await until(() => logs.followers('fraud-1-train-abcde') === 1);
    logs.write('fraud-1-train-abcde', at(1, '1'), 'one');
    logs.write('fraud-1-train-abcde', at(1, '3'), 'two');
    await new Promise((resolve) => setTimeout(resolve, 50));
    logs.end('fraud-1-train-abcde', 'cut');
    logs.write('fraud-1-train-abcde', at(1, '2'), 'of another stream');
    logs.write('fraud-1-train-abcde', at(1, '3'), 'two');
    await until(() => logs.followers('fraud-1-train-abcde') === 1);
    put(
      trainingRun({ status: { attempts: [attempt(1, { verdict: 'Registered', endTime: '2026-11-24T10:05:00Z' })] } }),
      [podOf(job(run), succeeded('{}'))],
    );
    logs.end('fraud-1-train-abcde', 'ended');
    expect(await playing).toEqual({
      out: ['one', 'two', 'of another stream', 'two', ''].map((line) => line && `1/train ${line}`).join('\n'),
      err: 'attempt 1 is over, Registered\n',
      exitCode: 0,
    });
  });

  it('loses nothing of what comes where the connection breaks before the first line, and none before was wanted', async () => {
    const run = trainingRun({ status: { attempts: [attempt(1)] } });
    put(run, [podOf(job(run), running())]);
    logs.write('fraud-1-train-abcde', at(1), 'before');
    const stop = new AbortController();
    const written = { out: '', err: '' };
    const now = new Date(at(5));
    const playing = play(server, 'logs -f trun fraud --tail 0', { now, stop: stop.signal, written });
    await until(() => logs.followers('fraud-1-train-abcde') === 1);
    logs.end('fraud-1-train-abcde', 'cut');
    logs.write('fraud-1-train-abcde', at(6), 'in between');
    await until(() => written.out !== '');
    await until(() => logs.followers('fraud-1-train-abcde') === 1);
    logs.write('fraud-1-train-abcde', at(7), 'after');
    await until(() => written.out.includes('after'));
    stop.abort();
    expect((await playing).out).toBe('1/train in between\n1/train after\n');
  });

  it('goes on with the pod of a retry', async () => {
    const run = trainingRun({ status: { attempts: [attempt(1)] } });
    put(run, [podOf(job(run), exited(1))]);
    logs.write('fraud-1-train-abcde', at(1), 'first try');
    const stop = new AbortController();
    const playing = play(server, 'logs -f trun fraud', { stop: stop.signal });
    const again = job(run, {}, 1);
    await until(() => logs.asked.length === 1);
    put(run, [podOf(again, running())], [again]);
    await until(() => logs.followers('fraud-1-train-r1-abcde') === 1);
    logs.write('fraud-1-train-r1-abcde', at(9), 'second try');
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    expect((await playing).out).toBe('1/train first try\n1/train-r1 second try\n');
  });
});
