/** Takes away what the demo made, and leaves what others made beside it and in it. */
import { label } from '../../src/api/labels.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { run } from '../cluster/command.ts';
import { during } from '../cluster/progress.ts';
import { foreign, inhabitants, trainingRun } from './belongings.ts';
import { rendered } from './install.ts';
import { Kubectl } from './kubectl.ts';
import { isMarked, isOfRelease, markSelector, named, namespaces, release, type Standing } from './mark.ts';

export interface Removal {
  /** What was removed, as people name it; nothing where the demo had made nothing. */
  readonly removed: readonly string[];
  /** What was left for the sake of others, and the command that removes it. */
  readonly left: readonly string[];
}

/** Removes the demo, or what there is of it after an installation or a removal that was cut off. */
export async function removeDemo(cluster: Cluster): Promise<Removal> {
  const kubectl = new Kubectl(cluster);
  const places = await markedNamespaces(kubectl);
  const parts: Removal[] = [];
  // The operator's at last: its release lies there, and it sees the loop's objects off.
  const [operator, others] = [places.filter(isOperators), places.filter((place) => !isOperators(place))];
  for (const place of others) parts.push(await removePlace(kubectl, place));
  parts.push(await removeRelease(cluster, kubectl));
  parts.push(await removeClusterWide(cluster, kubectl));
  parts.push(await removeDefinitions(kubectl));
  for (const place of operator) parts.push(await removePlace(kubectl, place));
  return { removed: parts.flatMap(({ removed }) => removed), left: parts.flatMap(({ left }) => left) };
}

function isOperators({ metadata }: Standing): boolean {
  return metadata.name === namespaces.operator;
}

async function markedNamespaces(kubectl: Kubectl): Promise<readonly Standing[]> {
  const ours: readonly string[] = Object.values(namespaces);
  const marked = await kubectl.metadata(['namespaces', '--selector', markSelector]);
  return marked.filter(({ metadata }) => ours.includes(metadata.name));
}

/** A namespace goes whole; where others have something in it, the demo's own objects go one by one. */
async function removePlace(kubectl: Kubectl, place: Standing): Promise<Removal> {
  const { name } = place.metadata;
  const all = await inhabitants(kubectl, name);
  const theirs = foreign(all);
  if (theirs.length === 0) {
    await during(`removing the namespace ${name}`, () => deleteNamespace(kubectl, place));
    return { removed: [named(place)], left: [] };
  }
  // What these own goes with them.
  const own = all.filter((one) => (isMarked(one) || isRecord(one)) && !theirs.includes(one));
  if (own.length > 0) {
    await during(`removing the demo's own objects in the namespace ${name}`, () =>
      kubectl.run(['delete', ...own.map(resourceOf), '--namespace', name, '--ignore-not-found']),
    );
  }
  return { removed: own.map(named), left: [keptNamespace(place, theirs)] };
}

/** What the operator wrote and nothing owns: the versions of the example's training, and its Lease. */
function isRecord({ kind, metadata }: Standing): boolean {
  return kind === 'Lease' || (kind === 'ModelVersion' && metadata.labels?.[label.trainingRun] === trainingRun);
}

/** As kubectl takes it, whatever else is called alike. */
function resourceOf({ apiVersion, kind, metadata }: Standing): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  return `${kind.toLowerCase()}${group === '' ? '' : `.${version}.${group}`}/${metadata.name}`;
}

function keptNamespace({ metadata }: Standing, theirs: readonly Standing[]): string {
  const list = theirs.slice(0, 5).map(({ kind, metadata: { name } }) => `${kind} ${name}`);
  const more = theirs.length > list.length ? ` and ${theirs.length - list.length} more` : '';
  return (
    `the namespace ${metadata.name}, since others have something in it: ${list.join(', ')}${more}. ` +
    `If nobody needs that: kubectl delete namespace ${metadata.name}`
  );
}

async function removeRelease(cluster: Cluster, kubectl: Kubectl): Promise<Removal> {
  const query = ['--namespace', namespaces.operator, '--selector', `owner=helm,name=${release},${markSelector}`];
  if ((await kubectl.metadata(['secrets', ...query])).length === 0) return { removed: [], left: [] };
  const place = ['--namespace', namespaces.operator, '--kubeconfig', cluster.kubeconfig];
  await during(`uninstalling the release ${release}`, () =>
    run(cluster.helm, ['uninstall', release, ...place, '--wait']),
  );
  return { removed: [`the Helm release ${release}`], left: [] };
}

/** What lies in no namespace: the roles of Prometheus, and what Helm's release left where its record was lost. */
async function removeClusterWide(cluster: Cluster, kubectl: Kubectl): Promise<Removal> {
  const { operator } = await rendered(cluster, 'quickstart');
  const ofChart = await kubectl.metadata(['--filename=-'], operator);
  const roles = await kubectl.metadata(['clusterroles,clusterrolebindings', '--selector', markSelector]);
  const own = [...ofChart.filter(isOfRelease), ...roles].filter(
    ({ kind, metadata }) => metadata.namespace === undefined && kind !== 'CustomResourceDefinition',
  );
  if (own.length > 0) await kubectl.run(['delete', ...own.map(resourceOf), '--ignore-not-found']);
  return { removed: own.map(named), left: [] };
}

async function definitions(kubectl: Kubectl): Promise<readonly Standing[]> {
  const all = await kubectl.metadata(['customresourcedefinitions']);
  return all.filter(({ metadata }) => metadata.name.endsWith('.flyball.dev'));
}

/** With the CustomResourceDefinitions every object of theirs would go, so that they stay while others have one. */
async function removeDefinitions(kubectl: Kubectl): Promise<Removal> {
  const own = (await definitions(kubectl)).filter(isOfRelease);
  if (own.length === 0) return { removed: [], left: [] };
  const names = own.map(({ metadata }) => metadata.name);
  const theirs = await kubectl.metadata([names.join(','), '--all-namespaces']);
  const command = `kubectl delete customresourcedefinitions ${names.join(' ')}`;
  if (theirs.length === 0) {
    await during('removing the CustomResourceDefinitions', () => kubectl.run(command.split(' ').slice(1)));
    return { removed: names.map((name) => `CustomResourceDefinition ${name}`), left: [] };
  }
  const list = theirs.slice(0, 5).map(named).join(', ');
  const more = theirs.length > 5 ? ` and ${theirs.length - 5} more` : '';
  const why = `the CustomResourceDefinitions of Flyball, since others have objects of theirs: ${list}${more}`;
  return { removed: [], left: [`${why}. If nobody needs these: ${command}`] };
}

/** By its UID: one of the same name that somebody made meanwhile is not the demo's. */
async function deleteNamespace(kubectl: Kubectl, { metadata }: Standing): Promise<void> {
  const options = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: metadata.uid } };
  const path = `/api/v1/namespaces/${metadata.name}`;
  await kubectl.run(['delete', '--raw', path, '--filename=-'], JSON.stringify(options));
  await kubectl.run(['wait', '--for=delete', `namespace/${metadata.name}`, '--timeout=5m']);
}
