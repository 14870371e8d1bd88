import { group } from '../../api/labels.ts';
import { keyOf, type Resource } from '../../api/resource.ts';
import { type Keeping, keepingOf, warningOf } from '../../product/steering/keeper.ts';
import { type Change, manifestOf } from '../../product/steering/steering.ts';
import { formatOf, type Invocation } from '../command.ts';
import { documentText } from '../output/document.ts';
import type { Output } from '../output/output.ts';
import { message, styled, Text, text } from '../output/text.ts';
import type { DryRun, Steered } from './patch.ts';

/** What was patched, what follows, and who will undo it. */
export function show<R extends Resource>(
  invocation: Invocation,
  { patch, seen, object }: Steered<R>,
  dryRun: DryRun,
): void {
  const { out, err } = invocation;
  const format = formatOf(invocation);
  if (format === undefined) {
    out.line(text`${seen.kind.toLowerCase()}.${group}/${keyOf(seen).name} patched${suffixOf(dryRun)}`);
    out.lines(patch.changes.map(shownChange));
    out.line(text`${message(patch.next)}`);
  } else {
    out.stream.write(documentText(withoutManagers(object), format));
  }
  for (const warning of patch.warnings) err.line(warned(warning));
  const keeping = keepingOf(seen, patch.changes);
  if (keeping !== undefined) warn(err, keeping, patch.changes);
}

function suffixOf(dryRun: DryRun): string {
  return dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)';
}

function shownChange({ path, before, after }: Change): Text {
  return text`  ${path.join('.')}: ${shown(before)} → ${styled('strong', shown(after))}`;
}

function shown(value: unknown): string {
  return value === undefined ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value);
}

function warned(words: string): Text {
  return text`${styled('waiting', 'warning:')} ${message(words)}`;
}

function warn(err: Output, keeping: Keeping, changes: readonly Change[]): void {
  const words = warningOf(keeping);
  if (words === undefined) return;
  err.line(warned(words));
  const hasFields = changes.some(({ after }) => after !== undefined);
  if (hasFields) err.lines(documentText(manifestOf(changes), 'yaml').trimEnd().split('\n').map(indented));
  const taken = changes.flatMap(({ path, after }) => (after === undefined ? [path.join('.')] : []));
  if (taken.length > 0) err.line(text`  # ${hasFields ? 'and without' : 'without'} ${taken.join(', ')}`);
}

/** White space stays as it is, so that the lines can be pasted. */
function indented(line: string): Text {
  const words = line.trimStart();
  return new Text([{ words: ' '.repeat(2 + line.length - words.length) }, ...text`${words}`.spans]);
}

function withoutManagers<R extends Resource>(object: R): R {
  return { ...object, metadata: { ...object.metadata, managedFields: undefined } };
}
