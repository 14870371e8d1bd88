import type { StructuralSchema } from '../../api/structuralschema.ts';
import { fieldOf, type ObjectFinding } from './finding.ts';
import { shortened } from './words.ts';

const text: StructuralSchema = { type: 'string' };
const texts: StructuralSchema = { type: 'object', additionalProperties: text };

/** What every object has, as far as people write it. */
export const metadataSchema: StructuralSchema = {
  type: 'object',
  properties: {
    name: text,
    generateName: text,
    namespace: text,
    labels: texts,
    annotations: texts,
    finalizers: { type: 'array', items: text },
    ownerReferences: { type: 'array', items: {} },
    managedFields: { type: 'array', items: {} },
    creationTimestamp: text,
    deletionTimestamp: text,
    deletionGracePeriodSeconds: { type: 'integer' },
    generation: { type: 'integer' },
    resourceVersion: text,
    selfLink: text,
    uid: text,
  },
};

export interface Metadata {
  readonly name?: string;
  readonly generateName?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelName = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** What the API server has against the metadata of any object, whatever its kind. */
export function metadataFindings({ name, generateName, namespace, labels = {}, annotations = {} }: Metadata) {
  const found: ObjectFinding[] = [];
  if (name === undefined && generateName === undefined) {
    found.push(finding('Required', ['metadata', 'name'], 'Required value: give the object a name', true));
  }
  if (name !== undefined && (name.length > 253 || !subdomain.test(name))) {
    const message = `"${shortened(name)}" is no name: use lower-case letters, digits, "-" and ".", and begin and end with a letter or digit`;
    found.push(finding('Metadata', ['metadata', 'name'], message));
  }
  if (namespace !== undefined && (namespace.length > 63 || namespace.includes('.') || !subdomain.test(namespace))) {
    const message = `"${shortened(namespace)}" is no name of a namespace: use lower-case letters, digits and "-"`;
    found.push(finding('Metadata', ['metadata', 'namespace'], message));
  }
  for (const [key, value] of Object.entries(labels)) {
    if (isKey(key) && (value === '' || labelName.test(value))) continue;
    const wrong = isKey(key) ? `value "${shortened(value)}"` : `name "${shortened(key)}"`;
    const message = `has a label with the ${wrong}: use at most 63 letters, digits, "-", "_" and ".", and begin and end with a letter or digit`;
    found.push(finding('Metadata', ['metadata', 'labels', key], message));
  }
  for (const key of Object.keys(annotations).filter((one) => !isKey(one.toLowerCase()))) {
    const message = `has an annotation with the name "${shortened(key)}": use at most 63 letters, digits, "-", "_" and "." behind a domain and "/"`;
    found.push(finding('Metadata', ['metadata', 'annotations', key], message));
  }
  return found;
}

function isKey(key: string): boolean {
  const [last = '', prefix, ...more] = key.split('/').toReversed();
  return (
    more.length === 0 &&
    labelName.test(last) &&
    (prefix === undefined || (prefix.length <= 253 && subdomain.test(prefix)))
  );
}

/** The API server names the map, not its key. */
function finding(
  rule: 'Required' | 'Metadata',
  path: readonly string[],
  message: string,
  isOfKey?: true,
): ObjectFinding {
  return { severity: 'error', rule, field: fieldOf(path.slice(0, 2)), path, message, ...(isOfKey && { isOfKey }) };
}
