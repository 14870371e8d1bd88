/** Rules about a container that the kubelet cannot start. */
import { type Quote, shortened } from '../../api/condition.ts';
import type { IPod } from 'kubernetes-models/v1';
import {
  type ContainerReport,
  hasWrongCommand,
  isUnstarted,
  lastWords,
  ofContainer,
  titleOf,
  withoutIDs,
} from './containers.ts';
import { about, type Finding, responsible, type Rule } from './finding.ts';
import { turnOf } from './times.ts';

/** Names may be hundreds of characters long, and a remedy has to follow. */
const longestImage = 256;
const longestName = 128;

/** What the kubelet says while all goes well, and of crashes, which are counted. Each other reason is a refusal. */
const ordinary = ['', 'ContainerCreating', 'PodInitializing', 'CrashLoopBackOff'];

const pull = { what: 'cannot be pulled', remedy: 'push it, or let the nodes read it' };
const solve = { remedy: 'solve what the kubelet says' };

/** The kubelet's reasons about images, by its `pkg/kubelet/images` and by the errors of the container runtime's interface. */
const imageReasons: ReadonlyMap<string, { readonly what: string; readonly remedy: string }> = new Map([
  ['ErrImagePull', pull],
  ['ImagePullBackOff', pull],
  ['RegistryUnavailable', { ...solve, what: 'cannot be pulled (RegistryUnavailable)' }],
  ['InvalidImageName', { what: 'has no valid name', remedy: 'correct its name' }],
  ['ErrImageNeverPull', { what: 'is not on the node and must not be pulled', remedy: 'load it onto the nodes' }],
  ['ErrImageInspect', { ...solve, what: 'cannot be inspected (ErrImageInspect)' }],
  ['ImageInspectError', { ...solve, what: 'cannot be inspected (ImageInspectError)' }],
  ['SignatureValidationFailed', { ...solve, what: 'is not accepted (SignatureValidationFailed)' }],
]);

export const imageRefused: Rule = ({ pod, container, place }) => {
  const refusal = container && refusalOf(container);
  const known = imageReasons.get(refusal?.reason ?? '');
  if (container === undefined || refusal === undefined || known === undefined) return undefined;
  return {
    ...about(container, turnOf(pod, container), `${place.container}.image`),
    reason: 'ImagePullFailed',
    what: `image ${imageOf(container)}${ofContainer(container)} ${known.what}`,
    move: 'Provide',
    remedy: told(container, known.remedy),
    quote: refusal.quote,
    evidence: { type: 'Pods' },
  };
};

export const secretMissing: Rule = ({ pod, container, place }) => {
  const words = container && refusalOf(container)?.quote.words;
  if (container === undefined || words === undefined) return undefined;
  const secret = /secret "([^"]{1,253})" not found/.exec(words)?.[1];
  const [, key, of] = /couldn't find key (\S{1,253}) in Secret (?:\S+\/)?(\S{1,253})/.exec(words) ?? [];
  if (secret === undefined && key === undefined) return undefined;
  const reader = container.isMain ? '' : `, which container ${container.status.name} reads,`;
  const name = `Secret ${shortened(secret ?? of ?? '', longestName)}${reader}`;
  return {
    ...about(container, turnOf(pod, container), `${place.container}.env`),
    reason: 'SecretMissing',
    what: secret === undefined ? `${name} has no key ${shortened(key ?? '', longestName)}` : `${name} does not exist`,
    move: 'Provide',
    remedy: told(container, 'create it'),
    evidence: { type: 'Pods' },
  };
};

export const runsAsRoot: Rule = ({ pod, container, place }) => {
  const words = container && refusalOf(container)?.quote.words;
  if (container === undefined || !/runAsNonRoot and image (?:will run|has non-numeric)/.test(words ?? '')) {
    return undefined;
  }
  return {
    ...about(container, turnOf(pod, container), `${place.container}.image`),
    reason: 'RunAsRoot',
    what: `image ${imageOf(container)}${ofContainer(container)} runs as root or as a user without a number, which the restricted Pod Security Standard forbids`,
    move: 'Provide',
    remedy: told(container, 'build it with a numeric USER such as 65532'),
    evidence: { type: 'Pods' },
  };
};

export const commandRefused: Rule = ({ pod, container, place }) => {
  const refusal = container && refusalOf(container);
  if (container === undefined || refusal === undefined || !hasWrongCommand(container.status.lastState?.terminated)) {
    return undefined;
  }
  return {
    ...refused(pod, container, refusal, `${place.container}.command`),
    reason: 'CommandNotStarted',
    move: 'Edit',
    remedy: told(
      container,
      container.isMain ? `correct ${place.container}.command or ${place.container}.args` : 'correct its command',
    ),
  };
};

/** Whatever else the kubelet says is quoted, not explained. */
export const containerRefused: Rule = ({ pod, container, place }) => {
  const refusal = container && refusalOf(container);
  return container && refusal && refused(pod, container, refusal, place.container);
};

function refused(pod: IPod, container: ContainerReport, { reason, quote }: Refusal, field: string): Finding {
  return {
    ...about(container, turnOf(pod, container), field),
    reason: 'ContainerRefused',
    what: `the kubelet does not start ${titleOf(container)} (${shortened(reason, longestName)})`,
    move: 'Provide',
    remedy: told(container, solve.remedy),
    quote,
    evidence: { type: 'Pods' },
  };
}

interface Refusal {
  /** The kubelet's or the container runtime's. */
  readonly reason: string;
  readonly quote: Quote;
}

/** What the kubelet says about a container that it cannot start. */
export function refusalOf(container: ContainerReport): Refusal | undefined {
  const { state, lastState } = container.status;
  const { reason = '', message = '' } = state?.waiting ?? {};
  const last = lastState?.terminated;
  // It tries again and again: between two tries it waits as after a crash.
  if (betweenTries.includes(reason) && isUnstarted(last)) {
    return { reason: last?.reason ?? reason, quote: lastWords(container, last) };
  }
  if (ordinary.includes(reason)) return undefined;
  const words = message.replace(/^Back-off pulling image "[^"]*"(?:: \w+: )?/, '');
  return { reason, quote: { by: 'the kubelet', words: withoutIDs(words) } };
}

const betweenTries = ['RunContainerError', 'CrashLoopBackOff'];

/** Who has to act, if that is not the user. */
function told(container: ContainerReport, remedy: string): string {
  return container.isMain ? remedy : `${responsible(container)} has to ${remedy.replace(/, or /, ' or ')}`;
}

/** As it was asked for; the kubelet reports the name that the image has on the node. */
function imageOf({ spec, status }: ContainerReport): string {
  return shortened(spec?.image ?? status.image, longestImage);
}
