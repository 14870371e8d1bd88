import { modelVersions } from '../../api/customkinds.ts';
import { keyOf } from '../../api/resource.ts';
import type { IModelVersion } from '../../api/types.ts';
import { compared } from '../../product/versions/compare.ts';
import { versionsOf } from '../../product/versions/list.ts';
import { formatOf, Refused, type Run } from '../command.ts';
import { documentText } from '../output/document.ts';
import { text } from '../output/text.ts';
import { differences } from './differences.ts';
import { findVersion } from '../versions/named.ts';

/** Two versions side by side; ends with 1 if they differ, as kubectl diff does. */
export const diff: Run = async (invocation) => {
  const cluster = invocation.cluster();
  const all = await cluster.all(modelVersions, cluster.namespace);
  const [from, to] = pairOf(invocation.words, all);
  const rows = compared(from, to);
  const isSame = rows.every((row) => row.isSame);
  const shown = invocation.options['all'] === true ? rows : rows.filter((row) => !row.isSame);
  const names = { from: keyOf(from).name, to: keyOf(to).name };
  const format = formatOf(invocation);
  if (format !== undefined) {
    invocation.out.stream.write(documentText({ ...names, isSame, compared: shown }, format));
    return isSame ? 0 : 1;
  }
  if (isSame) invocation.out.line(text`${names.from} and ${names.to} are the same in all that is recorded of them`);
  else invocation.out.line(text`From ${names.from} to ${names.to}:`);
  invocation.out.lines(differences(shown));
  return isSame ? 0 : 1;
};

function pairOf(words: readonly string[], all: readonly IModelVersion[]): [IModelVersion, IModelVersion] {
  const [first = '', second] = words;
  const one = findVersion(first, all);
  if (second !== undefined) return [one, findVersion(second, all)];
  const own = versionsOf(one.spec.trainingRun, all);
  const before = own[own.indexOf(one) + 1];
  if (before !== undefined) return [before, one];
  throw new Refused(`${keyOf(one).name} is the first version of ${one.spec.trainingRun}: name the other one, too`, 2);
}
