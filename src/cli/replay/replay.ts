import { shortened } from '../../api/condition.ts';
import { modelVersions, trainingRuns } from '../../api/customkinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { IModelVersion } from '../../api/types.ts';
import { flyball } from '../../product/steering/steering.ts';
import { replay as replayFor } from '../../product/versions/replay.ts';
import { replayed } from '../../product/versions/replayed.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type ExitCode, formatOf, type Invocation, Refused, type Run } from '../command.ts';
import { differences } from '../diff/differences.ts';
import { documentText } from '../output/document.ts';
import { styled, text } from '../output/text.ts';
import { findVersion } from '../versions/named.ts';

/** Of what others have written into a record. */
const longestNote = 400;

/** A manifest that trains a version again; with --check, whether that came to the same. */
export const replay: Run = async (invocation) => {
  const cluster = invocation.cluster();
  const versions = await cluster.all(modelVersions, cluster.namespace);
  const version = findVersion(invocation.words[0] ?? '', versions);
  const { check } = invocation.options;
  if (typeof check === 'string') return await checked(invocation, cluster, version, check, versions);
  const runs = await cluster.all(trainingRuns, cluster.namespace);
  const origin = runs.find((run) => keyOf(run).name === version.spec.trainingRun);
  const taken = new Set([...runs.map((run) => keyOf(run).name), ...versions.map(({ spec }) => spec.trainingRun)]);
  const { run, notes } = replayFor({ version, origin, taken });
  const { out, err } = invocation;
  const format = formatOf(invocation);
  // A comment is part of YAML alone.
  const notesTo = format === 'json' ? err : out;
  const { name, namespace } = keyOf(version);
  // Without the style of a command: colours are no YAML.
  const afterwards = notesTo.runnable(flyball(namespace, 'replay', name, '--check', keyOf(run).name)) ?? '…';
  notesTo.line(text`# Trains again what made ${name}. Afterwards: ${afterwards}`);
  notesTo.lines(notes.map((note) => text`# ${shortened(note, longestNote)}`));
  out.stream.write(documentText(run, format ?? 'yaml'));
  return 0;
};

async function checked(
  invocation: Invocation,
  { client, namespace }: Cluster,
  version: IModelVersion,
  name: string,
  versions: readonly IModelVersion[],
): Promise<ExitCode> {
  const run = await client.get(trainingRuns, { namespace, name: name.replace(/^(trun|trainingruns?)\//, '') });
  if (run === undefined) throw new Refused(`there is no TrainingRun "${name}" in namespace "${namespace}"`);
  const result = replayed(version, run, versions);
  if (result.type === 'Unknown') throw new Refused(result.message);
  const { out } = invocation;
  const format = formatOf(invocation);
  const isSame = result.type === 'Same';
  if (format !== undefined) out.stream.write(documentText({ ...result, type: undefined, isSame }, format));
  else {
    out.line(text`${styled(isSame ? 'good' : 'bad', result.message)}`);
    out.lines(differences(result.differences));
  }
  return isSame ? 0 : 1;
}
