/** What the chart renders, at a real API server: it is accepted, and the operator may do what it needs and no more. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import type { ITrainingRun } from '../../src/api/types.ts';
import { leaseName } from '../../src/runtime/operator.ts';
import { newJob } from '../builders/job.ts';
import { applied } from './apply.ts';
import { release, type Rendered, renderChart } from './chart.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { trainingRun } from './objects.ts';
import { eventually } from './program.ts';

let environment: Environment;
let objects: readonly Rendered[];

beforeAll(async () => {
  const { helm } = await ensureBinaries(['helm']);
  objects = renderChart(helm, ['prometheus.url=http://prometheus.monitoring.svc:9090']);
  // Off by default, on in some distributions: makes it a right of its own to block the deletion of an owner.
  const flags = ['--enable-admission-plugins=OwnerReferencesPermissionEnforcement'];
  environment = await startEnvironment({ apiServerFlags: flags });
  const labels = {
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  };
  await applied(environment, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: release.namespace, labels } });
}, 900_000);

afterAll(async () => environment?.stop());

describe('the chart', () => {
  it('is accepted object by object, with no unknown field and no warning', async () => {
    for (const object of objects.filter(({ kind }) => kind !== 'CustomResourceDefinition')) {
      const { status, body, warnings } = await applied(environment, object);
      const name = `${object.kind} ${object.metadata.name}`;
      expect({ name, status, warnings, body: status === 201 ? '' : body }).toEqual({
        name,
        status: 201,
        warnings: [],
        body: '',
      });
    }
  });

  it('has pods that a namespace of the restricted Pod Security Standard accepts', async () => {
    const deployment = objects.find(({ kind }) => kind === 'Deployment');
    const { template } = (deployment?.spec as { template?: { spec: object } } | undefined) ?? {};
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'operator' }, spec: template?.spec };

    const path = `/api/v1/namespaces/${release.namespace}/pods?dryRun=All`;
    expect(await environment.request('POST', path, { body: pod })).toMatchObject({ status: 201 });
  });

  it.each([
    ['flyball', '/apis/flyball.dev/v1alpha1/trainingruns'],
    ['flyball-leader-election', `/apis/coordination.k8s.io/v1/namespaces/${release.namespace}/leases/${leaseName}`],
  ])('gives the FlowSchema %s to the request of the operator for %s', async (name, path) => {
    const schema = `/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/${name}`;
    const { body } = await environment.request('GET', schema);

    const want = (body as { metadata: { uid: string } }).metadata.uid;
    expect(await eventually(async () => (await flowSchemaOf(path)) === want, { limitMs: 10_000 })).toBe(true);
  });
});

/** The UID of the FlowSchema by which the API server classified a request of the operator. */
async function flowSchemaOf(path: string): Promise<unknown> {
  const { url, ca, tokens } = environment;
  const request = get(`${url}${path}`, { ca, agent: false, headers: { authorization: `Bearer ${tokens.operator}` } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.headers['x-kubernetes-pf-flowschema-uid'];
}

interface Attributes {
  readonly verb: string;
  readonly group?: string;
  /** A resource, or `resource/subresource`. */
  readonly what: string;
  readonly namespace?: string;
  readonly name?: string;
}

describe('the operator, by the rights of the chart', () => {
  const may = async ({ what, ...attributes }: Attributes) => {
    const [resource, subresource] = what.split('/');
    const { body } = await environment.request('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      user: 'operator',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { ...attributes, resource, subresource } },
      },
    });
    return (body as { status: { allowed: boolean } }).status.allowed;
  };

  beforeAll(async () => {
    const inEffect = () => may({ verb: 'list', group: 'flyball.dev', what: 'trainingruns' });
    if (!(await eventually(inEffect, { limitMs: 10_000 }))) throw new Error('the rights do not take effect');
  });

  it.each([
    { verb: 'watch', group: 'flyball.dev', what: 'monitors' },
    { verb: 'patch', group: 'flyball.dev', what: 'trainingruns/status', namespace: 'team' },
    { verb: 'create', group: 'flyball.dev', what: 'modelversions', namespace: 'team' },
    { verb: 'create', group: 'batch', what: 'jobs', namespace: 'team' },
    { verb: 'create', group: 'coordination.k8s.io', what: 'leases', namespace: release.namespace },
    { verb: 'create', group: 'events.k8s.io', what: 'events', namespace: 'team' },
    { verb: 'watch', group: 'coordination.k8s.io', what: 'leases', namespace: release.namespace, name: leaseName },
    { verb: 'patch', group: 'coordination.k8s.io', what: 'leases', namespace: release.namespace, name: leaseName },
  ])('may $verb $what', async (attributes) => {
    expect(await may(attributes)).toBe(true);
  });

  it.each([
    { verb: 'get', what: 'secrets', namespace: 'team', name: 'db' },
    { verb: 'get', what: 'secrets', namespace: release.namespace, name: 'db' },
    { verb: 'create', what: 'pods/exec', namespace: 'team' },
    { verb: 'create', what: 'pods', namespace: 'team' },
    { verb: 'patch', group: 'flyball.dev', what: 'trainingruns', namespace: 'team' },
    { verb: 'patch', group: 'flyball.dev', what: 'modelversions', namespace: 'team' },
    { verb: 'delete', group: 'flyball.dev', what: 'modelversions', namespace: 'team' },
    {
      verb: 'patch',
      group: 'coordination.k8s.io',
      what: 'leases',
      namespace: 'kube-system',
      name: 'kube-scheduler',
    },
    { verb: 'create', group: 'rbac.authorization.k8s.io', what: 'rolebindings', namespace: 'team' },
  ])('may not $verb $what', async (attributes) => {
    expect(await may(attributes)).toBe(false);
  });

  it('may make a Job whose owner is not gone before it', async () => {
    const { body } = await applied(environment, { ...trainingRun(), metadata: { name: 'fraud' } });
    const job = newJob(body as ITrainingRun);

    const path = '/apis/batch/v1/namespaces/default/jobs';
    expect(await environment.request('POST', path, { user: 'operator', body: job })).toMatchObject({ status: 201 });
  });
});
