/** What the platform's limits and rules do not let in. */
import { faultLabel, type Faults } from '../fault.ts';
import { pod } from '../../outcomes/objects.ts';
import type { Place } from '../../outcomes/place.ts';
import { forEver, patched, python, run, serve, claim, server } from './objects.ts';

const quota = (hard: object) => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'team' },
  spec: { hard },
});
const raised = (hard: object) => patched({ hard }, 'resourcequota team');

/** A quota denies nothing before it has counted what there is. */
function onceCounted(used: string, object: object): (place: Place) => Promise<void> {
  return async (place) => {
    const told = ['get', 'resourcequota', 'team', '--namespace', place.namespace, '--output=jsonpath={.status.used}'];
    await place.until('a quota that counts', async () => (await place.kubectl.run(told)).includes(used));
    await place.apply(object);
  };
}

export const limitFaults: Faults = {
  'quota-pods': {
    title: 'The namespace has as many pods as its quota allows',
    about: 'trun/fraud',
    before: [quota({ pods: '1' }), pod('holder', python(forEver))],
    objects: [],
    afterwards: onceCounted('"1"', run()),
    shows: [/PodsForbidden|PodsMissing|Quota|quota|Started/],
    expect: { cause: [/quota/, /team/, /pods/], actor: 'Administrator', fix: raised({ pods: '4' }) },
    works: /Succeeded=True/,
  },
  'quota-wants-limits': {
    title: 'The quota wants limits that the run does not set',
    about: 'trun/fraud',
    before: [quota({ 'limits.cpu': '4', 'limits.memory': '8Gi' })],
    objects: [],
    afterwards: onceCounted('limits.cpu', run()),
    shows: [/PodsForbidden|PodsMissing|Quota|quota|Started/],
    expect: {
      cause: [/quota/, /limits\.cpu/],
      actor: 'Author',
      fix: patched({ resources: { cpu: '500m', memory: '256Mi' } }),
    },
    works: /Succeeded=True/,
  },
  'quota-gpu': {
    title: 'The quota of accelerators is used up',
    about: 'trun/fraud',
    before: [
      quota({ 'requests.example.com/plenty': '4' }),
      pod('holder', { ...python(forEver), resources: { limits: { 'example.com/plenty': '3' } } }),
    ],
    objects: [],
    afterwards: onceCounted('"3"', run({ accelerator: { resource: 'example.com/plenty', count: 2 } })),
    shows: [/PodsForbidden|PodsMissing|Quota|quota|Started/],
    expect: { cause: [/quota/, /example\.com\/plenty/], actor: 'Administrator', fix: 'kubectl delete pod holder' },
  },
  'quota-server': {
    title: 'The quota has no room for the server',
    about: 'mdep/fraud',
    before: [quota({ 'limits.memory': '256Mi' }), claim],
    objects: [],
    afterwards: onceCounted('limits.memory', serve({ server: server({ resources: { memory: '512Mi' } }) })),
    shows: [/PodsForbidden|PodsMissing|Quota|quota|forbidden/],
    expect: { cause: [/quota/, /limits\.memory/], actor: 'Administrator', fix: raised({ 'limits.memory': '4Gi' }) },
    works: /Ready=True/,
  },
  'limit-range': {
    title: 'A LimitRange allows less memory',
    about: 'trun/fraud',
    before: [
      {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'small' },
        spec: { limits: [{ type: 'Container', max: { memory: '1Gi' } }] },
      },
    ],
    objects: [run({ resources: { memory: '2Gi' } })],
    shows: [/PodsForbidden|PodsMissing|Started|forbidden/],
    expect: { cause: [/memory/, /1Gi/], actor: 'Author', fix: patched({ resources: { memory: '1Gi' } }) },
  },
  'policy-refuses': {
    title: 'A policy of the platform refuses the pods',
    about: 'trun/fraud',
    before: policy('policy-refuses'),
    objects: [],
    afterwards: onceRefused,
    shows: [/PodsForbidden|PodsMissing|Started|denied/],
    expect: {
      cause: [/cost-centre/, /denies/],
      actor: 'Author',
      fix: patched({ pod: { labels: { 'cost-centre': 'c17' } } }),
    },
  },
  'webhook-down': {
    title: 'A webhook that has to be asked about pods does not answer',
    about: 'trun/fraud',
    before: [webhook('webhook-down')],
    objects: [],
    afterwards: onceRefused,
    shows: [/PodsForbidden|PodsMissing|Started|webhook/],
    expect: {
      cause: [/pods\.scanner\.example\.com/, /webhook/],
      actor: 'Administrator',
      fix: 'kubectl delete validatingwebhookconfiguration scanner',
    },
  },
  'job-quota': {
    title: 'The namespace has as many Jobs as its quota allows',
    about: 'trun/fraud',
    before: [quota({ 'count/jobs.batch': '0' })],
    objects: [],
    afterwards: onceCounted('count/jobs.batch', run()),
    shows: [/quota/],
    expect: { cause: [/quota/, /jobs\.batch/], actor: 'Administrator', fix: raised({ 'count/jobs.batch': '10' }) },
  },
};

function only(fault: string): object {
  return { matchLabels: { [faultLabel]: fault } };
}

function policy(fault: string): readonly object[] {
  const rules = [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }];
  const message = 'pods need the label cost-centre, see the wiki of the platform team';
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'cost-centre' },
      spec: {
        matchConstraints: { resourceRules: rules },
        validations: [
          { expression: "has(object.metadata.labels) && 'cost-centre' in object.metadata.labels", message },
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'cost-centre' },
      spec: {
        policyName: 'cost-centre',
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: only(fault) },
      },
    },
  ];
}

function webhook(fault: string): object {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'scanner' },
    webhooks: [
      {
        name: 'pods.scanner.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        timeoutSeconds: 2,
        clientConfig: { service: { name: 'scanner', namespace: 'default', path: '/' } },
        rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        namespaceSelector: only(fault),
      },
    ],
  };
}

/** Applies the run when no pod can be made any more. */
async function onceRefused(place: Place): Promise<void> {
  const isRefused = () =>
    place.dryRun(pod('any', {})).then(
      () => false,
      () => true,
    );
  await place.until('a refusal', isRefused);
  await place.apply(run());
}
