/** What newcomers write, and what they meant. */
export interface Mistake {
  /** As a heading. */
  readonly title: string;
  readonly kind: 'TrainingRun' | 'ModelDeployment' | 'Monitor';
  /** A part of the spec, as YAML. */
  readonly wrong: string;
  readonly right: string;
  /** What each refusal has to name: field, value and remedy, where the words are ours. */
  readonly named: readonly string[];
  /** Why it is refused and what to do. Absent where the refusal says so itself. */
  readonly advice?: string;
}

/** What a spec needs, unless the mistake is about that. */
const needed: { readonly [kind in Mistake['kind']]: { readonly [field: string]: string } } = {
  TrainingRun: { image: 'example.com/train:1' },
  ModelDeployment: {
    model: '{trainingRunRef: {name: fraud}}',
    server: '{image: "example.com/serve:1", port: 8080, protocol: OpenInference}',
  },
  Monitor: { modelDeploymentRef: '{name: fraud}', checks: '[{name: errors, errors: {}, max: 0.01}]' },
};

/** The whole object as somebody would apply it. */
export function manifest({ kind, wrong, right }: Mistake, spec: string): string {
  const isSaid = (field: string) => [wrong, right].some((text) => new RegExp(`^${field}:`, 'm').test(text));
  const rest = Object.entries(needed[kind]).flatMap(([field, value]) => (isSaid(field) ? [] : [`${field}: ${value}`]));
  const lines = [...rest, ...spec.split('\n')].map((line) => `  ${line}`);
  return ['apiVersion: flyball.dev/v1alpha1', `kind: ${kind}`, 'metadata: {name: fraud, namespace: default}', 'spec:']
    .concat(lines)
    .join('\n');
}
