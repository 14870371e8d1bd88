/** Rules about what a container reads its variables from. */
import { shortened } from '../../api/condition.ts';
import type { ContainerReport } from './containers.ts';
import { about, type Rule } from './finding.ts';
import type { Place } from './place.ts';
import { turnOf } from './times.ts';
import { storageField, transferOf } from './transfers.ts';
import { refusalOf, told } from './waiting.ts';

/** Names may be hundreds of characters long, and a remedy has to follow. */
const longestName = 128;

export const sourceMissing: Rule = ({ pod, container, place }) => {
  const words = container && refusalOf(container)?.quote.words;
  if (container === undefined || words === undefined) return undefined;
  const [, kind, missing] = /(secret|configmap) "([^"]{1,253})" not found/.exec(words) ?? [];
  const [, key, of] = /couldn't find key (\S{1,253}) in Secret (?:\S+\/)?(\S{1,253})/.exec(words) ?? [];
  const name = missing ?? of;
  if (name === undefined) return undefined;
  const isConfigMap = kind === 'configmap';
  const reader = container.isMain ? '' : `, which container ${container.status.name} reads,`;
  // Theirs is the Secret, though the container is ours.
  const isStorage = transferOf(container) !== undefined;
  const field = isStorage ? `${storageField(place)}.secretRef` : fieldOf(container, name, place);
  const what = `${isConfigMap ? 'ConfigMap' : 'Secret'} ${shortened(name, longestName)}${reader}`;
  return {
    ...about(container, turnOf(pod, container), field),
    ...(isStorage && { owner: 'User', field }),
    reason: isConfigMap ? 'ConfigMapMissing' : 'SecretMissing',
    what: key === undefined ? `${what} does not exist` : `${what} has no key ${shortened(key, longestName)}`,
    move: 'Provide',
    remedy: isStorage ? 'create it' : told(container, 'create it'),
    evidence: { type: 'Pods' },
  };
};

function fieldOf({ spec }: ContainerReport, name: string, place: Place): string {
  const isOne = spec?.env?.some(({ valueFrom }) => valueFrom?.secretKeyRef?.name === name) === true;
  const isAll = spec?.envFrom?.some(({ secretRef, configMapRef }) =>
    [secretRef?.name, configMapRef?.name].includes(name),
  );
  return `${place.container}.${isAll === true && !isOne ? 'envFrom' : 'env'}`;
}
