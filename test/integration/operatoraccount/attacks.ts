import type { IPodSpec } from 'kubernetes-models/v1';
import { release } from '../chart.ts';
import { changedServices } from './serviceattacks.ts';
import { powerful, told } from './accounts.ts';
import {
  budget,
  budgets,
  deployment,
  deployments,
  event,
  events,
  job,
  jobs,
  leases,
  named,
  service,
  services,
  version,
  versions,
  type Write,
} from './writes.ts';

/** What somebody who holds the operator's token tries, and the policy that refuses it, or those of which one does. */
export interface Attack extends Write {
  readonly refusedBy: string;
}

const restricted = job.spec?.template.spec?.containers[0];
const safe = job.spec?.template.spec?.securityContext;
const evil = { name: 'evil', image: 'evil', securityContext: restricted?.securityContext };
const owner = {
  apiVersion: 'flyball.dev/v1alpha1',
  kind: 'TrainingRun',
  name: 'fraud',
  uid: 'run-uid',
  controller: true,
};

/** Our Job with another pod. */
const withPod = (pod: Partial<IPodSpec> | object) => {
  const template = job.spec?.template;
  return { ...job, spec: { ...job.spec, template: { ...template, spec: { ...template?.spec, ...pod } } } };
};
const withContainer = (more: object) => withPod({ containers: [{ ...evil, ...more }] });
const withVolume = (source: object) => withPod({ volumes: [{ name: 'evil', ...source }], containers: [evil] });
const withAnnotation = (key: string, value: string) => {
  const { spec } = withContainer({});
  return { ...job, spec: { ...spec, template: { ...spec.template, metadata: { annotations: { [key]: value } } } } };
};
const sidecar = { ...evil, restartPolicy: 'Always' };
const token = { sources: [{ serviceAccountToken: { path: 'token' } }] };

const pods: readonly (readonly [string, object])[] = [
  ['a pod with a projected API token', withVolume({ projected: token })],
  ['a pod with a folder of its node', withVolume({ hostPath: { path: '/' } })],
  ['a pod with a folder of a server', withVolume({ nfs: { server: '10.0.0.1', path: '/' } })],
  ['a pod with what is known of its node', withVolume({ downwardAPI: {} })],
  [
    'a pod whose probe the kubelet sends elsewhere',
    withContainer({ livenessProbe: { httpGet: { host: '169.254.169.254', port: 80 } } }),
  ],
  [
    'a pod whose hook the kubelet sends elsewhere',
    withContainer({ lifecycle: { postStart: { httpGet: { host: '127.0.0.1', port: 10_250 } } } }),
  ],
  ["a pod in its node's network", withPod({ hostNetwork: true, containers: [evil] })],
  ["a pod among its node's processes", withPod({ hostPID: true })],
  ['a pod with a port of its node', withContainer({ ports: [{ containerPort: 22, hostPort: 22 }] })],
  ['a pod on a node of its choice', withPod({ nodeName: 'control-plane' })],
  ["a pod of the system's priority", withPod({ priorityClassName: 'system-node-critical' })],
  ['a privileged container', withContainer({ securityContext: { privileged: true } })],
  ['a container that is not restricted', withContainer({ securityContext: {} })],
  ['a container of the user 0', withContainer({ securityContext: { ...restricted?.securityContext, runAsUser: 0 } })],
  ['a pod of any user', withPod({ securityContext: {} })],
  ['a pod without seccomp', withPod({ securityContext: { ...safe, seccompProfile: { type: 'Unconfined' } } })],
  [
    'a pod with settings of the kernel',
    withPod({ securityContext: { ...safe, sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }),
  ],
  [
    'a container without seccomp',
    withContainer({ securityContext: { ...restricted?.securityContext, seccompProfile: { type: 'Unconfined' } } }),
  ],
  [
    'a container with a capability',
    withContainer({
      securityContext: { ...restricted?.securityContext, capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } },
    }),
  ],
  [
    'an init container that is privileged',
    withPod({ initContainers: [{ ...evil, securityContext: { privileged: true } }] }),
  ],
  [
    'a sidecar of the user 0',
    withPod({ initContainers: [{ ...sidecar, securityContext: { ...restricted?.securityContext, runAsUser: 0 } }] }),
  ],
  ['a sidecar that is not restricted', withPod({ initContainers: [{ ...sidecar, securityContext: {} }] })],
  ['a pod without AppArmor', withAnnotation('container.apparmor.security.beta.kubernetes.io/evil', 'unconfined')],
  ['a pod that takes more than an hour to end', withPod({ terminationGracePeriodSeconds: 3601 })],
];

const made: readonly (readonly [what: string, path: string, body: object, refusedBy: string])[] = [
  ['a Job without an owner', jobs(), named(job, 'evil', { ownerReferences: [] }), 'children'],
  [
    'a Job with a second owner',
    jobs(),
    named(job, 'evil', { ownerReferences: [owner, { ...owner, kind: 'Monitor', uid: 'two', controller: false }] }),
    'children',
  ],
  [
    'a Job of a group that sounds like ours',
    jobs(),
    named(job, 'evil', { ownerReferences: [{ ...owner, apiVersion: 'flyball.dev.evil/v1alpha1' }] }),
    'children',
  ],
  [
    'a Job of a kind that has none',
    jobs(),
    named(job, 'evil', { ownerReferences: [{ ...owner, kind: 'ModelDeployment' }] }),
    'children',
  ],
  ['a Job without our label', jobs(), named(job, 'evil', { labels: { app: 'bank' } }), 'children'],
  ['a Job that cannot be deleted', jobs(), named(job, 'evil', { finalizers: ['evil.example/stay'] }), 'children'],
  ['a Job in kube-system', jobs('kube-system'), named(job, 'evil', { namespace: 'kube-system' }), 'children'],
  [
    "a Job in the operator's namespace",
    jobs(release.namespace),
    named(job, 'evil', { namespace: release.namespace }),
    'children',
  ],
  ['a Job in a namespace that is excluded', jobs('finance'), named(job, 'evil', { namespace: 'finance' }), 'children'],
  [
    'a Deployment that takes in the pods of others',
    deployments(),
    {
      ...deployment,
      spec: {
        ...deployment.spec,
        selector: { matchLabels: { app: 'bank' } },
        template: { ...deployment.spec?.template, metadata: { labels: { app: 'bank' } } },
      },
    },
    'pods',
  ],
  [
    'a Service that leads out of the cluster',
    services(),
    { ...service, spec: { type: 'ExternalName', externalName: 'evil.example' } },
    'services',
  ],
  [
    'a Service with a port of all nodes',
    services(),
    { ...service, spec: { ...service.spec, type: 'NodePort' } },
    'services',
  ],
  [
    'a Service with a load balancer',
    services(),
    { ...service, spec: { ...service.spec, type: 'LoadBalancer' } },
    'services',
  ],
  [
    'a Service with an external address',
    services(),
    { ...service, spec: { ...service.spec, externalIPs: ['10.0.0.1'] } },
    'services',
  ],
  [
    'a Service of the pods of others',
    services(),
    { ...service, spec: { ...service.spec, selector: { app: 'bank' } } },
    'services',
  ],
  [
    'a PodDisruptionBudget over all pods',
    budgets(),
    { ...budget, spec: { maxUnavailable: 0, selector: {} } },
    'budgets',
  ],
  ['a ModelVersion without our label', versions(), named(version, 'fraud-8', { labels: {} }), 'versions'],
  [
    'a ModelVersion in kube-system',
    versions('kube-system'),
    named(version, 'fraud-8', { namespace: 'kube-system' }),
    'versions',
  ],
  [
    'an event about a Secret',
    events,
    { ...event, regarding: { ...event.regarding, apiVersion: 'v1', kind: 'Secret' } },
    'events',
  ],
  ['an event in the name of the kubelet', events, { ...event, reportingController: 'kubelet' }, 'events'],
  ['another Lease beside its own', leases(release.namespace), { metadata: { name: 'evil' }, spec: {} }, 'leases'],
];

const servingAs = (serviceAccountName: string) => {
  const template = deployment.spec?.template;
  const spec = { ...template?.spec, automountServiceAccountToken: true, serviceAccountName };
  return { ...deployment, spec: { ...deployment.spec, template: { ...template, spec } } } as typeof deployment;
};

const label = { 'app.kubernetes.io/managed-by': 'flyball' };
const adopting = { metadata: { labels: label, ownerReferences: [owner] } };

const changed: readonly (readonly [what: string, path: string, body: object | undefined, refusedBy: string])[] = [
  [
    "the image of somebody's Deployment",
    `${deployments()}/bank`,
    { spec: { template: { spec: { containers: [{ name: 'main', image: 'evil' }] } } } },
    'children|updates',
  ],
  ["the replicas of somebody's Deployment", `${deployments()}/bank`, { spec: { replicas: 0 } }, 'children'],
  ["the scale of somebody's Deployment", `${deployments()}/bank/scale`, { spec: { replicas: 0 } }, 'children'],
  ['the scale of a Deployment of ours', `${deployments()}/ours/scale`, { spec: { replicas: 0 } }, 'children'],
  ["somebody's Deployment, to make it ours", `${deployments()}/bank`, adopting, 'children|updates'],
  ["somebody's Job, to make it ours", `${jobs()}/payroll`, adopting, 'children|updates'],
  ["the suspension of somebody's Job", `${jobs()}/payroll`, { spec: { suspend: true } }, 'children'],
  [
    'the owner of a Job of ours',
    `${jobs()}/ours`,
    { metadata: { ownerReferences: [{ ...owner, uid: 'evil' }] } },
    'updates',
  ],
  [
    'the label of a Job of ours',
    `${jobs()}/ours`,
    { metadata: { labels: { 'app.kubernetes.io/managed-by': null } } },
    'children|updates',
  ],
  [
    'the snapshot of a Job of ours',
    `${jobs()}/ours`,
    { metadata: { annotations: { 'flyball.dev/attempt': '{}' } } },
    'updates',
  ],
  ['a finalizer of a Job of ours', `${jobs()}/ours`, { metadata: { finalizers: ['evil.example/stay'] } }, 'updates'],
  [
    'the image of a Deployment of ours',
    `${deployments()}/ours`,
    { spec: { template: { spec: { containers: [{ name: 'main', image: 'evil' }] } } } },
    'updates',
  ],
  ...changedServices,
];

/** Each is within the rights of the chart, or of what the test adds to them. */
export const attacks: readonly Attack[] = [
  ...pods.map(([what, body]): Attack => ({
    what,
    method: 'POST',
    path: jobs(),
    body: named(body as typeof job, 'evil'),
    refusedBy: 'pods',
  })),
  ...powerful.map((account): Attack => ({
    what: `a pod with the token of an account that may ${told(account)}`,
    method: 'POST',
    path: jobs(),
    body: named(
      withPod({ automountServiceAccountToken: true, serviceAccountName: account.name }) as typeof job,
      'evil',
    ),
    refusedBy: 'tokens',
  })),
  {
    what: 'a pod with the token of a powerful account by the older name of the field',
    method: 'POST',
    path: jobs(),
    body: named(withPod({ automountServiceAccountToken: true, serviceAccount: 'admin' }) as typeof job, 'evil'),
    refusedBy: 'tokens',
  },
  {
    what: 'a server with the token of a powerful account',
    method: 'POST',
    path: deployments(),
    body: named(servingAs('admin'), 'evil'),
    refusedBy: 'tokens',
  },
  ...made.map(([what, path, body, refusedBy]): Attack => ({ what, method: 'POST', path, body, refusedBy })),
  ...changed.map(([what, path, body, refusedBy]): Attack => ({
    what,
    method: 'PATCH',
    path,
    body: body ?? {},
    refusedBy,
  })),
  { what: "somebody's Deployment", method: 'DELETE', path: `${deployments()}/bank`, refusedBy: 'children' },
  { what: "somebody's Job", method: 'DELETE', path: `${jobs()}/payroll`, refusedBy: 'children' },
  { what: "somebody's Service", method: 'DELETE', path: `${services()}/bank`, refusedBy: 'children' },
  {
    what: 'a Job with our label that nobody of ours owns',
    method: 'DELETE',
    path: `${jobs()}/labelled`,
    refusedBy: 'children',
  },
];
