/** Rules about an image that the kubelet does not get, or does not run. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { type ContainerReport, ofContainer } from './containers.ts';
import { about, type Finding, type Rule } from './finding.ts';
import type { Place } from './place.ts';
import { turnOf } from './times.ts';
import { transferOf } from './transfers.ts';
import { isOfArtifact } from './volumes.ts';
import { refusalOf, solve, told } from './waiting.ts';

/** Names may be hundreds of characters long, and a remedy has to follow. */
const longestImage = 256;
const longestName = 128;

const pull = { what: 'cannot be pulled', remedy: 'push it, or let the nodes read it' };

/** The kubelet's reasons about images, by its `pkg/kubelet/images` and by the errors of the container runtime's interface. */
const imageReasons: ReadonlyMap<string, { readonly what: string; readonly remedy: string }> = new Map([
  ['ErrImagePull', pull],
  ['ImagePullBackOff', pull],
  ['RegistryUnavailable', { remedy: solve, what: 'cannot be pulled (RegistryUnavailable)' }],
  ['InvalidImageName', { what: 'has no valid name', remedy: 'correct its name' }],
  ['ErrImageNeverPull', { what: 'is not on the node and must not be pulled', remedy: 'load it onto the nodes' }],
  ['ErrImageInspect', { remedy: solve, what: 'cannot be inspected (ErrImageInspect)' }],
  ['ImageInspectError', { remedy: solve, what: 'cannot be inspected (ImageInspectError)' }],
  ['SignatureValidationFailed', { remedy: solve, what: 'is not accepted (SignatureValidationFailed)' }],
]);

/** What registries answer, by the container runtime's words, to those who are not known to them. */
const unauthorized =
  /\b401 Unauthorized|\b403 Forbidden|no basic auth credentials|unauthorized:|authorization failed|authentication required|access denied|resource is denied/i;

export const imageRefused: Rule = ({ pod, container, place }) => {
  const refusal = container && refusalOf(container);
  const known = imageReasons.get(refusal?.reason ?? '');
  if (container === undefined || refusal === undefined || known === undefined) return undefined;
  const found = {
    ...about(container, turnOf(pod, container), `${place.container}.image`),
    reason: 'ImagePullFailed',
    what: `image ${imageOf(container)}${ofContainer(container)} ${known.what}`,
    move: 'Provide',
    remedy: `${told(container, known.remedy)}${ofChart(container)}`,
    quote: refusal.quote,
    evidence: { type: 'Pods' },
  } as const;
  const ofVolume = aboutVolume(found, pod, container, place, known.what);
  if (known !== pull || container.owner !== 'User') return ofVolume;
  if (unauthorized.test(refusal.quote.words ?? '')) return kept(ofVolume, pod, place);
  return {
    ...ofVolume,
    remedy: `${pull.remedy}, one of a private registry by a Secret in ${place.pod}.imagePullSecrets`,
  };
};

/** Ours of the installation can be named anew by whoever has installed it. */
function ofChart(container: ContainerReport): string {
  if (transferOf(container) === undefined) return '';
  const isOther = container.status.name === 'fetch' && container.spec?.command === undefined;
  return `; the chart's value ${isOther ? 'storage.fetch.image' : 'storage.image'} names it`;
}

/** The kubelet says it of the container that has the volume. */
function aboutVolume(found: Finding, pod: IPod, container: ContainerReport, place: Place, what: string): Finding {
  const words = container.status.state?.waiting?.message ?? '';
  const volume = pod.spec?.volumes?.find(
    ({ image }) => image?.reference !== undefined && words.includes(`"${image.reference}"`),
  );
  const reference = volume?.image?.reference;
  if (volume === undefined || reference === undefined || reference === container.spec?.image) return found;
  return {
    ...found,
    what: `image ${shortened(reference, longestImage)} of volume ${shortened(volume.name, longestName)} ${what}`,
    field: isOfArtifact(volume.name) ? place.claims : `${place.pod}.volumes`,
  };
}

/** Registries answer the same of an image that is not there, so that nobody learns what is. */
function kept(found: Finding, pod: IPod, { pod: options }: Place): Finding {
  const field = `${options}.imagePullSecrets`;
  const [secret] = pod.spec?.imagePullSecrets?.flatMap(({ name }) => name ?? []) ?? [];
  const name = `name in ${field} a Secret by which it may be read`;
  return {
    ...found,
    what: `${found.what}: its registry does not let the nodes read it`,
    remedy:
      secret === undefined
        ? `push it, or ${name}`
        : `push it, or see whether Secret ${shortened(secret, longestName)} exists and may read it, or ${name}`,
    field,
  };
}

const rootForbidden = 'which the restricted Pod Security Standard forbids';
const numericUser = 65_532;

export const runsAsRoot: Rule = ({ pod, container, place }) => {
  const words = container && refusalOf(container)?.quote.words;
  const [, how] = /runAsNonRoot and image (will run as root|has non-numeric user)/.exec(words ?? '') ?? [];
  if (container === undefined || how === undefined) return undefined;
  const user = /has non-numeric user \(([^)]{1,64})\)/.exec(words ?? '')?.[1];
  const image = `image ${imageOf(container)}${ofContainer(container)}`;
  const build = `build it with a numeric USER such as ${numericUser}`;
  return {
    ...about(container, turnOf(pod, container)),
    reason: 'RunAsRoot',
    what:
      user === undefined
        ? `${image} runs as root${how === 'will run as root' ? '' : ' or as a user without a number'}, ${rootForbidden}`
        : `${image} runs as user ${user}, of whom the kubelet cannot tell that it is not root, ${rootForbidden}`,
    move: 'Provide',
    remedy: told(container, build),
    ...(container.owner === 'User' && { field: `${place.pod}.runAsUser`, options: { runAsUser: numericUser } }),
    evidence: { type: 'Pods' },
  };
};

/** As it was asked for; the kubelet reports the name that the image has on the node. */
function imageOf({ spec, status }: ContainerReport): string {
  return shortened(spec?.image ?? status.image, longestImage);
}
