import { type Artifact, bytesOf, unreferenced } from '../../product/artifacts/artifacts.ts';
import { type Looking, removeCommand } from '../../product/artifacts/pods.ts';
import { referenceText } from '../../product/artifacts/references.ts';
import { age } from '../../product/age.ts';
import { formatOf, type Invocation } from '../command.ts';
import { documentText } from '../output/document.ts';
import { sizeText } from '../output/size.ts';
import { table } from '../output/table.ts';
import { styled, Text, text } from '../output/text.ts';

/** Prints folders, and how to remove what nothing refers to. @param isKnown whether all that may refer to them was read. */
export function show(invocation: Invocation, looking: Looking, artifacts: readonly Artifact[], isKnown: boolean): void {
  const { out, now } = invocation;
  const useless = isKnown ? unreferenced(artifacts) : [];
  const command = removeCommand(looking, useless);
  const format = formatOf(invocation);
  if (format !== undefined) {
    const removable = {
      folders: useless.map(({ uri }) => uri),
      bytes: bytesOf(useless),
      command: command && out.runnable(command),
    };
    out.stream.write(documentText({ artifacts, ...(isKnown && { removable }) }, format));
    return;
  }
  out.lines(
    table(
      ['folder', 'size', 'files', 'age', 'referred to by'],
      artifacts.map((artifact) => rowOf(artifact, isKnown, now())),
    ),
  );
  if (artifacts.length === 0) out.line(text`nothing lies there`);
  else if (!isKnown)
    out.line(text`${styled('waiting', 'what nothing refers to is not known, since not all could be read')}`);
  else tellUseless(invocation, useless, command);
}

function tellUseless({ out }: Invocation, useless: readonly Artifact[], command: string | undefined): void {
  if (command === undefined) return out.line(text`something refers to each of them`);
  const folders = useless.length === 1 ? 'one folder' : `${useless.length} folders`;
  out.line();
  out.line(text`nothing refers to ${folders}, ${sizeText(bytesOf(useless))}; what removes exactly these, for good:`);
  // Whole, however long: half of it would remove something else.
  out.line(new Text([{ words: command, style: 'command' }]));
}

function rowOf(
  { uri, bytes, files, modified, references, isOfEarlierRun }: Artifact,
  isKnown: boolean,
  now: Date,
): Text[] {
  const [first, ...more] = references;
  const others = more.filter(({ way }) => way !== 'Version' || first?.way === 'Version');
  const told = [first, ...others].filter((one) => one !== undefined).map(referenceText);
  const version = references.find(({ way }) => way === 'Version');
  const only = first?.way === 'Version' ? 'only ' : '';
  const known = [
    `${only}${told.join(', ')}`,
    ...(version && first !== version ? [`version ${version.name}`] : []),
  ].join(', ');
  const earlier = isOfEarlierRun ? ' (of an earlier run of this name)' : '';
  return [
    text`${uri}`,
    text`${sizeText(bytes)}`,
    text`${files}`,
    text`${age(modified, now)}`,
    references.length > 0
      ? text`${known}${earlier}`
      : text`${styled('waiting', isKnown ? 'nothing' : 'not known')}${earlier}`,
  ];
}
