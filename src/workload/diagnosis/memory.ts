/** What a container keeps in volumes that are in memory counts as its own. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import type { ContainerReport } from './containers.ts';

const longestPaths = 128;

/** Where the container sees volumes that are in memory. */
export function mountedMemory({ spec }: IPod, container: ContainerReport): string[] {
  const names = spec?.volumes?.flatMap(({ name, emptyDir }) => (emptyDir?.medium === 'Memory' ? [name] : [])) ?? [];
  return (container.spec?.volumeMounts ?? []).flatMap(({ name, mountPath }) =>
    names.includes(name) ? [mountPath] : [],
  );
}

/** What follows what is said of its memory; nothing for a container without such volumes. */
export function inMemory(pod: IPod, container: ContainerReport): string {
  const paths = mountedMemory(pod, container);
  return paths.length === 0
    ? ''
    : `; what it keeps in ${shortened(paths.join(' and '), longestPaths)} counts as its memory`;
}
