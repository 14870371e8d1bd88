import { describe, expect, it } from '@jest/globals';
import type { IDeployment } from 'kubernetes-models/apps/v1';
import { Deployment } from 'kubernetes-models/apps/v1';
import { modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import type { StorageOptions } from '../../../api/generated/shared.ts';
import type { RevisionStatus } from '../../../api/types.ts';
import type { StorageInstallation } from '../../../storage/installation.ts';
import { buildDeployment } from './deployment.ts';
import { makingOf } from './edited.ts';
import { withMade } from './made.ts';
import type { ServedModel } from './revision.ts';
import { alteredAmong } from './strangers.ts';
import { programOf } from './template.ts';
import { revisionWorkload } from './workload.ts';
import { deployment as workload } from './workloads/deployment.ts';

const revision = '0a1b2c3d';
const hex = 'a'.repeat(64);
const measured: ServedModel = { uri: 's3://models/fraud/1', digest: `sha256:${hex}`, digestSource: 'Measured' };
const installation: StorageInstallation = { image: 'registry/storage:1', s3: { endpoint: 'https://s3.example.com' } };

interface Wish {
  readonly model?: ServedModel;
  readonly storage?: StorageOptions;
  readonly pod?: NonNullable<typeof server.pod>;
  readonly modelPath?: string;
  readonly delivery?: 'Mount' | 'Server';
}

function templateOf({ model = measured, delivery, ...wished }: Wish) {
  const source = { trainingRunRef: { name: 'fraud' }, ...(delivery && { delivery }) };
  const parent = modelDeployment({ spec: { model: source, server: { ...server, ...wished } } });
  return { parent, revision, model, profile: {}, observerImage: 'x', replicas: 1, installation };
}

function built(wish: Wish = {}) {
  const deployment = buildDeployment(templateOf(wish));
  if (deployment?.spec === undefined) throw new Error('nothing is built');
  new Deployment(deployment).validate();
  const { spec, metadata } = deployment.spec.template;
  const [fetch] = spec?.initContainers ?? [];
  const variable = fetch?.env?.find(({ name }) => name === 'FLYBALL_TRANSFER')?.value ?? '{}';
  const { digests } = JSON.parse(variable) as { digests?: Record<string, string> };
  return { deployment, metadata, pod: spec, main: spec?.containers[0], fetch, digests };
}

describe('A model in a store', () => {
  it('is fetched into the pod before anything else starts, and the server sees it read-only at its path', () => {
    const { fetch, main, pod, deployment } = built({ storage: { secretRef: { name: 'team' } } });
    expect(fetch).toMatchObject({
      name: 'fetch',
      image: 'registry/storage:1',
      args: ['s3://models/fraud/1', '/flyball/storage/model'],
      envFrom: [{ prefix: 'FLYBALL_STORE_', secretRef: { name: 'team' } }],
    });
    expect(main?.volumeMounts).toEqual([
      { name: 'flyball-storage', mountPath: '/flyball/model', subPath: 'model', readOnly: true },
    ]);
    expect(main?.envFrom).toBeUndefined();
    expect(pod?.volumes).toEqual([
      { name: 'flyball-storage', emptyDir: {} },
      { name: 'flyball-tmp', emptyDir: {} },
    ]);
    expect(pod?.securityContext).toMatchObject({ supplementalGroups: [65532] });
    expect(deployment.spec?.progressDeadlineSeconds).toBe(2 ** 31 - 1);
  });

  it('has to have the digest that was measured, or that is declared beside its URI, and none that was merely reported', () => {
    const { uri, digest } = measured;
    const folder = '/flyball/storage/model';
    expect(built().digests).toEqual({ [folder]: digest });
    expect(built({ model: { ...measured, digestSource: 'Declared' } }).digests).toEqual({ [folder]: digest });
    expect(built({ model: { ...measured, digestSource: 'Reported' } }).digests).toEqual({});
    expect(built({ model: { uri, digest } }).digests).toEqual({});
  });

  it('is where the server looks for it, whatever it is fetched into, and the server is told so', () => {
    for (const storage of [undefined, { volume: { claimName: 'cache' } }]) {
      const usual = built({ ...(storage && { storage }) });
      const { main, pod } = built({ modelPath: '/mnt/models', ...(storage && { storage }) });
      expect(main?.volumeMounts).toEqual([{ ...usual.main?.volumeMounts?.[0], mountPath: '/mnt/models' }]);
      expect(main?.env).toContainEqual({ name: 'FLYBALL_MODEL', value: '/mnt/models' });
      expect([pod?.volumes, pod?.initContainers]).toEqual([usual.pod?.volumes, usual.pod?.initContainers]);
    }
  });

  it('is left to the server that gets it by itself: nothing is fetched or mounted, and it is told the URI', () => {
    const { main, pod, deployment } = built({ delivery: 'Server' });
    expect(main?.env).toContainEqual({ name: 'FLYBALL_MODEL', value: 's3://models/fraud/1' });
    expect(main?.env).toContainEqual({ name: 'FLYBALL_MODEL_DIGEST', value: measured.digest });
    expect([main?.volumeMounts, pod?.volumes, pod?.initContainers]).toEqual([undefined, undefined, undefined]);
    expect(deployment.spec).not.toHaveProperty('progressDeadlineSeconds');
    expect(built({ delivery: 'Mount' }).deployment).toEqual(built().deployment);
  });

  it('must not have more than the folder may hold that it is fetched into', () => {
    const { fetch } = built({ storage: { volume: { emptyDir: { sizeLimit: '2Mi' } } } });
    expect(fetch?.env?.[1]?.value).toContain('"room":2097152');
  });

  it('is shared by all pods in a cache claim under its digest, unless that is merely reported', () => {
    const storage = { volume: { claimName: 'cache' } };
    const { fetch, main, pod } = built({ storage });
    expect(pod?.volumes).toContainEqual({ name: 'flyball-cache', persistentVolumeClaim: { claimName: 'cache' } });
    expect(fetch?.args).toEqual(['s3://models/fraud/1', `/flyball/cache/${hex}`]);
    expect(main?.volumeMounts).toEqual([
      { name: 'flyball-cache', mountPath: '/flyball/model', subPath: `flyball-cache/${hex}`, readOnly: true },
    ]);
    const reported = built({ storage, model: { ...measured, digestSource: 'Reported' } });
    expect(reported.pod?.volumes).toContainEqual({ name: 'flyball-storage', emptyDir: {} });
  });

  it('is fetched by another image into no folder that pods share, since that writes over what others read', () => {
    const template = {
      ...templateOf({ storage: { volume: { claimName: 'cache' } } }),
      installation: { ...installation, fetchImage: 'registry/initializer:1' },
    };
    const pod = buildDeployment(template)?.spec?.template.spec;
    expect(pod?.volumes).toContainEqual({ name: 'flyball-storage', emptyDir: {} });
    expect(pod?.initContainers?.map(({ name }) => name)).toEqual(['fetch', 'verify']);
  });

  it('can be written to the claims that it is fetched into, which belong to root as they are made', () => {
    const group = { fsGroup: 65532, fsGroupChangePolicy: 'OnRootMismatch' };
    for (const volume of [{ claimName: 'cache' }, { ephemeral: { size: '1Gi' } }]) {
      expect(built({ storage: { volume } }).pod?.securityContext).toMatchObject(group);
    }
    const { pod } = built({ storage: { volume: { claimName: 'cache' } }, pod: { fsGroup: 2000 } });
    expect(pod?.securityContext).toMatchObject({ fsGroup: 2000 });
    expect(pod?.volumes?.[0]).toEqual({ name: 'flyball-cache', persistentVolumeClaim: { claimName: 'cache' } });
  });

  it('of an image is a volume of the pod, and nothing is fetched', () => {
    const { pod, main, deployment } = built({ model: { ...measured, uri: 'oci://registry/models/fraud:1' } });
    expect(pod?.volumes).toEqual([{ name: 'model', image: { reference: 'registry/models/fraud:1' } }]);
    expect(main?.volumeMounts).toEqual([{ name: 'model', mountPath: '/flyball/model', readOnly: true }]);
    expect(pod?.initContainers).toBeUndefined();
    expect(deployment.spec?.progressDeadlineSeconds).toBeUndefined();
  });
});

describe('The template of a revision that fetches its model', () => {
  const role: RevisionStatus = { ...(measured as RevisionStatus), revision, since: '2026-11-24T10:00:00Z' };
  const answer = withUID(built().deployment);
  const known = withMade({ stable: role }, [answer]).stable ?? role;

  function withUID(deployment: IDeployment): IDeployment {
    return { ...deployment, metadata: { ...deployment.metadata, uid: 'uid-child' } };
  }

  type Pod = NonNullable<ReturnType<typeof built>['pod']>;
  type Container = NonNullable<Pod['initContainers']>[number];

  const making = (object: IDeployment, declared = templateOf({})) => {
    const found = revisionWorkload(workload, object, { parent: 'fraud', read: { ownedBy: () => [] } });
    return makingOf({ role: known, found, declared, provenance: 'Compare' });
  };
  const changed = (change: (pod: Pod) => Partial<Pod>): IDeployment => {
    const { deployment, pod = { containers: [] }, metadata = {} } = built();
    const template = { metadata, spec: { ...pod, ...change(pod) } };
    return withUID({ ...deployment, ...(deployment.spec && { spec: { ...deployment.spec, template } }) });
  };
  const fetching = (change: (container: Container) => Container) =>
    changed(({ initContainers = [] }) => ({ initContainers: initContainers.map(change) }));

  it.each<[string, IDeployment]>([
    ['another image', fetching((one) => ({ ...one, image: 'evil/storage:1' }))],
    ['another model', fetching((one) => ({ ...one, args: ['s3://evil/1', '/flyball/storage/model'] }))],
    ['nothing that it has to be', fetching((one) => ({ ...one, env: [] }))],
    ['no container that fetches', changed(() => ({ initContainers: [] }))],
    ['another volume', changed(() => ({ volumes: [{ name: 'flyball-storage', hostPath: { path: '/' } }] }))],
  ])('was edited if it has %s', (_, object) => {
    expect(making(answer)).toEqual({ type: 'Own' });
    expect(making(object).type).toBe('Edited');
  });

  it('is its own when the operator is installed anew with another image and other endpoints', () => {
    const another = { ...templateOf({}), installation: { image: 'registry/storage:2', fetchImage: 'company/fetch' } };
    expect(making(answer, another)).toEqual({ type: 'Own' });
  });

  it('is told apart from the pods in which another image fetches', () => {
    const { pod: spec = { containers: [] }, deployment } = built();
    const program = deployment.spec && programOf(deployment.spec.template, []);
    const pod = (image: string) => {
      const initContainers = (spec.initContainers ?? []).map((one) => ({ ...one, image }));
      return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: { ...spec, initContainers } } as const;
    };
    const [own, altered] = [pod('registry/storage:1'), pod('evil/storage:1')];
    expect(alteredAmong([own, altered], program)).toEqual([altered]);
  });
});
