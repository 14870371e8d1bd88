import { referenceText } from '../../product/artifacts/references.ts';
import type { RemoteArtifact } from '../../product/artifacts/remote.ts';
import { shortDigest } from '../../domain/digest.ts';
import { formatOf, type Invocation } from '../command.ts';
import { documentText } from '../output/document.ts';
import { sizeText } from '../output/size.ts';
import { table } from '../output/table.ts';
import { text } from '../output/text.ts';

/** Prints what versions tell of stores. @param isAll whether nothing else is printed, so that a document may be. */
export function showRemote(
  invocation: Invocation,
  artifacts: readonly RemoteArtifact[],
  stores: readonly string[],
  isAll: boolean,
): void {
  const { out, err } = invocation;
  for (const store of stores) {
    err.line(
      text`${store} is in a store, which is not listed: what attempts without a version left there is not known`,
    );
  }
  const format = formatOf(invocation);
  if (format !== undefined) {
    if (isAll) out.stream.write(documentText({ artifacts: [], remote: artifacts }, format));
    return;
  }
  if (artifacts.length === 0) return;
  out.lines(
    table(
      ['model in a store', 'size', 'digest', 'referred to by'],
      artifacts.map(({ uri, bytes, digest, references, isOfEarlierRun }) => [
        text`${uri}`,
        text`${bytes === undefined ? undefined : sizeText(bytes)}`,
        text`${shortDigest(digest)}`,
        text`${references.map(referenceText).join(', ')}${isOfEarlierRun ? ' (of an earlier run of this name)' : ''}`,
      ]),
    ),
  );
}
