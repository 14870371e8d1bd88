/** All ways in which an object may name a Secret: as the schemas have them, and an example of each. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The fields that name Secrets, such as `env[].secretKeyRef`, below a schema; what is inside of such a field is its own matter. */
function fieldsOf({ properties = {}, items }: Schema, path: string): readonly string[] {
  if (items !== undefined) return fieldsOf(items, `${path}[]`);
  return Object.entries(properties).flatMap(([name, inner]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (!/secret/i.test(name)) return fieldsOf(inner, here);
    return [inner.items === undefined ? here : `${here}[]`];
  });
}

/** Each field of a CustomResourceDefinition by which a Secret is named, from the top of the object, in the order of their names. */
export function secretFieldsOf(plural: string): readonly string[] {
  const file = resolve(import.meta.dirname, `../../../crds/${plural}.yaml`);
  const { spec } = parse(readFileSync(file, 'utf8')) as {
    spec: { versions: [{ schema: { openAPIV3Schema: Schema } }] };
  };
  return fieldsOf(spec.versions[0].schema.openAPIV3Schema, '').toSorted();
}

const variable = (name: string) => ({ name: 'TOKEN', secretKeyRef: { name, key: 'token' } });
const container = (name: string) => ({ name: 'proxy', image: 'proxy', env: [variable(name)] });
const volume = (source: object) => ({ volumes: [{ name: 'vault', mountPath: '/vault', ...source }] });

/** How a container and the options of its pod name a Secret, by the field, and how a refusal calls that field. */
export const naming: Readonly<
  Record<string, { readonly called: string; readonly options: (secret: string) => Readonly<Record<string, unknown>> }>
> = {
  'env[].secretKeyRef': { called: 'env[TOKEN].secretKeyRef', options: (name) => ({ env: [variable(name)] }) },
  'envFrom[].secretRef': { called: 'envFrom[].secretRef', options: (name) => ({ envFrom: [{ secretRef: { name } }] }) },
  'storage.secretRef': { called: 'storage.secretRef', options: (name) => ({ storage: { secretRef: { name } } }) },
  'pod.imagePullSecrets[]': {
    called: 'pod.imagePullSecrets[]',
    options: (name) => ({ pod: { imagePullSecrets: [{ name }] } }),
  },
  'pod.volumes[].secret': {
    called: 'pod.volumes[vault].secret',
    options: (secretName) => ({ pod: volume({ secret: { secretName } }) }),
  },
  'pod.volumes[].csi.nodePublishSecretRef': {
    called: 'pod.volumes[vault].csi.nodePublishSecretRef',
    options: (name) => ({ pod: volume({ csi: { driver: 'vault.example.com', nodePublishSecretRef: { name } } }) }),
  },
  'pod.initContainers[].env[].secretKeyRef': {
    called: 'pod.initContainers[proxy].env[TOKEN].secretKeyRef',
    options: (name) => ({ pod: { initContainers: [container(name)] } }),
  },
  'pod.sidecars[].env[].secretKeyRef': {
    called: 'pod.sidecars[proxy].env[TOKEN].secretKeyRef',
    options: (name) => ({ pod: { sidecars: [container(name)] } }),
  },
};

/** Sixteen names of Secrets. */
export const sixteen = Array.from({ length: 16 }, (_, index) => `secret-${String(index).padStart(2, '0')}`);

const variablesOf = (count: number, secrets: readonly string[]) =>
  Array.from({ length: count }, (_, index) => ({
    name: `VARIABLE_${index}`,
    secretKeyRef: { name: secrets[index % secrets.length], key: 'token' },
  }));

const containersOf = (name: string, secrets: readonly string[]) =>
  [0, 1, 2, 3].map((place) => ({ name: `${name}-${place}`, image: 'proxy', env: variablesOf(32, secrets) }));

/** What names these Secrets as many times as the schemas let it. */
export const everywhere = (secrets: readonly string[]): object => ({
  env: variablesOf(64, secrets),
  envFrom: secrets.slice(0, 8).map((name) => ({ secretRef: { name } })),
  storage: { secretRef: { name: secrets[0] } },
  pod: {
    imagePullSecrets: secrets.slice(0, 8).map((name) => ({ name })),
    volumes: secrets.map((secretName, index) => ({
      name: `volume-${index}`,
      mountPath: `/volume-${index}`,
      secret: { secretName },
    })),
    initContainers: containersOf('first', secrets),
    sidecars: containersOf('beside', secrets),
  },
});
