/** I5, I8: a status is written only if that changes something, and never so that the schema refuses it. */
import type { Resource } from '../../../src/api/resource.ts';
import type { Request } from '../contract.ts';
import { type Evidence, isDone, lives, objectWrites, type Rule, targetOf, titleOf } from './evidence.ts';

export const statusWriteRules: readonly Rule[] = [writesChangeSomething, writesFitTheSchema];

function statusPatches({ requests }: Evidence): readonly Request[] {
  return objectWrites(requests).filter((request) => targetOf(request)?.subresource === 'status');
}

/** The API server leaves the version of an object that a write does not change. */
function writesChangeSomething(evidence: Evidence): readonly string[] {
  return statusPatches(evidence).flatMap((request) => {
    const before = versionIn(request.body);
    const isIdle = isDone(request) && before !== undefined && versionIn(request.answer) === before;
    return isIdle ? [`I5: ${titleOf(request)} changed nothing of version ${before}`] : [];
  });
}

/** What is refused so is refused for ever. Of an object that is gone the UID is what is refused. */
function writesFitTheSchema(evidence: Evidence): readonly string[] {
  const { changes, description } = evidence;
  const there = new Set(
    description.parents.flatMap(({ plural }) =>
      [...lives(changes, plural)].flatMap(([uid, states]) =>
        states.some(({ type }) => type === 'Deleted') ? [] : [uid],
      ),
    ),
  );
  return statusPatches(evidence).flatMap((request) => {
    const uid = (request.body as Resource | undefined)?.metadata?.uid ?? '';
    const isRefused = request.wasForwarded && request.status === 422 && there.has(uid);
    return isRefused ? [`I8: ${titleOf(request)} does not fit the schema: ${shown(request.body)}`] : [];
  });
}

function versionIn(value: unknown): string | undefined {
  return (value as Partial<Resource> | undefined)?.metadata?.resourceVersion;
}

function shown(body: unknown): string {
  const { length } = JSON.stringify(body) ?? '';
  return `its body has ${length} characters`;
}
