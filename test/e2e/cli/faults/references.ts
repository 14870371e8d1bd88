/** What people name that is not there, and storage that is not theirs to have. */
import { applied, type Faults } from '../fault.ts';
import { patched, run, claim, serve, server, volume } from './objects.ts';

const secret = (data: object) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'hub' }, stringData: data });
const withToken = { env: [{ name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } }] };
const output = { output: { uri: 'pvc://models/fraud' } };
const claimed = (spec: object) => ({ ...claim, spec: { ...claim.spec, ...spec } });

export const referenceFaults: Faults = {
  'secret-missing': {
    title: 'The Secret of a variable is missing',
    about: 'trun/fraud',
    objects: [run(withToken)],
    shows: [/hub/],
    expect: {
      cause: [/secret/i, /hub/, /does not exist/],
      actor: 'Author',
      fix: applied(secret({ token: 't' })),
    },
    works: /Succeeded=True/,
  },
  'secret-key-missing': {
    title: 'The Secret has another key',
    about: 'trun/fraud',
    before: [secret({ Token: 't' })],
    objects: [run(withToken)],
    shows: [/hub/],
    expect: { cause: [/key token/, /hub/], actor: 'Author', fix: applied(secret({ token: 't' })) },
  },
  'config-map-missing': {
    title: 'The ConfigMap of a volume is missing',
    about: 'trun/fraud',
    objects: [run({ pod: volume({ configMap: { name: 'code' } }) })],
    shows: [/code/],
    expect: {
      cause: [/configmap/i, /code/],
      actor: 'Author',
      fix: 'kubectl create configmap code --from-literal=train.py=pass',
    },
  },
  'env-from-missing': {
    title: 'The ConfigMap of all variables is missing',
    about: 'mdep/fraud',
    before: [claim],
    objects: [serve({ server: server({ envFrom: [{ configMapRef: { name: 'settings' } }] }) })],
    shows: [/settings/],
    expect: {
      cause: [/configmap/i, /settings/],
      actor: 'Author',
      fix: 'kubectl create configmap settings --from-literal=LEVEL=info',
    },
    works: /Ready=True/,
  },
  'service-account-missing': {
    title: 'The ServiceAccount is missing',
    about: 'trun/fraud',
    objects: [run({ pod: { serviceAccountName: 'trainer' } })],
    shows: [/trainer/],
    expect: {
      cause: [/ServiceAccount|serviceaccount/, /trainer/],
      actor: 'Author',
      fix: 'kubectl create serviceaccount trainer',
    },
  },
  'priority-class-missing': {
    title: 'The PriorityClass is missing',
    about: 'trun/fraud',
    objects: [run({ pod: { priorityClassName: 'nightly' } })],
    shows: [/nightly/],
    expect: {
      cause: [/PriorityClass/, /nightly/],
      actor: 'Author',
      fix: patched({ pod: { priorityClassName: null } }),
    },
  },
  'claim-missing': {
    title: 'The claim for the models is missing',
    about: 'trun/fraud',
    objects: [run(output)],
    shows: [/models/],
    expect: {
      cause: [/claim models|"models"/i, /does not exist/],
      actor: 'Author',
      fix: applied(claim),
    },
    works: /Succeeded=True/,
  },
  'claim-pending': {
    title: 'The claim names a storage class that there is not',
    about: 'trun/fraud',
    before: [claimed({ storageClassName: 'fast' })],
    objects: [run(output)],
    shows: [/models|Claim/],
    expect: {
      cause: [/models/, /fast/],
      actor: 'Author',
      fix: `kubectl delete pvc models --wait=false\nkubectl delete trainingrun fraud\n${applied(claim, run(output))}`,
    },
  },
  'claim-elsewhere': {
    title: 'The volume is bound to another node',
    about: 'trun/fraud',
    before: [elsewhere(), claimed({ storageClassName: 'elsewhere', volumeName: 'elsewhere' })],
    objects: [run(output)],
    shows: [/Unschedulable|NotScheduled|models/],
    expect: {
      cause: [/volume|claim/i, /node affinity|another node|elsewhere/],
      actor: 'Author',
      fix: patched({ output: { uri: 'pvc://others/fraud' } }),
    },
  },
};

/** A disk of a node that is gone. */
function elsewhere(): object {
  const matchExpressions = [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['retired'] }];
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'elsewhere' },
    spec: {
      storageClassName: 'elsewhere',
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      local: { path: '/elsewhere' },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } },
    },
  };
}
