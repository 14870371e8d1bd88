/** What people write, with nothing of a pod's options and with all of them, and the rights by which they may. */
import { everywhere, sixteen } from '../integration/admission/naming.ts';
import type { Rule, Sent } from '../integration/admission/cluster.ts';
import { editor, modelDeployment, trainingRun } from '../integration/admission/people.ts';
import { wholeContainer } from '../integration/wholepod.ts';

/** Of two people, each in a namespace of his own: who may create the workloads, and who may only read sixteen Secrets. */
export const authors: Readonly<Record<'maker' | 'narrow', readonly Rule[]>> = {
  maker: [
    editor,
    { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create'] },
    { apiGroups: ['apps'], resources: ['deployments'], verbs: ['create'] },
  ],
  narrow: [editor, { apiGroups: [''], resources: ['secrets'], resourceNames: sixteen, verbs: ['get'] }],
};

const variables = (secrets: readonly string[]) =>
  secrets.map((name, index) => ({ name: `VARIABLE_${index}`, secretKeyRef: { name, key: 'token' } }));

/** Every option of a pod, and as many Secrets in all fields as an object may name. */
const all = { ...wholeContainer, env: variables(sixteen.slice(0, 11)) };

const ways = [
  { what: 'with no option of a pod', by: 'maker', options: {} },
  { what: 'with one Secret, by who may read it', by: 'narrow', options: { env: variables(sixteen.slice(0, 1)) } },
  { what: 'with 16 Secrets, by who may read them', by: 'narrow', options: { env: variables(sixteen) } },
  { what: 'with 16 Secrets in 352 fields, by who may read them', by: 'narrow', options: everywhere(sixteen) },
  { what: 'with every option and 16 Secrets, by who may create the workload', by: 'maker', options: all },
] as const;

export const authoredRows = [
  { kind: 'TrainingRun', plural: 'trainingruns', object: trainingRun },
  { kind: 'ModelDeployment', plural: 'modeldeployments', object: modelDeployment },
].flatMap(({ kind, plural, object }) =>
  ways.map(({ what, by, options }) => ({
    name: `${kind} ${what}`,
    path: `/apis/flyball.dev/v1alpha1/namespaces/${by}/${plural}`,
    sender: 'author' as const,
    make: (name: string): Sent => ({ ...object([], options), metadata: { name } }),
  })),
);
