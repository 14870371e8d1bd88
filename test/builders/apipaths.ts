import type { Resource } from '../../src/api/resource.ts';

/** What a path of the Kubernetes API names. */
export interface ApiPath {
  readonly collection: string;
  readonly plural: string;
  readonly name: string | undefined;
  /** Such as `status` or `log`. */
  readonly subresource: string | undefined;
}

const form = /^((?:\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/[^/]+)?\/([^/]+))(?:\/([^/]+))?(?:\/([^/]+))?$/;

/** Reads a path; undefined if it is none of a resource. */
export function apiPath(path: string): ApiPath | undefined {
  const [, collection, plural, name, subresource] = form.exec(path) ?? [];
  return collection === undefined || plural === undefined ? undefined : { collection, plural, name, subresource };
}

/** Where an object lies. */
export function pathOf({ apiVersion, kind, metadata }: Resource): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const place = metadata?.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${root}${place}/${pluralOf(kind)}/${metadata?.name}`;
}

/** Whether an object lies in a collection, which may be that of all namespaces. */
export function isBelow(path: string, collection: string): boolean {
  const [, root, plural] = /^(.*\/)([^/]+)$/.exec(collection) ?? [];
  return path.startsWith(root ?? '') && path.split('/').at(-2) === plural;
}

function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word.endsWith('s')) return `${word}es`;
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** Whether a label selector and a field selector, as a query has them, select an object. */
export function isSelected(object: Resource, labelSelector: string, fieldSelector: string): boolean {
  const { labels = {} } = object.metadata ?? {};
  const byField = (name: string) => {
    const value = name
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], object);
    return typeof value === 'string' ? value : JSON.stringify(value ?? '').replaceAll('"', '');
  };
  return (
    requirements(labelSelector).every((one) => isMet(one, (name) => labels[name])) &&
    requirements(fieldSelector).every((one) => isMet(one, byField))
  );
}

/** Between the commas that stand in no parentheses. */
function requirements(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function isMet(requirement: string, valueOf: (name: string) => string | undefined): boolean {
  const [, name = '', verb, list = ''] = /^(\S+)\s+(in|notin)\s+\((.*)\)$/.exec(requirement) ?? [];
  if (verb !== undefined) {
    const isIn = list.split(',').some((value) => value.trim() === valueOf(name));
    return verb === 'in' ? isIn : !isIn;
  }
  const [, key = '', operator, value] = /^([^=!]+)(==|=|!=)(.*)$/.exec(requirement) ?? [];
  if (operator === undefined) {
    return requirement.startsWith('!')
      ? valueOf(requirement.slice(1)) === undefined
      : valueOf(requirement) !== undefined;
  }
  return operator === '!=' ? valueOf(key) !== value : valueOf(key) === value;
}
