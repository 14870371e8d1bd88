/** The parts of ObjectMeta that decisions read. Objects are raw JSON as the API server sends them, without managedFields. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean;
  readonly blockOwnerDeletion?: boolean;
}

/** Any Kubernetes object. Interfaces of kubernetes-models and of src/api/generated are assignable to it once read from the API. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata?: Partial<ObjectMeta>;
}

/** Names a kind to the API server. The type parameter says what its objects look like; it exists for the compiler only. */
export interface Kind<R extends Resource = Resource> {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly shape?: R;
  /** The objects that one of this kind names, which is how they find it: see Reader.referring. */
  references?(object: R): readonly Reference[];
  /** The fields of spec that are read, if not all. Every object of a watched kind is held in memory, but of spec only these. */
  readonly specFields?: readonly string[];
}

/** An object of the same namespace. */
export interface Reference {
  readonly kind: Kind;
  readonly name: string;
}

/** Identifies one object of a kind. All kinds that Flyball reads are namespaced. */
export interface Key {
  readonly namespace: string;
  readonly name: string;
}

/** The key of an object that came from the API server. */
export function keyOf(resource: Resource): Key {
  return { namespace: resource.metadata?.namespace ?? '', name: resource.metadata?.name ?? '' };
}

/** A key as text, by which maps tell the objects of a kind apart. */
export function idOf({ namespace, name }: Key): string {
  return `${namespace}/${name}`;
}

/** The UID of an object that came from the API server; such an object always has one. */
export function uidOf(resource: Resource): string {
  return resource.metadata?.uid ?? '';
}

/** What manages an object, if anything does; there is at most one. */
export function controllerOf({ metadata }: Resource): OwnerReference | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller === true);
}

/** Ownership is by UID: an object that merely bears our name is not ours. */
export function isOwnedBy(resource: Resource, ownerUID: string): boolean {
  return (
    resource.metadata?.ownerReferences?.some((owner) => owner.uid === ownerUID && owner.controller === true) ?? false
  );
}

/** The reference that makes `owner` the controlling owner of a child, so that garbage collection follows it. */
export function ownerReference(owner: Resource): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: keyOf(owner).name,
    uid: uidOf(owner),
    controller: true,
    blockOwnerDeletion: true,
  };
}
