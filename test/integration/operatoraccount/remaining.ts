import {
  budgets,
  deployment,
  deployments,
  event,
  events,
  job,
  jobs,
  named,
  team,
  version,
  versions,
  type Write,
} from './writes.ts';

const forged = { ...job.metadata?.ownerReferences?.[0], name: 'nobody', uid: '00000000-0000-4000-8000-000000000000' };
const thief = {
  name: 'evil',
  image: 'evil',
  env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }],
};
const reader = { ...job.spec?.template.spec?.containers[0], ...thief };
const template = { ...job.spec?.template, spec: { ...job.spec?.template.spec, containers: [reader] } };
const reading = { ...job, spec: { ...job.spec, template } };
const withPod = (pod: object) => ({
  ...reading,
  spec: { ...reading.spec, template: { ...template, spec: { ...template.spec, ...pod } } },
});
const servedTemplate = {
  ...deployment.spec?.template,
  metadata: { labels: { ...deployment.spec?.template.metadata?.labels, app: 'bank' } },
};

const runs = `/apis/flyball.dev/v1alpha1/namespaces/${team}/trainingruns`;

/** What somebody who holds the operator's token can still do; SECURITY.md says so. CEL looks no owner up. */
export const remaining: readonly Write[] = [
  {
    what: 'a Job of a run that there is, with any Secret of the namespace',
    method: 'POST',
    path: jobs(),
    body: named(reading, 'evil'),
  },
  {
    what: 'a Job of a run that there is not, until the garbage collector sees it',
    method: 'POST',
    path: jobs(),
    body: named(reading, 'evil', { ownerReferences: [forged] }),
  },
  {
    what: 'a Job with a Secret of the namespace as a volume',
    method: 'POST',
    path: jobs(),
    body: named(
      withPod({
        volumes: [{ name: 'db', secret: { secretName: 'db' } }],
        containers: [{ ...reader, volumeMounts: [] }],
      }),
      'evil',
    ),
  },
  {
    what: 'a Job as a ServiceAccount of few rights, with its token',
    method: 'POST',
    path: jobs(),
    body: named(withPod({ serviceAccountName: 'trainer', automountServiceAccountToken: true }), 'evil'),
  },
  {
    what: 'a Job as any ServiceAccount, without its token',
    method: 'POST',
    path: jobs(),
    body: named(withPod({ serviceAccountName: 'admin' }), 'evil'),
  },
  {
    what: 'a Job as an account that the chart trusts, with its token',
    method: 'POST',
    path: jobs(),
    body: named(withPod({ serviceAccountName: 'spark', automountServiceAccountToken: true }), 'evil'),
  },
  {
    what: 'a Job that takes an hour to end',
    method: 'POST',
    path: jobs(),
    body: named(withPod({ terminationGracePeriodSeconds: 3600 }), 'evil'),
  },
  {
    what: 'pods with labels by which others select',
    method: 'POST',
    path: deployments(),
    body: named({ ...deployment, spec: { ...deployment.spec, template: servedTemplate } }, 'evil'),
  },
  { what: 'the status of a run', method: 'PATCH', path: `${runs}/fraud/status`, body: { status: { metric: 'f1=1' } } },
  { what: 'a ModelVersion that nothing trained', method: 'POST', path: versions(), body: version },
  { what: 'that no model serves', method: 'PATCH', path: `${deployments()}/ours`, body: { spec: { replicas: 0 } } },
  { what: 'the end of a training', method: 'DELETE', path: `${jobs()}/ours` },
  { what: 'an event about a run', method: 'POST', path: events, body: event },
];

/** What the rights of the account do not hold, whatever is asked for. */
export const forbidden: readonly Write[] = [
  { what: 'a TrainingRun', method: 'POST', path: runs, body: {} },
  { what: 'the spec of a TrainingRun', method: 'PATCH', path: `${runs}/fraud`, body: { spec: { suspend: true } } },
  { what: 'a ModelVersion that is there', method: 'DELETE', path: `${versions()}/fraud-7` },
  { what: 'a pod', method: 'POST', path: `/api/v1/namespaces/${team}/pods`, body: {} },
  { what: 'a token', method: 'POST', path: `/api/v1/namespaces/${team}/serviceaccounts/default/token`, body: {} },
  {
    what: 'more rights',
    method: 'POST',
    path: `/apis/rbac.authorization.k8s.io/v1/namespaces/${team}/rolebindings`,
    body: {},
  },
  { what: 'all Jobs at once', method: 'DELETE', path: jobs() },
  { what: 'a PodDisruptionBudget that is there', method: 'DELETE', path: `${budgets()}/ours` },
  {
    what: 'its own policy',
    method: 'DELETE',
    path: '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/flyball-operator-children',
  },
  {
    what: 'the Lease of the scheduler',
    method: 'PATCH',
    path: '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-scheduler',
    body: { spec: {} },
  },
];
