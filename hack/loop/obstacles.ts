/** What stands in the demo's way: it changes nothing where something of others does. */
import type { Cluster } from '../cluster/cluster.ts';
import { rendered, type Form } from './install.ts';
import { Kubectl } from './kubectl.ts';
import { isMarked, isOfRelease, named, namespaces, release, type Standing } from './mark.ts';

export interface Obstacle {
  readonly what: string;
  /** Whose move it is, and the next command. */
  readonly remedy: string;
}

const customResources = 'trainingruns,modelversions,modeldeployments,monitors';

/** Where another cluster is to be had for the asking. */
const elsewhere = 'or show the loop on a cluster of its own: ./hack/demo --provider local';

/** Everything that stands where the demo would make something, or is a Flyball of somebody else; nothing is changed by asking. */
export async function obstacles(cluster: Cluster, form: Form): Promise<readonly Obstacle[]> {
  const kubectl = new Kubectl(cluster);
  const kinds = 'deployments,clusterroles,validatingadmissionpolicies';
  const query = ['--all-namespaces', '--selector', 'app.kubernetes.io/name=flyball'];
  const operators = await kubectl.metadata([kinds, ...query]);
  const definitions = (await kubectl.metadata(['customresourcedefinitions'])).filter(({ metadata }) =>
    metadata.name.endsWith('.flyball.dev'),
  );
  const ours: readonly string[] = Object.values(namespaces);
  const places = (await kubectl.metadata(['namespaces'])).filter(({ metadata }) => ours.includes(metadata.name));
  const taken = places.filter((one) => !isMarked(one));
  const names = await takenNames(kubectl, await rendered(cluster, form), definitions.length > 0);
  return [
    ...othersFlyball(operators, definitions),
    ...taken.map(takenNamespace),
    ...names
      .filter(({ metadata }) => taken.every((place) => place.metadata.name !== metadata.namespace))
      .map(takenName),
    ...(await takenRelease(kubectl)),
  ];
}

/** A second Flyball would act upon the same objects, and both bring the same CustomResourceDefinitions. */
function othersFlyball(operators: readonly Standing[], definitions: readonly Standing[]): readonly Obstacle[] {
  const theirs = [...operators, ...definitions].filter((one) => !isOfRelease(one));
  const owners = new Map(theirs.map((one) => [ownerOf(one), one]));
  return [...owners].map(([owner, first]) => {
    const stands = theirs.filter((one) => ownerOf(one) === owner).map(named);
    const list = [...new Set(stands)].slice(0, 4).join(', ');
    const isOnlyDefinitions = theirs.every((one) => ownerOf(one) !== owner || one.kind === 'CustomResourceDefinition');
    return {
      what: `Flyball is here already, ${owner}: ${list}${stands.length > 4 ? ', …' : ''}`,
      remedy: isOnlyDefinitions
        ? `Who runs the cluster can say whether they are needed: kubectl get ${customResources} --all-namespaces; ${elsewhere}`
        : `Who installed it can show the loop with it, as README.md says under "Install it": ${seeOwner(first)}; ${elsewhere}`,
    };
  });
}

function ownerOf({ metadata }: Standing): string {
  const name = metadata.annotations?.['meta.helm.sh/release-name'];
  const namespace = metadata.annotations?.['meta.helm.sh/release-namespace'];
  return name === undefined ? 'installed without Helm' : `of the release ${name} in the namespace ${namespace}`;
}

function seeOwner({ metadata }: Standing): string {
  const name = metadata.annotations?.['meta.helm.sh/release-name'];
  const namespace = metadata.annotations?.['meta.helm.sh/release-namespace'];
  return name === undefined
    ? 'kubectl get deployments --all-namespaces --selector app.kubernetes.io/name=flyball'
    : `helm status ${name} --namespace ${namespace}`;
}

function takenNamespace({ metadata }: Standing): Obstacle {
  return {
    what: `the namespace ${metadata.name} is there, and the demo has not made it`,
    remedy: `Whose it is can say whether it may go: kubectl get namespace ${metadata.name} --output yaml; ${elsewhere}`,
  };
}

/** Objects that have the names of the demo's and are not its own. */
async function takenNames(
  kubectl: Kubectl,
  { applied, operator }: { applied: string; operator: string },
  isServed: boolean,
): Promise<readonly Standing[]> {
  const documents = [applied, operator].join('\n---\n').split(/^---$/m);
  // kubectl knows no kinds that the cluster does not serve; of those there are no objects.
  const known = isServed ? documents : documents.filter((one) => !/^apiVersion: flyball\.dev\//m.test(one));
  const found = await kubectl.metadata(['--filename=-'], known.join('\n---\n'));
  return found.filter(
    (one) => one.kind !== 'Namespace' && one.kind !== 'CustomResourceDefinition' && !isMarked(one) && !isOfRelease(one),
  );
}

function takenName(one: Standing): Obstacle {
  return {
    what: `${named(one)} is there, and the demo has not made it`,
    remedy: `Whose it is can say whether it may go: kubectl get ${one.kind.toLowerCase()} ${inNamespace(one)}; ${elsewhere}`,
  };
}

function inNamespace({ metadata }: Standing): string {
  return `${metadata.name}${metadata.namespace === undefined ? '' : ` --namespace ${metadata.namespace}`} --output yaml`;
}

async function takenRelease(kubectl: Kubectl): Promise<readonly Obstacle[]> {
  const query = ['--namespace', namespaces.operator, '--selector', `owner=helm,name=${release}`];
  const revisions = await kubectl.metadata(['secrets,configmaps', ...query]);
  if (revisions.every(isMarked)) return [];
  return [
    {
      what: `the Helm release ${release} is there, and the demo has not made it`,
      remedy: `Who installed it can say whether it may go: helm status ${release} --namespace ${namespaces.operator}; ${elsewhere}`,
    },
  ];
}
