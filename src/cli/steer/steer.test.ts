import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, replyStatus, until } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { trainingRuns } from '../../api/customkinds.ts';

const server = new FakeApiServer();
const base = '/apis/flyball.dev/v1alpha1/namespaces/team';
const path = `${base}/trainingruns/fraud`;
const patches = () => server.requests.filter(({ method }) => method === 'PATCH');

beforeEach(async () => {
  if (server.requests.length === 0) await server.start();
  server.requests.length = 0;
  server.intercept = () => false;
  server.put(path, trainingRun());
  server.delete(`${base}/modeldeployments/fraud`);
});
afterAll(() => server.stop());

describe('A command that steers', () => {
  it('patches the field of the version that it saw, and prints what it patched and what follows', async () => {
    const { out, err, exitCode } = await play(server, 'suspend fraud');
    expect(out).toBe(
      [
        'trainingrun.flyball.dev/fraud patched',
        '  spec.suspend: not set → true',
        'no attempt starts any more. Let it go on: kubectl flyball resume trun/fraud -n team',
        '',
      ].join('\n'),
    );
    expect([err, exitCode]).toEqual(['', 0]);
    expect(patches().map(({ body }) => body)).toEqual([
      { spec: { suspend: true }, metadata: { uid: 'run-uid', resourceVersion: expect.any(String) } },
    ]);
  });

  it('takes its object as NAME, KIND/NAME or KIND NAME, and no other kind', async () => {
    await play(server, 'suspend trun/fraud');
    await play(server, 'resume trun fraud');
    expect(server.get(path)).toMatchObject({ spec: { image: expect.any(String) } });
    expect(await play(server, 'suspend mdep/fraud')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('hold its rollouts by pause'),
    });
  });

  it('refuses what makes no sense now, and changes nothing', async () => {
    const { err, exitCode } = await play(server, 'resume trun/fraud');
    expect(exitCode).toBe(1);
    expect(err).toContain('is not suspended');
    expect(await play(server, 'suspend nobody')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('there is no TrainingRun "nobody"'),
    });
    expect(patches()).toEqual([]);
  });

  it('only shows what it would do in a dry run, by itself or by the API server', async () => {
    const { out } = await play(server, 'suspend fraud --dry-run client');
    expect(out).toContain('patched (dry run)');
    expect(patches()).toEqual([]);
    await play(server, 'suspend fraud --dry-run server');
    expect(patches().map(({ query }) => query.get('dryRun'))).toEqual(['All']);
  });

  it('waits for no answer longer than --request-timeout says', async () => {
    server.intercept = ({ method }) => method === 'PATCH';
    const { err, exitCode } = await play(server, 'suspend fraud --request-timeout 50ms');
    expect(err).toContain('no answer within 50 ms');
    expect(exitCode).toBe(1);
  });

  it('gives programs the patched object', async () => {
    const { out } = await play(server, 'suspend fraud --dry-run client -o json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'TrainingRun', spec: { suspend: true } });
  });

  it('says who will undo it, with the lines to commit instead', async () => {
    const run = trainingRun();
    server.put(path, {
      ...run,
      metadata: {
        ...run.metadata,
        annotations: { 'argocd.argoproj.io/tracking-id': 'shop:flyball.dev/TrainingRun:team/fraud' },
        managedFields: [
          { manager: 'argocd-controller', operation: 'Apply', fieldsV1: { 'f:spec': { 'f:suspend': {} } } },
        ],
      },
    });
    expect((await play(server, 'suspend fraud')).err).toBe(
      [
        'warning: Argo CD (shop) keeps this object and will undo this, since Git says otherwise of spec.suspend. Commit instead:',
        '  spec:',
        '    suspend: true',
        '',
      ].join('\n'),
    );
    expect((await play(server, 'resume fraud')).err).toContain('  # without spec.suspend');
  });

  it('does it all the same if only something else has changed meanwhile', async () => {
    let conflicts = 1;
    server.intercept = ({ method }, response) => {
      if (method !== 'PATCH' || conflicts === 0) return false;
      conflicts -= 1;
      server.put(path, trainingRun({ status: { observedGeneration: 1 } }));
      replyStatus(response, 409, 'Conflict');
      return true;
    };
    expect((await play(server, 'suspend fraud')).exitCode).toBe(0);
    expect(patches()).toHaveLength(2);
  });

  it('does nothing if something else would be done by now', async () => {
    server.intercept = ({ method }, response) => {
      if (method !== 'PATCH') return false;
      server.put(path, { ...trainingRun(), metadata: { ...trainingRun().metadata, uid: 'another' } });
      replyStatus(response, 409, 'Conflict');
      return true;
    };
    expect(await play(server, 'suspend fraud')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('has changed meanwhile'),
    });
    expect(patches()).toHaveLength(1);
  });

  it('resumes whichever of that name is held, and asks which if both are', async () => {
    server.put(`${base}/modeldeployments/fraud`, modelDeployment({ spec: { rollout: { paused: true } } }));
    expect((await play(server, 'resume fraud')).out).toContain('modeldeployment.flyball.dev/fraud patched');
    expect((await play(server, 'resume fraud')).err).toContain('are neither suspended nor paused: name one');
  });
});

describe('--wait', () => {
  const condition = {
    type: 'Suspended',
    status: 'True',
    reason: 'Suspended',
    message: 'so',
    lastTransitionTime: '',
  } as const;

  const suspended = () =>
    server.put(
      path,
      trainingRun({ spec: { suspend: true }, status: { observedGeneration: 1, conditions: [condition] } }),
    );

  /** Answers reads with an error, once it was patched. */
  function failReads(code: number, reason: string, times: number): void {
    let failed = 0;
    server.intercept = ({ method }, response) => {
      if (method !== 'GET' || patches().length === 0 || failed === times) return false;
      failed += 1;
      if (failed === times) suspended();
      replyStatus(response, code, reason);
      return true;
    };
  }

  it('waits until it has taken effect', async () => {
    const playing = play(server, 'suspend fraud --wait');
    await until(() => patches().length > 0);
    suspended();
    expect(await playing).toMatchObject({ exitCode: 0, err: expect.stringContaining('done: It is suspended') });
  });

  it('ends badly when the time is over, and says what it last saw', async () => {
    const { exitCode, err } = await play(server, 'suspend fraud --wait --timeout 50ms');
    expect(exitCode).toBe(1);
    expect(err).toContain('not done: It has not come to that within 50ms: The operator has not seen it yet');
  });

  it('outlasts an API server that starts again', async () => {
    failReads(503, 'ServiceUnavailable', 1);
    const { exitCode, err } = await play(server, 'suspend fraud --wait');
    expect(err).toContain('not read, trying again: the server says ServiceUnavailable');
    expect(err).toContain('done: It is suspended');
    expect(exitCode).toBe(0);
  });

  it('says that it was patched where the person may not read what becomes of it', async () => {
    failReads(403, 'Forbidden', 100);
    const { exitCode, err } = await play(server, 'suspend fraud --wait');
    expect(err).toContain('not done: It was patched, but you may not read what becomes of it');
    expect(err).toContain('the server says Forbidden');
    expect(exitCode).toBe(1);
  });

  it('reads again and again where the person may not watch', async () => {
    server.serve(trainingRuns, 'Forbidden');
    const playing = play(server, 'suspend fraud --wait');
    await until(() => server.story.some((request) => request.startsWith('watch')));
    suspended();
    expect(await playing).toMatchObject({ exitCode: 0, err: expect.stringContaining('done: It is suspended') });
    server.serve(trainingRuns, 'Served');
  });

  it('takes no time that is none, and no dry run', async () => {
    expect((await play(server, 'suspend fraud --wait --timeout soon')).exitCode).toBe(2);
    expect((await play(server, 'suspend fraud --wait --dry-run server')).exitCode).toBe(2);
    expect(patches()).toEqual([]);
  });
});
