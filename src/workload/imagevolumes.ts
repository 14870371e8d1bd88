/** Images that are mounted as volumes, which older Kubernetes cannot do. Only the operator can tell: the schema does not know the server. */
import type { Command } from '../api/command.ts';
import type { PodOptions } from '../api/generated/shared.ts';
import type { Message } from '../api/message.ts';
import type { Reason } from '../api/reason.ts';
import { firstWithImageVolumes, isBefore, type ServerVersion } from '../api/serverversion.ts';
import { imageOf } from '../storage/index.ts';

/** Why nothing can be made of what mounts images. */
export const imageVolumeReasons = {
  ImageVolumesNotServed: {
    meaning: 'The spec has an image mounted as a volume, and the Kubernetes of this cluster is too old for that.',
    evidence: 'what the API server says at /version',
    actor: 'Author',
    remedy: 'Put the data elsewhere than into an image, or have the cluster upgraded to Kubernetes 1.35.',
  },
} as const satisfies Readonly<Record<string, Reason>>;

export interface ImageVolumeProblem extends Message {
  /** CamelCase, the reason of a condition. */
  readonly reason: keyof typeof imageVolumeReasons;
}

/** Where something is named: the field, for people. */
interface Named {
  readonly field: string;
  readonly uri: string;
}

/** What may name images: artifacts by their URIs, and the volumes of a pod. */
interface Declared {
  readonly artifacts: readonly Named[];
  readonly pod: PodOptions | undefined;
  /** Of the options of the pod. */
  readonly podField: string;
}

/** Undefined if no image is to be mounted, if the server takes them, or if nobody knows which it is. */
export function imageVolumeProblem(
  declared: Declared,
  server: ServerVersion | undefined,
  edit: Command,
): ImageVolumeProblem | undefined {
  if (server === undefined || !isBefore(server, firstWithImageVolumes)) return undefined;
  const [found] = imagesIn(declared);
  if (found === undefined) return undefined;
  return {
    reason: 'ImageVolumesNotServed',
    what: `${found.field} is the image ${found.image}, and this cluster has Kubernetes ${told(server)}: images can be mounted from ${told(firstWithImageVolumes)} on`,
    remedies: [
      { text: 'have the files in a claim or a store, and name that', command: edit },
      { text: 'have the cluster upgraded, and it goes on by itself within an hour' },
    ],
  };
}

function imagesIn({ artifacts, pod, podField }: Declared): { readonly field: string; readonly image: string }[] {
  const named = artifacts.flatMap(({ field, uri }) => {
    const image = imageOf(uri);
    return image === undefined ? [] : [{ field, image }];
  });
  const volumes = (pod?.volumes ?? []).flatMap(({ name, image }) =>
    image === undefined ? [] : [{ field: `${podField}.volumes "${name}"`, image: image.reference }],
  );
  return [...named, ...volumes];
}

function told({ major, minor }: ServerVersion): string {
  return `${major}.${minor}`;
}
