/** Changes that the API server makes to pods as it takes them, as the webhooks of a cluster do. */
import type { Administrator } from './administrator.ts';

const apiVersion = 'admissionregistration.k8s.io/v1';

export interface Mutation {
  readonly name: string;
  /** The object to be applied, in CEL. */
  readonly expression: string;
  /** The labels of the namespaces whose pods are changed; of all by default. */
  readonly namespaces?: Readonly<Record<string, string>>;
  /** Which pods, in CEL; all by default. */
  readonly condition?: string;
}

/** Lets the API server change pods from now on. */
export async function mutatePods(administrator: Administrator, mutation: Mutation): Promise<void> {
  const { name, expression, namespaces, condition } = mutation;
  await create(administrator, 'mutatingadmissionpolicies', {
    apiVersion,
    kind: 'MutatingAdmissionPolicy',
    metadata: { name },
    spec: {
      failurePolicy: 'Fail',
      reinvocationPolicy: 'Never',
      matchConstraints: {
        ...(namespaces && { namespaceSelector: { matchLabels: namespaces } }),
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
      },
      ...(condition !== undefined && { matchConditions: [{ name: 'asked', expression: condition }] }),
      mutations: [{ patchType: 'ApplyConfiguration', applyConfiguration: { expression } }],
    },
  });
  await create(administrator, 'mutatingadmissionpolicybindings', {
    apiVersion,
    kind: 'MutatingAdmissionPolicyBinding',
    metadata: { name },
    spec: { policyName: name },
  });
}

async function create(administrator: Administrator, plural: string, body: object): Promise<void> {
  const reply = await administrator.send('POST', `/apis/${apiVersion}/${plural}`, body);
  if (reply.status !== 201) throw new Error(`the ${plural} are refused: ${JSON.stringify(reply.body)}`);
}
