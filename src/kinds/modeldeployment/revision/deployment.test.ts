import { describe, expect, it } from '@jest/globals';
import { Deployment } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import type { IModelDeployment } from '../../../api/types.ts';
import { everyOption } from '../../../../test/builders/podoptions.ts';
import { artifact, modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { buildDeployment } from './deployment.ts';
import { buildDisruptionBudget, buildRevisionService, buildService } from '../traffic/service.ts';

const revision = '0a1b2c3d';
const amount = { name: 'amount', from: 'Request', pointer: '/inputs/0/data/3', type: 'Number' } as const;

function built(parent: IModelDeployment, profile = {}) {
  const model = { ...artifact(1), version: 'fraud-1' };
  const deployment = buildDeployment({
    parent,
    revision,
    model,
    profile,
    observerImage: 'registry/flyball:1',
    replicas: 3,
  });
  if (deployment === undefined) throw new Error('not built');
  new Deployment(deployment).validate();
  const pod = deployment.spec?.template.spec;
  const observer = pod?.initContainers?.[0];
  return { deployment, pod, main: pod?.containers[0], observer };
}

describe('The Deployment of a revision', () => {
  it('belongs to the ModelDeployment and selects the pods of the revision alone', () => {
    const { deployment } = built(modelDeployment());
    expect(deployment.metadata).toMatchObject({
      name: 'fraud-0a1b2c3d',
      namespace: 'team',
      ownerReferences: [{ kind: 'ModelDeployment', uid: 'uid-deployment', controller: true }],
    });
    const wantSelector = { 'flyball.dev/model-deployment': 'fraud', 'flyball.dev/revision': revision };
    expect(deployment.spec?.selector.matchLabels).toEqual(wantSelector);
    expect(deployment.spec).toMatchObject({ replicas: 3, revisionHistoryLimit: 0 });
    expect(deployment.spec?.template.metadata?.labels).toMatchObject({
      ...wantSelector,
      'app.kubernetes.io/managed-by': 'flyball',
    });
  });

  it.each([
    [undefined, 10],
    ['0s', 0],
    ['1m30s', 90],
    ['1500ms', 2],
  ])('counts a pod once it has stayed ready, with minReady %s for %d seconds', (minReady, want) => {
    const rollout = minReady === undefined ? {} : { minReady };
    expect(built(modelDeployment({ spec: { rollout } })).deployment.spec?.minReadySeconds).toBe(want);
  });

  it('has a probe that notices within minReady that a server is not ready any more', () => {
    const { deployment, main } = built(modelDeployment());
    const { periodSeconds = NaN, failureThreshold = NaN } = main?.readinessProbe ?? {};
    expect(periodSeconds * failureThreshold).toBeLessThan((deployment.spec?.minReadySeconds ?? 0) - 3);
  });

  it('mounts the model read-only at its path and tells the server about it', () => {
    const { main, pod } = built(modelDeployment());
    expect(pod?.volumes).toEqual([{ name: 'model', persistentVolumeClaim: { claimName: 'models' } }]);
    expect(main?.volumeMounts).toEqual([
      { name: 'model', mountPath: '/flyball/model', subPath: 'fraud/fraud-1', readOnly: true },
    ]);
    expect(main?.env).toEqual([
      { name: 'FLYBALL_MODEL', value: '/flyball/model' },
      { name: 'FLYBALL_MODEL_VERSION', value: 'fraud-1' },
      { name: 'FLYBALL_MODEL_DIGEST', value: artifact(1).digest },
      { name: 'FLYBALL_PORT', value: '8080' },
    ]);
  });

  it('tells the observer of the protocol where that has tokens, and leaves the templates of others as they were', () => {
    const configurationOf = (protocol: 'OpenInference' | 'OpenAI') => {
      const parent = modelDeployment({ spec: { observe: {} } });
      const { server } = parent.spec;
      const { pod } = built({ ...parent, spec: { ...parent.spec, server: { ...server, protocol } } });
      const observer = pod?.initContainers?.find(({ name }) => name === 'observer');
      return JSON.parse(observer?.env?.find(({ name }) => name === 'FLYBALL_OBSERVER')?.value ?? '') as unknown;
    };
    const plain = configurationOf('OpenInference') as object;
    expect(Object.keys(plain)).toEqual([
      'namespace',
      'modelDeployment',
      'revision',
      'upstreamPort',
      'signals',
      'profile',
    ]);
    expect(configurationOf('OpenAI')).toEqual({ ...plain, protocol: 'OpenAI' });
  });

  it('gives server and observer what people and containers wrote as it is, also where that looks like a reference', () => {
    const parent = modelDeployment({ spec: { observe: { signals: [{ ...amount, pointer: '/$(TOKEN)' }] } } });
    const model = { uri: 'pvc://models/fraud', version: '$(TOKEN)', digest: 'md5:$(TOKEN)' };
    const profile = { amount: { categories: { '$(TOKEN)': '1' } } };
    const template = { parent, revision, model, profile, observerImage: 'x', replicas: 1 };
    const pod = buildDeployment(template)?.spec?.template.spec;
    const values = [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])].flatMap(({ env }) => env ?? []);
    const written = values.filter(({ value }) => value?.includes('TOKEN'));
    expect(written.map(({ name }) => name)).toEqual([
      'FLYBALL_OBSERVER',
      'FLYBALL_MODEL_VERSION',
      'FLYBALL_MODEL_DIGEST',
    ]);
    expect(JSON.stringify(written).replaceAll('$$(TOKEN)', '')).not.toContain('$(');
  });

  it('passes the restricted Pod Security Standard, with and without the observer', () => {
    for (const parent of [modelDeployment(), modelDeployment({ spec: { observe: {} } })]) {
      const { pod } = built(parent);
      expect(pod).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
        expect(container.securityContext).toMatchObject({
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });

  it('has a second port for gRPC where the server listens there, with and without an observer', () => {
    const own = { ...server, grpcPort: 9000 };
    const grpc = { name: 'grpc', containerPort: 9000, protocol: 'TCP' };
    const ports = (spec: Partial<IModelDeployment['spec']>) => built(modelDeployment({ spec })).main?.ports;
    expect(ports({ server: own })).toEqual([{ name: 'inference', containerPort: 8080, protocol: 'TCP' }, grpc]);
    expect(ports({ server: own, observe: {} })).toEqual([{ containerPort: 8080, protocol: 'TCP' }, grpc]);
    expect(ports({})).toHaveLength(1);
  });

  it('without an observer lets the server have the port named inference', () => {
    const { main, observer } = built(modelDeployment());
    expect(observer).toBeUndefined();
    expect(main?.ports).toEqual([{ name: 'inference', containerPort: 8080, protocol: 'TCP' }]);
  });

  it('with an observer puts it between Service and server, with its profile', () => {
    const profile = { amount: { edges: ['1', '2'] }, unused: { edges: ['3'] } };
    const { main, observer } = built(modelDeployment({ spec: { observe: { signals: [amount] } } }), profile);
    expect(main?.ports).toEqual([{ containerPort: 8080, protocol: 'TCP' }]);
    expect(observer).toMatchObject({ name: 'observer', image: 'registry/flyball:1', restartPolicy: 'Always' });
    expect(observer?.ports?.map(({ name, containerPort }) => [name, containerPort])).toEqual([
      ['inference', 8900],
      ['metrics', 8901],
    ]);
    expect(observer?.lifecycle?.preStop).toEqual({
      exec: { command: ['/usr/local/bin/node', '/app/flyball.mjs', 'drain'] },
    });
    expect(JSON.parse(observer?.env?.[0]?.value ?? '')).toEqual({
      namespace: 'team',
      modelDeployment: 'fraud',
      revision,
      upstreamPort: 8080,
      signals: [amount],
      profile: { amount: profile.amount },
    });
  });

  it('asks the server itself whether it is ready, by its protocol', () => {
    const wantGet = { path: '/v2/health/ready', port: 8080 };
    expect(built(modelDeployment()).main?.readinessProbe?.httpGet).toEqual(wantGet);
    expect(built(modelDeployment()).main?.startupProbe?.httpGet).toEqual(wantGet);
    const http = modelDeployment({ spec: { server: { ...server, protocol: 'HTTP' } } });
    expect(built(http).main?.readinessProbe?.tcpSocket).toEqual({ port: 8080 });
  });

  it('keeps serving for five seconds after its end was asked for, while nodes learn of it', () => {
    const { main, pod } = built(modelDeployment());
    expect(main?.lifecycle?.preStop).toEqual({ sleep: { seconds: 5 } });
    expect(pod?.terminationGracePeriodSeconds).toBe(30);
  });

  it.each([
    ['10m', 600, { preStop: { sleep: { seconds: 5 } } }],
    ['6s', 6, { preStop: { sleep: { seconds: 5 } } }],
    ['3s', 3, { preStop: { sleep: { seconds: 2 } } }],
    ['1s', 1, undefined],
  ])('with a grace period of %s has %d seconds, in which it waits no longer than it has', (period, want, lifecycle) => {
    const pod = { terminationGracePeriod: period };
    const { main, pod: made } = built(modelDeployment({ spec: { server: { ...server, pod } } }));
    expect([made?.terminationGracePeriodSeconds, main?.lifecycle]).toEqual([want, lifecycle]);
  });

  it('has the options of its pods, with the observer first, which stays the user that it is', () => {
    const parent = modelDeployment({ spec: { server: { ...server, pod: everyOption }, observe: {} } });
    const { pod, observer, deployment } = built(parent);
    expect(pod?.initContainers?.map(({ name }) => name)).toEqual(['observer', 'warm', 'proxy']);
    expect(observer?.securityContext).not.toHaveProperty('runAsUser');
    expect(pod).toMatchObject({ serviceAccountName: 'trainer', terminationGracePeriodSeconds: 90 });
    expect(pod?.securityContext).toMatchObject({ fsGroup: 4000, supplementalGroups: [65532] });
    expect(pod?.volumes?.map(({ name }) => name).slice(0, 2)).toEqual(['model', 'code']);
    expect(deployment.spec?.template.metadata).toMatchObject({
      labels: { team: 'risk', 'flyball.dev/revision': revision },
      annotations: { 'example.com/owner': 'risk' },
    });
    expect(deployment.spec?.selector.matchLabels).not.toHaveProperty('team');
  });

  it('leaves the files of its model to the group that they have, whichever group it writes as', () => {
    const { pod } = built(modelDeployment({ spec: { server: { ...server, pod: { fsGroup: 4000 } } } }));
    expect(pod?.volumes).toEqual([{ name: 'model', persistentVolumeClaim: { claimName: 'models', readOnly: true } }]);
  });

  it("has its profile's variables, in whose place people's own stand", () => {
    const hardware = {
      name: 'h100',
      resource: 'nvidia.com/gpu',
      env: [
        { name: 'NCCL_DEBUG', value: 'INFO' },
        { name: 'NCCL_IB_HCA', value: 'mlx5' },
      ],
    };
    const env = [{ name: 'NCCL_DEBUG', value: 'WARN' }];
    const parent = modelDeployment({
      spec: { server: { ...server, env, accelerator: { profile: 'h100', count: 1 } } },
    });
    const template = { parent, revision, model: artifact(1), profile: {}, observerImage: 'x', replicas: 1, hardware };
    const main = buildDeployment(template)?.spec?.template.spec?.containers[0];
    expect(main?.env?.slice(-2)).toEqual([{ name: 'NCCL_IB_HCA', value: 'mlx5' }, ...env]);
    expect(main?.resources?.limits).toEqual({ 'nvidia.com/gpu': '1' });
  });

  it('reserves what the server asks for, on nodes with that product', () => {
    const accelerator = { resource: 'nvidia.com/gpu', count: 2, product: 'NVIDIA-H100' };
    const resources = { cpu: '4', memory: '16Gi' };
    const { main, pod } = built(modelDeployment({ spec: { server: { ...server, resources, accelerator } } }));
    const wantAmounts = { cpu: '4', memory: '16Gi', 'nvidia.com/gpu': '2' };
    expect(main?.resources).toEqual({ requests: wantAmounts, limits: wantAmounts });
    expect(pod?.nodeSelector).toEqual({ 'nvidia.com/gpu.product': 'NVIDIA-H100' });
  });

  it('takes values from Secrets by reference only', () => {
    const env = [
      { name: 'LEVEL', value: 'debug' },
      { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
    ];
    expect(built(modelDeployment({ spec: { server: { ...server, env } } })).main?.env?.slice(-2)).toEqual([
      { name: 'LEVEL', value: 'debug' },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'hub', key: 'token' } } },
    ]);
  });

  it('copies labels by an allow-list, and none to its pods or into its selector', () => {
    const labels = { 'app.kubernetes.io/part-of': 'shop', 'kueue.x-k8s.io/queue-name': 'x' };
    const { deployment } = built(modelDeployment({ labels }));
    expect(deployment.metadata?.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'shop' });
    expect(deployment.metadata?.labels).not.toHaveProperty('kueue.x-k8s.io/queue-name');
    expect(deployment.spec?.template.metadata?.labels).toEqual({
      'app.kubernetes.io/managed-by': 'flyball',
      'flyball.dev/model-deployment': 'fraud',
      'flyball.dev/revision': revision,
    });
    expect(Object.keys(deployment.spec?.selector.matchLabels ?? {})).toHaveLength(2);
  });

  it('is not built for a model that cannot be mounted', () => {
    const model = { uri: 'pvc://models/../etc' };
    const template = { parent: modelDeployment(), revision, model, profile: {}, observerImage: 'x', replicas: 1 };
    expect(buildDeployment(template)).toBeUndefined();
  });
});

describe('The shared objects', () => {
  it('the Service of the ModelDeployment selects all its revisions, that of a revision its own', () => {
    const all = buildService(modelDeployment(), false);
    const one = buildRevisionService(modelDeployment(), revision, false);
    for (const service of [all, one]) new Service(service).validate();
    expect(all.metadata?.name).toBe('fraud');
    const ours = { 'app.kubernetes.io/managed-by': 'flyball' };
    expect(all.spec?.selector).toEqual({ ...ours, 'flyball.dev/model-deployment': 'fraud' });
    expect(one.metadata?.name).toBe('fraud-0a1b2c3d');
    expect(one.spec?.selector).toEqual({
      ...ours,
      'flyball.dev/model-deployment': 'fraud',
      'flyball.dev/revision': revision,
    });
    expect(all.spec?.ports).toEqual([{ name: 'http', port: 80, targetPort: 'inference', protocol: 'TCP' }]);
  });

  it('the PodDisruptionBudget lets one pod go at a time', () => {
    const budget = buildDisruptionBudget(modelDeployment());
    new PodDisruptionBudget(budget).validate();
    expect(budget.spec).toMatchObject({ maxUnavailable: 1 });
  });
});
