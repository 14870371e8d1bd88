import { modelDeployments } from '../../src/api/kinds.ts';
import type { Kind } from '../../src/api/resource.ts';

/** One thing that a role lets somebody do. */
export interface Right {
  readonly apiGroup: string;
  /** With a subresource behind a slash, such as `jobs/status`. */
  readonly resource: string;
  readonly verb: string;
  /** The only object that it is about; all without it. */
  readonly name?: string;
}

/** The right to do one thing with the objects of a kind. */
export function may(
  verb: string,
  { apiVersion, plural }: Kind,
  options: { below?: string; name?: string } = {},
): Right {
  const { below, name } = options;
  return {
    apiGroup: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    resource: below === undefined ? plural : `${plural}/${below}`,
    verb,
    ...(name !== undefined && { name }),
  };
}

export function toldOf(rights: readonly Right[]): string {
  if (rights.length === 0) return 'somebody with no right of their own';
  return `may ${rights.map(({ verb, resource, name }) => `${verb} ${resource}${name === undefined ? '' : ` ${name}`}`).join(', ')}`;
}

/** A role with these rights and who has it, as objects of a namespace. */
export function roleOf(user: string, rights: readonly Right[], namespace: string): readonly object[] {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const name = user.replaceAll(':', '-');
  const metadata = { name, namespace };
  const rules = rights.map(({ apiGroup, resource, verb, name: only }) => ({
    apiGroups: [apiGroup],
    resources: [resource],
    verbs: [verb],
    ...(only !== undefined && { resourceNames: [only] }),
  }));
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name };
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }];
  return [
    { apiVersion, kind: 'Role', metadata, rules },
    { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects },
  ];
}

/** What gives somebody a role of the cluster in a namespace, and a right by which one sees that it has taken effect. */
export function clusterRoleOf(user: string, role: string, namespace: string): { binding: object; proof: Right } {
  const apiGroup = 'rbac.authorization.k8s.io';
  const binding = {
    apiVersion: `${apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: user, namespace },
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup, kind: 'User', name: user }],
  };
  return { binding, proof: may('get', modelDeployments) };
}
