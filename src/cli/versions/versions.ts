import { modelDeployments, modelVersions, trainingRuns } from '../../api/customkinds.ts';
import { shortDigest } from '../../domain/digest.ts';
import {
  dataText,
  listedVersions,
  type JudgedMetric,
  type ListedVersion,
  type Use,
} from '../../product/versions/list.ts';
import { age } from '../../product/age.ts';
import { imageText } from '../../product/versions/words.ts';
import { namedObject } from '../cluster/kinds.ts';
import type { Unread } from '../cluster/cluster.ts';
import { formatOf, Refused, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { sizeText } from '../output/size.ts';
import { table } from '../output/table.ts';
import { joined, styled, text, type Text } from '../output/text.ts';

/** The versions of a run: what each was made from, how it was judged, and who serves it. */
export const versions: Run = async (invocation) => {
  const cluster = invocation.cluster();
  const { namespace } = cluster;
  const name = runNamed(invocation.words, namespace);
  const [all, run, deployments] = await Promise.all([
    cluster.all(modelVersions, namespace),
    cluster.client.get(trainingRuns, { namespace, name }),
    cluster.reading('who serves them', () => cluster.all(modelDeployments, namespace)),
  ]);
  const unread: Unread[] = deployments.type === 'Unread' ? [deployments] : [];
  const served = deployments.type === 'Read' ? deployments.value : [];
  const listed = listedVersions(name, { run, versions: all, deployments: served });
  for (const { what, why } of unread) invocation.err.line(text`${styled('waiting', 'not read:')} ${what}: ${why}`);
  if (listed.length === 0 && run === undefined) {
    throw new Refused(`there is no TrainingRun "${name}" in namespace "${namespace}", and no ModelVersion of it`);
  }
  const format = formatOf(invocation);
  if (format !== undefined) invocation.out.stream.write(documentText({ trainingRun: name, versions: listed }, format));
  else if (listed.length === 0) invocation.out.line(text`TrainingRun ${name} has no ModelVersion yet`);
  else
    invocation.out.lines(
      table(
        heading,
        listed.map((version) => rowOf(version, invocation.now())),
      ),
    );
  return 0;
};

const heading = ['version', 'age', 'metrics', 'model', 'data', 'image', 'source', 'hardware', 'use'];

function rowOf(version: ListedVersion, now: Date): Text[] {
  return [
    styled('strong', version.name),
    text`${age(version.created, now)}`,
    text`${version.metrics.map(metricText).join(', ')}`,
    modelText(version),
    text`${dataText(version)}`,
    text`${imageText(version.image, version.imageDigest)}`,
    text`${version.source}`,
    text`${version.hardware}`,
    usesText(version),
  ];
}

/** What nobody but the training vouches for is marked so. */
function modelText({ digest, digestSource, size }: ListedVersion): Text {
  const source = digestSource === undefined ? '' : ` ${digestSource.toLowerCase()}`;
  return text`${shortDigest(digest)}${source}${size === undefined ? '' : `, ${sizeText(size)}`}`;
}

function metricText({ name, value, rules }: JudgedMetric): string {
  const judged = `${name}=${value ?? 'missing'}`;
  return rules.length === 0 ? judged : `${judged} (${rules.join(', ')})`;
}

function usesText({ uses, isChampion, isRegistered }: ListedVersion): Text {
  const parts = [
    ...(isRegistered === false ? [styled('bad', 'not registered by its run')] : []),
    ...(isChampion ? [styled('good', 'champion')] : []),
    ...uses.map(useText),
  ];
  return joined(parts, ', ');
}

function useText({ deployment, role, reason }: Use): Text {
  const style = role === 'rejected' ? 'bad' : role === 'candidate' ? 'waiting' : role === 'stable' ? 'good' : 'faint';
  const why = reason === undefined ? '' : ` (${reason})`;
  return text`${styled(style, role)} of ${deployment}${why}`;
}

function runNamed(words: readonly string[], namespace: string): string {
  const [first = ''] = words;
  if (words.length === 1 && !first.includes('/')) return first;
  const { kind, key } = namedObject(words, namespace);
  if (kind.kind === trainingRuns.kind) return key.name;
  throw new Refused(`a TrainingRun has versions, and ${words.join(' ')} is a ${kind.kind}`, 2);
}
