import { describe, expect, it } from '@jest/globals';
import type { IContainer } from 'kubernetes-models/v1';
import { everyOption } from '../../test/builders/podoptions.ts';
import type { PodOptions } from '../api/generated/shared.ts';
import { type DeclaredContainer, type DeclaredPod, userContainer } from './container.ts';
import type { HardwareProfile } from './hardware.ts';
import { gracePeriod, podAround, podMetadata } from './pod.ts';

const hardware: HardwareProfile = {
  name: 'h100',
  resource: 'nvidia.com/gpu',
  product: 'NVIDIA-H100',
  nodeSelector: { pool: 'h100', fabric: 'ib' },
  tolerations: [{ key: 'h100', operator: 'Exists' }],
  runtimeClassName: 'nvidia',
  sharedMemory: '8Gi',
  extended: { 'rdma/hca': 1 },
};
const accelerator = { resource: 'nvidia.com/gpu', count: 2, product: 'NVIDIA-A100' };
const own = { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' };

function pod(options?: PodOptions, main: Partial<DeclaredContainer> = {}, profile?: HardwareProfile) {
  const declared: DeclaredPod = { main: { image: 'registry/train:1', ...main }, options, hardware: profile };
  const groups = { fsGroup: 65532, fsGroupChangePolicy: 'OnRootMismatch' } as const;
  return { ...podAround(declared, groups, []), main: userContainer(declared, [], []) };
}

const isRestricted = ({ securityContext }: IContainer) =>
  securityContext?.allowPrivilegeEscalation === false && securityContext.capabilities?.drop?.includes('ALL') === true;

describe('A pod of which people say nothing', () => {
  it('is closed, and has nothing that they did not ask for', () => {
    const { main: _, ...around } = pod();
    expect(around).toEqual({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: {
        runAsNonRoot: true,
        fsGroup: 65532,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(pod({}).main).toEqual(pod().main);
    expect(Object.keys(pod().main).toSorted()).toEqual(
      ['env', 'image', 'name', 'securityContext', 'terminationMessagePolicy'].toSorted(),
    );
  });
});

describe("A pod with people's options", () => {
  it('runs where and as whom they say', () => {
    expect(pod(everyOption)).toMatchObject({
      serviceAccountName: 'trainer',
      automountServiceAccountToken: true,
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { pool: 'gpu' },
      tolerations: everyOption.tolerations,
      affinity: everyOption.affinity,
      topologySpreadConstraints: everyOption.topologySpreadConstraints,
      priorityClassName: 'batch',
      runtimeClassName: 'nvidia',
      schedulerName: 'bin-packer',
      terminationGracePeriodSeconds: 90,
    });
  });

  it('runs all of their containers as their user and group, each of them restricted', () => {
    const { main, initContainers = [] } = pod(everyOption);
    for (const container of [main, ...initContainers]) {
      expect(container.securityContext).toMatchObject({ runAsUser: 2000, runAsGroup: 3000 });
      expect(isRestricted(container)).toBe(true);
      expect(container.terminationMessagePolicy).toBe('FallbackToLogsOnError');
    }
  });

  it('has no ServiceAccount token unless they ask for it, also if they name a ServiceAccount', () => {
    expect(pod({ serviceAccountName: 'trainer' }).automountServiceAccountToken).toBe(false);
  });

  it('writes as the group that they name, and reads what others wrote as the group of models', () => {
    expect(pod({ fsGroup: 4000 }).securityContext).toMatchObject({
      fsGroup: 4000,
      fsGroupChangePolicy: 'OnRootMismatch',
      supplementalGroups: [65532],
    });
  });

  it('has first what ends before main starts, then what runs beside it', () => {
    const [warm, proxy] = pod(everyOption).initContainers ?? [];
    expect(warm).toEqual({
      name: 'warm',
      image: 'registry/warm:1',
      command: ['warm'],
      args: ['/scratch'],
      env: [
        { name: 'LEVEL', value: 'debug' },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
      ],
      resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } },
      terminationMessagePolicy: 'FallbackToLogsOnError',
      securityContext: expect.anything(),
      volumeMounts: [{ name: 'scratch', mountPath: '/scratch', subPath: 'warm', readOnly: false }],
    });
    expect(warm).not.toHaveProperty('restartPolicy');
    expect(proxy).toMatchObject({ name: 'proxy', restartPolicy: 'Always' });
  });

  it('has the volumes that they name, where they say', () => {
    const { volumes, main } = pod(everyOption);
    expect(volumes).toEqual([
      { name: 'code', configMap: { name: 'code', items: [{ key: 'train', path: 'train.py' }] } },
      { name: 'keys', secret: { secretName: 'keys' } },
      { name: 'scratch', emptyDir: { medium: 'Memory', sizeLimit: '64Mi' } },
      { name: 'empty', emptyDir: {} },
      { name: 'shared', persistentVolumeClaim: { claimName: 'shared' } },
      {
        name: 'local',
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '500Gi' } },
              storageClassName: 'fast',
            },
          },
        },
      },
      { name: 'weights', image: { reference: 'registry/weights:1' } },
      {
        name: 'vault',
        csi: {
          driver: 'secrets-store.csi.k8s.io',
          readOnly: true,
          volumeAttributes: { secretProviderClass: 'vault' },
          nodePublishSecretRef: { name: 'vault' },
        },
      },
      { name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '1Gi' } },
    ]);
    expect(main.volumeMounts).toEqual([
      { name: 'code', mountPath: '/code' },
      { name: 'keys', mountPath: '/keys', readOnly: true },
      { name: 'scratch', mountPath: '/scratch' },
      { name: 'shared', mountPath: '/shared', subPath: 'team/a' },
      { name: 'local', mountPath: '/local' },
      { name: 'weights', mountPath: '/weights', readOnly: true },
      { name: 'vault', mountPath: '/vault', readOnly: true },
      { name: 'shared-memory', mountPath: '/dev/shm' },
    ]);
  });

  it('bears their labels and annotations, but none that are ours or the cluster’s, whatever is stored', () => {
    const stored = {
      team: 'risk',
      'flyball.dev/training-run': 'other',
      'batch.kubernetes.io/job-name': 'other',
      'app.kubernetes.io/managed-by': 'other',
      'pod-template-hash': '1',
      'container.apparmor.security.beta.kubernetes.io/main': 'unconfined',
    };
    const ours = { 'app.kubernetes.io/managed-by': 'flyball' };
    expect(podMetadata({ labels: stored, annotations: stored }, ours)).toEqual({
      labels: { team: 'risk', ...ours },
      annotations: { team: 'risk' },
    });
    expect(podMetadata(undefined, ours)).toEqual({ labels: ours });
  });

  it.each([
    ['1s', 1],
    ['500ms', 1],
    ['1500ms', 2],
    ['10m', 600],
    ['soon', undefined],
  ])('with the grace period %s has %s seconds to end', (terminationGracePeriod, want) => {
    expect(gracePeriod({ terminationGracePeriod })).toBe(want);
  });
});

describe('The container of the user', () => {
  it('starts where they say, with all variables of the sources that they name', () => {
    const envFrom = [{ prefix: 'HUB_', secretRef: { name: 'hub' } }, { configMapRef: { name: 'settings' } }];
    expect(pod(undefined, { workingDir: '/app', envFrom }).main).toMatchObject({ workingDir: '/app', envFrom });
  });

  it('may ask for more than is set aside, for disk and for further devices', () => {
    const resources = {
      cpu: 8,
      memory: '32Gi',
      ephemeralStorage: '200Gi',
      extended: { 'rdma/hca': 1 },
      requests: { cpu: '500m' },
    };
    const wantLimits = {
      cpu: '8',
      memory: '32Gi',
      'ephemeral-storage': '200Gi',
      'rdma/hca': '1',
      'nvidia.com/gpu': '2',
    };
    expect(pod(undefined, { resources, accelerator }).main.resources).toEqual({
      requests: { ...wantLimits, cpu: '500m' },
      limits: wantLimits,
    });
    const wantRequests = { requests: { memory: '1Gi' } };
    expect(pod(undefined, { resources: { requests: { memory: '1Gi' } } }).main.resources).toEqual(wantRequests);
  });
});

describe('A pod with an accelerator', () => {
  it('tolerates the taint that keeps others away from it, once', () => {
    expect(pod(undefined, { accelerator }).tolerations).toEqual([own]);
    expect(pod({ tolerations: [own as never] }, { accelerator }).tolerations).toEqual([own]);
    expect(pod(undefined, { accelerator: { profile: 'h100', count: 1 } }, hardware).tolerations).toEqual([
      { key: 'h100', operator: 'Exists' },
      own,
    ]);
  });

  it('is on a node with the product of the recipe, whatever its options say', () => {
    const options = { nodeSelector: { pool: 'a', 'nvidia.com/gpu.product': 'NVIDIA-T4' } };
    expect(pod(options, { accelerator }).nodeSelector).toEqual({ pool: 'a', 'nvidia.com/gpu.product': 'NVIDIA-A100' });
  });

  it('of a profile has what that says, unless people say it themselves', () => {
    const named = { accelerator: { profile: 'h100', count: 8 } };
    const { main, ...around } = pod({ nodeSelector: { pool: 'mine' } }, named, hardware);
    expect(main.resources?.limits).toEqual({ 'nvidia.com/gpu': '8', 'rdma/hca': '1' });
    expect(around).toMatchObject({
      runtimeClassName: 'nvidia',
      nodeSelector: { pool: 'mine', fabric: 'ib', 'nvidia.com/gpu.product': 'NVIDIA-H100' },
      volumes: [{ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: '8Gi' } }],
    });
    expect(main.volumeMounts).toEqual([{ name: 'shared-memory', mountPath: '/dev/shm' }]);
  });

  it('of a profile that is not known asks for none, since nobody knows which', () => {
    const { main, tolerations } = pod(undefined, { accelerator: { profile: 'h100', count: 8 } });
    expect([main.resources, tolerations]).toEqual([undefined, undefined]);
  });
});
