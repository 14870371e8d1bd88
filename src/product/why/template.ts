import type { IPod } from 'kubernetes-models/v1';
import type { Resource } from '../../api/resource.ts';

/** What the first of these makes its pods from, as far as it was read. */
export function templateOf(makers: readonly Resource[]): IPod['spec'] | undefined {
  const templates = makers.map((maker) => (maker as { spec?: { template?: { spec?: IPod['spec'] } } }).spec?.template);
  return templates.find((template) => template?.spec !== undefined)?.spec;
}
