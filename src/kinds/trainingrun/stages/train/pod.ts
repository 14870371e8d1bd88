import type { IPodTemplateSpec } from 'kubernetes-models/v1';
import { joined, locate, partsOf, under } from '../../../../storage/index.ts';
import { inClaim } from '../../../../storage/pvc.ts';
import type { Access, Location, PodParts, Unlocated } from '../../../../storage/storage.ts';
import { isGang } from '../../../../domain/recipe.ts';
import { attemptName } from '../../../../domain/versions.ts';
import { type DeclaredPod, userContainer } from '../../../../workload/container.ts';
import { modelGroup, podAround } from '../../../../workload/pod.ts';
import { defined } from '../../../../api/defined.ts';
import { environment, path, resultsPath } from './environment.ts';
import { rendezvousPort } from './rendezvous.ts';
import { checkpointFolder, jobName, outputFolder } from '../../attempt/names.ts';
import { podOptionsOf, type Snapshot } from '../../start/snapshot.ts';

type PodSpec = NonNullable<IPodTemplateSpec['spec']>;

/** The pod of an attempt: a closed shape that passes the restricted Pod Security Standard. */
export function trainingPod(run: string, snapshot: Snapshot, retry: number): PodSpec {
  const { recipe, hardware } = snapshot;
  const { volumes, mounts } = artifacts(run, snapshot);
  const declared: DeclaredPod = { main: recipe, options: podOptionsOf(snapshot), hardware };
  const around = podAround(declared, { fsGroup: modelGroup, fsGroupChangePolicy: 'OnRootMismatch' }, volumes);
  return defined<PodSpec>({
    ...around,
    restartPolicy: 'Never',
    subdomain: isGang(recipe) ? jobName(attemptName(run, snapshot.number), 'Train', retry) : undefined,
    initContainers: around.initContainers?.map((container) => ({ ...container, imagePullPolicy })),
    containers: [
      defined<PodSpec['containers'][number]>({
        ...userContainer(declared, environment(run, snapshot, retry), mounts),
        imagePullPolicy,
        ports: isGang(recipe) ? [{ name: 'rendezvous', containerPort: rendezvousPort }] : undefined,
        // Its termination message is the results document, or, if it failed without a word, the end of its log.
        terminationMessagePath: resultsPath(recipe),
      }),
    ],
  });
}

const imagePullPolicy = 'IfNotPresent';

/** An attempt writes to its own folder; the checkpoint is the run's, so that a later pod resumes. */
function artifacts(run: string, snapshot: Snapshot): PodParts {
  const { recipe, champion } = snapshot;
  const { datasets = [], output, checkpoint } = recipe;
  const parts = [
    ...datasets.flatMap(({ name, uri }) => artifact(locate(uri), `${path.datasets}/${name}`, 'Read')),
    ...(output ? artifact(locate(under(output.uri, outputFolder(run, snapshot))), path.output, 'Write') : []),
    ...(checkpoint
      ? artifact(inClaim(checkpoint.claimName, checkpointFolder(run, snapshot)), path.checkpoint, 'Write')
      : []),
    ...(champion?.uri === undefined ? [] : artifact(locate(champion.uri), path.champion, 'Read')),
  ];
  return joined(parts, (index) => `claim-${index}`);
}

/** Nothing is started with a URI that is none; see recipeProblem. */
function artifact(at: Location | Unlocated, mountPath: string, access: Access): PodParts[] {
  return at.type === 'Location' ? [partsOf(at, mountPath, access)] : [];
}
