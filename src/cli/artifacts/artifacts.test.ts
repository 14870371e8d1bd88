import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { FakeApiServer, until } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';

const uid = '11111111-2222-4333-8444-555555555555';
const pods = '/api/v1/namespaces/team/pods';
let server: FakeApiServer;

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  const run = trainingRun({ spec: { output: { uri: 'pvc://models/fraud' } } });
  server.put('/apis/flyball.dev/v1alpha1/namespaces/team/trainingruns/fraud', {
    ...run,
    metadata: { ...run.metadata, uid },
  });
  server.put('/api/v1/namespaces/team/persistentvolumeclaims/models', {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    spec: { accessModes: ['ReadWriteOnce'] },
  });
});
afterEach(() => server.stop());

const made = () => server.requests.filter(({ method, path }) => method === 'POST' && path === pods);
const deleted = () => server.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);

/** The kubelet: as soon as a pod is there, it has ended. */
function kubelet(status: (pod: IPod) => NonNullable<IPod['status']>, words = ''): void {
  server.intercept = ({ method, path }) => {
    const name = /\/pods\/([^/]+)$/.exec(path)?.[1];
    if (method !== 'GET' || name === undefined) return false;
    const pod = server.get(path) as IPod | undefined;
    if (pod === undefined || pod.status !== undefined) return false;
    server.put(path, { ...pod, status: status(pod) });
    server.logs.set(`${name}/main`, words);
    return false;
  };
}

const succeeded = () => ({ phase: 'Succeeded' }) as const;

function withoutProgram(): NonNullable<IPod['status']> {
  const message = 'exec: "python3": executable file not found in $PATH';
  const state = { terminated: { exitCode: 128, reason: 'StartError', message } };
  const status = { name: 'artifacts', image: '', imageID: '', ready: false, restartCount: 0, state };
  return { phase: 'Failed', containerStatuses: [status] };
}

describe('kubectl flyball artifacts', () => {
  it('lists by a pod that can change nothing, and deletes it', async () => {
    kubelet(succeeded, `folder 0 2048 3 1763978400 fraud-1-${uid}\nfolder 0 7 1 1763978400 other\nend\n`);
    const { out, err, exitCode } = await play(server, 'artifacts fraud');
    expect(out).toContain(`pvc://models/fraud/fraud-1-${uid}  2.00 KiB  3`);
    expect(out).not.toContain('other');
    expect(err).toContain('lists models, mounted read-only, with the image registry/fraud-train:1');
    expect(exitCode).toBe(0);
    const [pod] = made();
    expect(pod?.body).toMatchObject({
      spec: {
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        volumes: [{ persistentVolumeClaim: { claimName: 'models', readOnly: true } }],
        containers: [{ volumeMounts: [{ readOnly: true }], securityContext: { capabilities: { drop: ['ALL'] } } }],
      },
    });
    expect(deleted()).toEqual([expect.stringMatching(/\/pods\/fraud-artifacts-[a-z0-9]{5}$/)]);
  });

  it('prints the command that removes what nothing refers to', async () => {
    const earlier = '99999999-2222-4333-8444-555555555555';
    kubelet(succeeded, `folder 0 2048 3 1763978400 fraud-1-${earlier}\nend\n`);
    const { out } = await play(server, 'artifacts trun/fraud -o json');
    expect(JSON.parse(out)).toMatchObject({
      artifacts: [{ isOfEarlierRun: true, references: [], bytes: 2048 }],
      removable: { bytes: 2048, command: expect.stringContaining(`/claims/0/fraud/fraud-1-${earlier}`) },
    });
    const many = Array.from({ length: 20 }, (_, index) => `folder 0 1 1 1763978400 fraud-${index + 1}-${earlier}`);
    kubelet(succeeded, `${many.join('\n')}\nend\n`);
    const { out: long } = await play(server, 'artifacts trun/fraud');
    for (const index of many.keys()) expect(long.split('for good:')[1]).toContain(`/fraud-${index + 1}-${earlier}`);
    kubelet(succeeded, `folder 0 2048 3 1763978400 fraud-1-${earlier}\nend\n`);
    expect((await play(server, 'artifacts trun/fraud')).out).toContain(
      'what removes exactly these, for good:\nkubectl -n team run',
    );
  });

  it('has that command remove on the cluster that was asked, for people and for programs', async () => {
    kubelet(succeeded, `folder 0 2048 3 1763978400 fraud-1-99999999-2222-4333-8444-555555555555\nend\n`);
    const onStaging = 'kubectl --context staging --as alice -n team run fraud-remove-artifacts ';
    expect((await play(server, 'artifacts fraud --context staging --as alice')).out).toContain(`\n${onStaging}`);
    const { out } = await play(server, 'artifacts fraud --context staging --as alice -o json');
    expect(JSON.parse(out)).toMatchObject({ removable: { command: expect.stringContaining(onStaging) } });
  });

  it('claims nothing to be useless where something could not be read', async () => {
    kubelet(succeeded, `folder 0 2048 3 1763978400 fraud-1-99999999-2222-4333-8444-555555555555\nend\n`);
    server.serve(
      { apiVersion: 'flyball.dev/v1alpha1', kind: 'ModelDeployment', plural: 'modeldeployments' },
      'Forbidden',
    );
    const { out, err, exitCode } = await play(server, 'artifacts fraud');
    expect(err).toContain('not read: the ModelDeployments of namespace team');
    expect(out).toContain('not known');
    expect(out).not.toContain('kubectl');
    expect(exitCode).toBe(1);
  });

  it('tries the other program where an image lacks the first, and says what to do where it lacks both', async () => {
    kubelet(withoutProgram);
    const { err, exitCode } = await play(server, 'artifacts fraud');
    expect(err).toContain('has neither python3 nor a shell: name one that has, such as --image busybox');
    expect(exitCode).toBe(1);
    expect(made()).toHaveLength(2);
    expect(deleted()).toHaveLength(2);
  });

  it('deletes its pod when the person has seen enough', async () => {
    const stop = new AbortController();
    const playing = play(server, 'artifacts fraud', { stop: stop.signal });
    await until(() => made().length === 1);
    stop.abort();
    expect((await playing).exitCode).toBe(1);
    expect(deleted()).toHaveLength(1);
  });

  it('deletes its pod also where no answer says that it was made', async () => {
    server.intercept = ({ method, path, body }, response) => {
      if (method !== 'POST' || path !== pods) return false;
      server.put(`${pods}/${String((body['metadata'] as { name: string }).name)}`, body);
      response.writeHead(504).end();
      return true;
    };
    expect((await play(server, 'artifacts fraud')).exitCode).toBe(1);
    expect(deleted()).toHaveLength(1);
  });

  it('deletes its pod where the person has seen enough before it was made', async () => {
    const stop = new AbortController();
    server.intercept = ({ method, path, body }) => {
      if (method !== 'POST' || path !== pods) return false;
      server.put(`${pods}/${String((body['metadata'] as { name: string }).name)}`, body);
      stop.abort();
      return true;
    };
    expect((await play(server, 'artifacts fraud', { stop: stop.signal })).exitCode).toBe(1);
    expect(deleted()).toHaveLength(1);
  });

  it('deletes no pod that is not its own', async () => {
    server.intercept = ({ method, path, body }) => {
      if (method === 'POST' && path === pods) {
        server.put(`${pods}/${String((body['metadata'] as { name: string }).name)}`, body);
      }
      return false;
    };
    expect(await play(server, 'artifacts fraud')).toMatchObject({ err: expect.stringContaining('AlreadyExists') });
    expect(deleted()).toEqual([]);
  });

  it('goes where a claim is that one node may have at a time', async () => {
    kubelet(succeeded, 'end\n');
    server.put(`${pods}/server`, {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { nodeName: 'node-7', volumes: [{ name: 'x', persistentVolumeClaim: { claimName: 'models' } }] },
      status: { phase: 'Running' },
    });
    const { err } = await play(server, 'artifacts fraud');
    expect(err).toContain('models can be on one node at a time, and is on node-7');
    expect(JSON.stringify(made()[0]?.body)).toContain('"values":["node-7"]');
  });

  it('leaves a claim that has no volume yet to the pods of the run, which choose where it is', async () => {
    const path = '/api/v1/namespaces/team/persistentvolumeclaims/models';
    server.put(path, { ...server.get(path), status: { phase: 'Pending' } });
    expect(await play(server, 'artifacts fraud')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('nothing was written to claim models yet'),
    });
    expect(made()).toEqual([]);
  });

  it('makes no pod where there is nothing to list', async () => {
    server.delete('/api/v1/namespaces/team/persistentvolumeclaims/models');
    expect(await play(server, 'artifacts fraud')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('there is no claim models any more'),
    });
    expect((await play(server, 'artifacts absent')).exitCode).toBe(1);
    expect(made()).toEqual([]);
  });
});
