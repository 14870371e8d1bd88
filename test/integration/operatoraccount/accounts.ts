/** ServiceAccounts of the team: some with one right too many each, and some whose tokens pods may hold. */
import { team } from './writes.ts';

interface Right {
  readonly apiGroup: string;
  /** With a subresource behind a slash. */
  readonly resource: string;
  readonly verb: string;
}

interface Account {
  readonly name: string;
  readonly rights: readonly Right[];
  /** Whether its rights are those of the whole cluster. */
  readonly isOfCluster?: boolean;
}

const may = (verb: string, resource: string, apiGroup = ''): readonly Right[] => [{ apiGroup, resource, verb }];
const rbac = 'rbac.authorization.k8s.io';

const inNamespace: readonly (readonly Right[])[] = [
  may('get', 'secrets'),
  may('list', 'secrets'),
  may('create', 'pods'),
  may('create', 'pods/exec'),
  may('get', 'pods/exec'),
  may('patch', 'pods/ephemeralcontainers'),
  may('create', 'serviceaccounts/token'),
  may('impersonate', 'serviceaccounts'),
  may('create', 'deployments', 'apps'),
  may('patch', 'deployments', 'apps'),
  may('create', 'statefulsets', 'apps'),
  may('create', 'daemonsets', 'apps'),
  may('create', 'replicasets', 'apps'),
  may('create', 'jobs', 'batch'),
  may('create', 'cronjobs', 'batch'),
  may('escalate', 'roles', rbac),
  may('bind', 'roles', rbac),
  may('bind', 'clusterroles', rbac),
];

const inCluster: readonly (readonly Right[])[] = [
  may('get', 'secrets'),
  may('create', 'pods'),
  may('impersonate', 'users'),
  may('patch', 'namespaces'),
  may('get', 'nodes/proxy'),
  may('create', 'persistentvolumes'),
  may('update', 'certificatesigningrequests/approval', 'certificates.k8s.io'),
  may('create', 'mutatingwebhookconfigurations', 'admissionregistration.k8s.io'),
  may('delete', 'validatingadmissionpolicies', 'admissionregistration.k8s.io'),
  may('*', '*', '*'),
];

/** Each with one right by which it could get more. */
export const powerful: readonly Account[] = [
  ...inNamespace.map((rights, index) => ({ name: `of-team-${index}`, rights })),
  ...inCluster.map((rights, index) => ({ name: `of-cluster-${index}`, rights, isOfCluster: true })),
];

const trusted: Account = { name: 'spark', rights: may('create', 'pods') };
const modest: Account = { name: 'trainer', rights: may('get', 'configmaps') };
const admin: Account = { name: 'admin', rights: may('*', '*', '*') };

/** What the chart is told of accounts that may have their tokens mounted though they are powerful. */
export const trustedAccounts = [`${team}/${trusted.name}`];

export const told = ({ rights: [right], isOfCluster }: Account) =>
  `${right?.verb} ${right?.resource} in ${isOfCluster ? 'the cluster' : 'its namespace'}`;

/** Roles and bindings that give all of them their rights. */
export const accountRights: readonly object[] = [...powerful, trusted, modest, admin].flatMap(
  ({ name, rights, isOfCluster = false }) => {
    const prefix = isOfCluster ? 'Cluster' : '';
    const metadata = { name: `account-${name}`, ...(!isOfCluster && { namespace: team }) };
    const rules = rights.map(({ apiGroup, resource, verb }) => ({
      apiGroups: [apiGroup],
      resources: [resource],
      verbs: [verb],
    }));
    const apiVersion = `${rbac}/v1`;
    const roleRef = { apiGroup: rbac, kind: `${prefix}Role`, name: metadata.name };
    const subjects = [{ kind: 'ServiceAccount', name, namespace: team }];
    return [
      { apiVersion, kind: `${prefix}Role`, metadata, rules },
      { apiVersion, kind: `${prefix}RoleBinding`, metadata, roleRef, subjects },
    ];
  },
);
