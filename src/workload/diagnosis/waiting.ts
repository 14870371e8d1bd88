/** Rules about a container that the kubelet cannot start. */
import { shortened } from '../../api/condition.ts';
import { type ContainerReport, lastWords, ofContainer, titleOf, withoutIDs } from './containers.ts';
import { about, type Finding, type Rule } from './finding.ts';

/** Restarts that a container may need until its neighbours are there. */
const crashesTolerated = 2;

/** An image's name may be 512 characters long, and a remedy has to follow. */
const longestImage = 256;

/** The kubelet's reasons, by its `pkg/kubelet/images` and by the errors of the container runtime's interface. */
const pullReasons = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ErrImageInspect',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
];

const refusals = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];

/** However it fares now: a server is judged by how often it came to an end. */
export const mainCrashing: Rule = ({ container }) =>
  container?.isMain === true && container.status.restartCount > crashesTolerated ? crashed(container) : undefined;

/** One that works by now is forgiven. */
export const neighbourCrashing: Rule = ({ container }) =>
  container?.isMain === false && container.status.restartCount > crashesTolerated && !container.status.ready
    ? crashed(container)
    : undefined;

/** Without the kubelet's words, which are others at every try. */
export const imagePullFailed: Rule = ({ container, place }) => {
  if (container === undefined || !pullReasons.includes(waitingIn(container)?.reason ?? '')) return undefined;
  return {
    ...about(container, `${place.container}.image`),
    reason: 'ImagePullFailed',
    what: `image ${imageOf(container)}${ofContainer(container)} cannot be pulled`,
    move: 'Provide',
    remedy: 'Push it, or let the nodes read it',
  };
};

export const secretMissing: Rule = ({ container, place }) => {
  const words = container && refusalOf(container);
  if (container === undefined || words === undefined) return undefined;
  const secret = /secret "([^"]{1,253})" not found/.exec(words)?.[1];
  const [, key, of] = /couldn't find key (\S{1,253}) in Secret (?:\S+\/)?(\S{1,253})/.exec(words) ?? [];
  if (secret === undefined && key === undefined) return undefined;
  const name = `Secret ${secret ?? of}${container.isMain ? '' : `, which container ${container.status.name} reads,`}`;
  return {
    ...about(container, `${place.container}.env`),
    reason: 'SecretMissing',
    what: secret === undefined ? `${name} has no key ${key}` : `${name} does not exist`,
    move: 'Provide',
    remedy: 'Create it',
  };
};

export const runsAsRoot: Rule = ({ container, place }) => {
  if (container === undefined || !/runAsNonRoot/.test(refusalOf(container) ?? '')) return undefined;
  return {
    ...about(container, `${place.container}.image`),
    reason: 'RunAsRoot',
    what: `image ${imageOf(container)}${ofContainer(container)} runs as root or as a user without a number, which the restricted Pod Security Standard forbids`,
    move: 'Provide',
    remedy: 'Build it with a numeric USER such as 65532',
  };
};

export const containerRefused: Rule = ({ container, place }) => {
  const words = container && refusalOf(container);
  if (container === undefined || words === undefined) return undefined;
  return {
    ...about(container, place.container),
    reason: 'ContainerRefused',
    what: `the kubelet cannot start ${titleOf(container)}`,
    move: 'Provide',
    remedy: 'Create what is missing',
    quote: { by: 'the kubelet', words: withoutIDs(words) },
  };
};

function crashed(container: ContainerReport): Finding {
  const last = container.status.lastState?.terminated;
  const how = last === undefined ? '' : ` (${last.reason ?? 'Error'}, exit code ${last.exitCode})`;
  return {
    ...about(container),
    reason: last?.reason === 'OOMKilled' ? 'OutOfMemory' : 'CrashLooping',
    what: `${titleOf(container)} crashed more than ${crashesTolerated} times${how}`,
    move: 'ReadLog',
    remedy: 'Read why',
    quote: lastWords(container, last),
  };
}

function waitingIn({ status }: ContainerReport) {
  return status.state?.waiting;
}

/** The kubelet's words about a container that it cannot start. */
function refusalOf(container: ContainerReport): string | undefined {
  const waiting = waitingIn(container);
  return refusals.includes(waiting?.reason ?? '') ? (waiting?.message ?? '') : undefined;
}

/** As it was asked for; the kubelet reports the name that the image has on the node. */
function imageOf({ spec, status }: ContainerReport): string {
  return shortened(spec?.image ?? status.image, longestImage);
}
