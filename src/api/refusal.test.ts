import { describe, expect, it } from '@jest/globals';
import { jobs, services, trainingRuns } from './kinds.ts';
import { type DeniedWrite, explained, stalled, type UnservedKind } from './refusal.ts';

const long = 'x'.repeat(10_000);
const name = 'n'.repeat(253);
const namespace = 's'.repeat(63);
const parent = { apiVersion: 'flyball.dev/v1alpha1', kind: 'ModelDeployment', metadata: { namespace, name } };
const limit = 1024;

function denied(reason: DeniedWrite['reason'], message: string): DeniedWrite {
  return { type: 'DeniedWrite', verb: 'Create', kind: services, key: { namespace, name }, reason, message };
}

function unserved(cause: UnservedKind['cause'], message: string, kind: UnservedKind['kind'] = jobs): UnservedKind {
  return { type: 'UnservedKind', kind, cause, message };
}

/** What of the words is left in a condition. */
function told(refusal: DeniedWrite | UnservedKind): string {
  const conditions = stalled(parent, [], [], explained(refusal, parent), new Date());
  return conditions.find(({ type }) => type === 'Stalled')?.message ?? '';
}

describe('The words of a refusal', () => {
  it.each([
    [denied('NameConflict', long), `kubectl -n ${namespace} delete service ${name}`],
    [
      denied('LabelChanged', long),
      `kubectl -n ${namespace} label service ${name} app.kubernetes.io/managed-by=flyball --overwrite`,
    ],
    [
      denied('Forbidden', long),
      `Ask the administrator of the namespace, or correct the ModelDeployment's spec so that it is allowed: \`kubectl -n ${namespace} edit modeldeployment ${name}\``,
    ],
    [
      denied('Forbidden', `exceeded quota: ${long}`),
      `Raise the quota: \`kubectl -n ${namespace} describe quota\`; or ask the administrator of the namespace`,
    ],
    [
      denied('Forbidden', `maximum cpu usage per Container is 1: ${long}`),
      `Keep to the LimitRange, or have it changed: \`kubectl -n ${namespace} describe limits\``,
    ],
    [denied('Invalid', long), `\`kubectl -n ${namespace} edit modeldeployment ${name}\``],
    [unserved('Forbidden', long), '`kubectl auth can-i list jobs.batch --all-namespaces`'],
    [unserved('Absent', long, trainingRuns), '`kubectl api-resources --api-group=flyball.dev`'],
  ])('hold the remedy, however long the names and the words of the API server are (%#)', (refusal, wantRemedy) => {
    const message = told(refusal);
    expect(message).toContain(wantRemedy);
    expect(message.length).toBeLessThanOrEqual(limit);
  });

  it.each([denied('Forbidden', 'exceeded quota'), unserved('Forbidden', 'exceeded quota')])(
    'end with those of the API server (%#)',
    (refusal) => {
      expect(told(refusal)).toMatch(/the API server said: exceeded quota$/);
    },
  );

  it('of a kind that is forbidden name who may not do what', () => {
    const user = 'system:serviceaccount:flyball-system:flyball';
    const message = `services is forbidden: User "${user}" cannot watch resource "services" in API group "" at the cluster scope`;
    expect(told(unserved('Forbidden', message, services))).toContain(
      `\`kubectl auth can-i watch services --all-namespaces --as ${user}\``,
    );
  });

  it('of a kind that is forbidden in one namespace ask for it there', () => {
    expect(told({ ...unserved('Forbidden', 'no'), namespace: 'team-a' })).toContain(
      '`kubectl -n team-a auth can-i list jobs.batch`',
    );
  });

  it('of a kind that is absent name its version', () => {
    expect(told(unserved('Absent', '404 page not found', trainingRuns))).toMatch(
      /^The API server has no TrainingRun of flyball.dev\/v1alpha1, so nothing is started, changed or deleted here/,
    );
  });
});
