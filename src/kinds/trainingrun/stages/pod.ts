import type { IPodTemplateSpec, IVolume, IVolumeMount } from 'kubernetes-models/v1';
import { type ClaimPath, parseClaimPath } from '../../../storage/pvc.ts';
import { containerResources, productSelector, restrictedContainer } from '../../../workload/container.ts';
import { defined } from '../../../api/defined.ts';
import { environment, path, rendezvousPort } from './environment.ts';
import { attemptName, jobName } from './names.ts';
import type { Recipe } from '../../../domain/recipe.ts';
import type { Snapshot } from '../start/snapshot.ts';

/** The container whose termination message is the results document. */
export const mainContainer = 'main';

type PodSpec = NonNullable<IPodTemplateSpec['spec']>;

/**
 * The pod of an attempt: a closed shape that passes the restricted Pod Security Standard. It has no service account token, and it
 * runs as the user of its image, which must not be root.
 */
export function trainingPod(run: string, snapshot: Snapshot, retry: number): PodSpec {
  const { recipe } = snapshot;
  const mounts = claimMounts(run, snapshot);
  const claims = [...new Set(mounts.map((mount) => mount.source.claim))];
  const isGang = (recipe.nodes ?? 1) > 1;
  return defined<PodSpec>({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      fsGroup: 65532,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    subdomain: isGang ? jobName(attemptName(run, snapshot.number), retry) : undefined,
    nodeSelector: productSelector(recipe.accelerator),
    containers: [
      defined<PodSpec['containers'][number]>({
        name: mainContainer,
        image: recipe.image,
        imagePullPolicy: 'IfNotPresent',
        command: recipe.command,
        args: recipe.args,
        env: environment(run, snapshot, retry),
        ports: isGang ? [{ name: 'rendezvous', containerPort: rendezvousPort }] : undefined,
        resources: containerResources(recipe.resources, recipe.accelerator),
        securityContext: restrictedContainer,
        terminationMessagePath: path.results,
        volumeMounts: mounts.length === 0 ? undefined : mounts.map((mount) => volumeMount(mount, claims)),
      }),
    ],
    volumes: claims.length === 0 ? undefined : claims.map(volume),
  });
}

/** The URIs of a recipe that are not of the form `pvc://<claim>/<path>`: nothing can be started with them. */
export function malformedURIs(recipe: Recipe): string[] {
  const uris = [
    ...(recipe.datasets ?? []).map((dataset) => dataset.uri),
    ...(recipe.output ? [recipe.output.uri] : []),
  ];
  return uris.filter((uri) => parseClaimPath(uri) === undefined);
}

interface ClaimMount {
  readonly source: ClaimPath;
  readonly mountPath: string;
  readonly readOnly?: true;
}

/** An attempt writes to its own folder; the checkpoint is the run's, so that a later pod resumes. */
function claimMounts(run: string, { number, recipe, champion }: Snapshot): ClaimMount[] {
  const datasets = (recipe.datasets ?? []).map((dataset) =>
    mountOf(parseClaimPath(dataset.uri), `${path.datasets}/${dataset.name}`, { readOnly: true }),
  );
  const output = recipe.output && parseClaimPath(`${recipe.output.uri}/${attemptName(run, number)}`);
  const checkpoint = recipe.checkpoint && { claim: recipe.checkpoint.claimName, path: run };
  return [
    ...datasets.flat(),
    ...mountOf(output, path.output),
    ...mountOf(checkpoint, path.checkpoint),
    ...mountOf(champion?.uri === undefined ? undefined : parseClaimPath(champion.uri), path.champion, {
      readOnly: true,
    }),
  ];
}

function mountOf(source: ClaimPath | undefined, mountPath: string, access: { readOnly?: true } = {}): ClaimMount[] {
  return source === undefined ? [] : [{ source, mountPath, ...access }];
}

/** Volumes are counted, since the name of a claim may be longer than that of a volume. */
function volumeName(index: number): string {
  return `claim-${index}`;
}

function volume(claimName: string, index: number): IVolume {
  return { name: volumeName(index), persistentVolumeClaim: { claimName } };
}

function volumeMount({ source, mountPath, readOnly }: ClaimMount, claims: readonly string[]): IVolumeMount {
  return defined<IVolumeMount>({
    name: volumeName(claims.indexOf(source.claim)),
    mountPath,
    subPath: source.path,
    readOnly,
  });
}
