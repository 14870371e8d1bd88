/** What the demo makes, and by what it knows that again: nothing else is its own. */

/** A label of each namespace and object that the demo applies, and of its Helm release. The folders of `manifests` have it too. */
export const mark = { key: 'demo.flyball.dev/mark', value: 'made-by-hack-demo' } as const;

export const markSelector = `${mark.key}=${mark.value}`;

/** An annotation of the namespace of the loop, set when all is applied: which form of the example it was. */
export const appliedAnnotation = 'demo.flyball.dev/applied';

/** The demo's namespaces. */
export const namespaces = {
  /** Of the example, where the loop is seen. */
  loop: 'flyball-demo',
  /** Of its Prometheus. */
  monitoring: 'flyball-demo-monitoring',
  /** Of the operator. */
  operator: 'flyball-demo-system',
} as const;

/** The Helm release, by which the operator's objects are named; it lies in the operator's namespace. */
export const release = 'flyball-demo';

/** By which managedFields tell the demo's writes from those of people. */
export const fieldManager = 'flyball-demo';

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly uid: string }[];
  readonly managedFields?: readonly ManagedFields[];
}

export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
}

/** An object as far as it tells whose it is. */
export interface Standing {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
}

export function isMarked({ metadata }: Standing): boolean {
  return metadata.labels?.[mark.key] === mark.value;
}

/** Whether Helm made it for the demo's release: Helm refuses to take over what lacks these annotations. */
export function isOfRelease({ metadata }: Standing): boolean {
  return (
    metadata.annotations?.['meta.helm.sh/release-name'] === release &&
    metadata.annotations['meta.helm.sh/release-namespace'] === namespaces.operator
  );
}

/** As people name it: `ClusterRole prometheus`, `Deployment shop/web`. */
export function named({ kind, metadata }: Standing): string {
  return `${kind} ${metadata.namespace === undefined ? '' : `${metadata.namespace}/`}${metadata.name}`;
}
