import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { usualStorage } from '../../../../storage/installation.ts';
import { joined, locate, partsOf, under } from '../../../../storage/index.ts';
import { inClaim } from '../../../../storage/pvc.ts';
import { folderOf } from '../../../../storage/remote.ts';
import type { Fetch, Location, Mounting, PodParts, Unlocated } from '../../../../storage/storage.ts';
import { isGang, type Recipe } from '../../../../domain/recipe.ts';
import { attemptName } from '../../../../domain/versions.ts';
import { type DeclaredPod, userContainer } from '../../../../workload/container.ts';
import { modelGroup, podAround } from '../../../../workload/pod.ts';
import {
  checkpointContainer,
  containersBefore,
  saveContainer,
  transferVolumes,
  volumeFor,
} from '../../../../workload/transfers.ts';
import { defined } from '../../../../api/defined.ts';
import { environment, path, resultsPath } from './environment.ts';
import { deliveryOf } from './output.ts';
import { rendezvousPort } from './rendezvous.ts';
import { checkpointFolder, jobName, outputFolder } from '../../attempt/names.ts';
import { podOptionsOf, type Snapshot } from '../../start/snapshot.ts';

type PodSpec = NonNullable<IPodTemplateSpec['spec']>;

/**
 * The pod of an attempt: a closed shape that passes the restricted Pod Security Standard. Where what `main` leaves is saved, `main` is the
 * last init container, so that the kubelet keeps the order and a failure of either fails the pod.
 */
export function trainingPod(run: string, snapshot: Snapshot, retry: number): PodSpec {
  const { recipe, hardware } = snapshot;
  const { volumes, mounts, fetches } = artifacts(run, snapshot);
  const declared: DeclaredPod = { main: recipe, options: podOptionsOf(snapshot), hardware };
  const { before, beside, after } = transfersOf(run, snapshot, fetches);
  const isMoved = before.length + beside.length + after.length > 0;
  const own = isMoved ? [...volumes, ...transferVolumes] : volumes;
  const around = podAround(declared, { fsGroup: modelGroup, fsGroupChangePolicy: 'OnRootMismatch' }, own);
  const main = defined<IContainer>({
    ...userContainer(declared, environment(run, snapshot, retry), mounts),
    imagePullPolicy,
    ports: isGang(recipe) ? [{ name: 'rendezvous', containerPort: rendezvousPort }] : undefined,
    // Its termination message is the results document, or, if it failed without a word, the end of its log.
    terminationMessagePath: resultsPath(recipe),
  });
  const users = around.initContainers?.map((container) => ({ ...container, imagePullPolicy })) ?? [];
  const initContainers = [...before, ...users, ...beside, ...(after.length > 0 ? [main] : [])];
  return defined<PodSpec>({
    ...around,
    restartPolicy: 'Never',
    subdomain: isGang(recipe) ? jobName(attemptName(run, snapshot.number), 'Train', retry) : undefined,
    initContainers: initContainers.length === 0 ? undefined : initContainers,
    containers: after.length > 0 ? after : [main],
  });
}

const imagePullPolicy = 'IfNotPresent' as const;

/** What fetches and restores, and tries the place of the output, before anything else starts, what saves checkpoints beside `main`, and what saves its output after it. */
function transfersOf(run: string, snapshot: Snapshot, fetches: readonly Fetch[]) {
  const { storage, installation = usualStorage, recipe } = snapshot;
  const transfers = { installation, storage, pod: podOptionsOf(snapshot) };
  const { uri } = recipe.checkpoint ?? {};
  const kept = uri === undefined ? undefined : under(uri, checkpointFolder(run, snapshot));
  const checkpoint = kept === undefined ? undefined : { uri: kept, folder: folders.checkpoint };
  const output =
    recipe.output && deliveryOf(recipe) === 'Saved' ? under(recipe.output.uri, outputFolder(run, snapshot)) : undefined;
  return {
    before: containersBefore({ fetches, checkpoint, output }, transfers),
    beside: kept === undefined ? [] : [checkpointContainer(folders.checkpoint, kept, transfers)],
    after: output === undefined ? [] : [saveContainer(folders.output, output, transfers)],
  };
}

/** The folders of the volume that `main` sees at these paths. */
const folders = { output: folderOf(path.output), checkpoint: folderOf(path.checkpoint) };

/** An attempt writes to its own folder; the checkpoint is the run's, so that a later pod resumes. */
function artifacts(run: string, snapshot: Snapshot): PodParts {
  const { recipe, champion } = snapshot;
  const { datasets = [], output, checkpoint } = recipe;
  const volume = volumeFor(snapshot.installation ?? usualStorage, snapshot.storage);
  const written = { access: 'Write', volume } as const;
  const parts = [
    ...datasets.flatMap(({ name, uri, digest }) =>
      artifact(locate(uri), { mountPath: `${path.datasets}/${name}`, access: 'Read', digest, volume }),
    ),
    ...(output && deliveryOf(recipe) !== 'Uploaded'
      ? artifact(locate(under(output.uri, outputFolder(run, snapshot)), 'Write'), {
          mountPath: path.output,
          ...written,
        })
      : []),
    ...(checkpoint
      ? artifact(checkpointAt(checkpoint, checkpointFolder(run, snapshot)), { mountPath: path.checkpoint, ...written })
      : []),
    ...(champion?.uri === undefined
      ? []
      : artifact(locate(champion.uri), { mountPath: path.champion, access: 'Read', digest: champion.digest, volume })),
  ];
  return joined(parts, (index) => `claim-${index}`);
}

/** Nothing is started with a URI that is none; see recipeProblem. */
function artifact(at: Location | Unlocated, mounting: Mounting): PodParts[] {
  return at.type === 'Location' ? [partsOf(at, mounting)] : [];
}

function checkpointAt({ claimName, uri }: NonNullable<Recipe['checkpoint']>, folder: string): Location | Unlocated {
  return claimName === undefined ? locate(under(uri ?? '', folder), 'Write') : inClaim(claimName, folder);
}
