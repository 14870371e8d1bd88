/** Rules about what pods name and what is not there. */
import { kubectl } from '../../../api/command.ts';
import type { Rule } from '../case.ts';
import { edit } from '../commands.ts';
import { eventsOfCase, proofOfEvent } from '../events.ts';
import type { Named, Reference } from '../evidence.ts';
import type { Focus } from '../focus.ts';

/** Pods without them go on, but for a registry that wants to know who asks. */
export const pullSecretMissing: Rule = (one) => {
  const { finding, focus, evidence } = one;
  if (finding?.reason !== 'ImagePullFailed' || focus === undefined) return undefined;
  const named = pullSecretsOf(focus);
  const missing = missingOf(evidence.seen.references).find(
    ({ kind, name }) => kind === 'Secret' && named.includes(name),
  );
  if (missing === undefined) return undefined;
  const [event] = eventsOfCase(one, 'FailedToRetrieveImagePullSecret');
  return {
    why: `${finding.what}; Secret ${missing.name}, which ${focus.place.pod}.imagePullSecrets names, does not exist`,
    actor: 'Author',
    ...(finding.since !== undefined && { since: finding.since }),
    next: [
      {
        text: 'create it, and it goes on by itself; see which there are',
        command: kubectl(
          focus.key.namespace,
          'get',
          'secrets',
          '--field-selector',
          'type=kubernetes.io/dockerconfigjson',
        ),
      },
      edit(one, `or correct ${focus.place.pod}.imagePullSecrets`),
    ],
    proofs: [proofOfReference(missing), ...(event === undefined ? [] : [proofOfEvent(event)])],
  };
};

/** The Secret is there, and what it says is not what the registry wants. */
export const pullSecretRefused: Rule = (one) => {
  const { finding, focus, evidence } = one;
  if (finding?.reason !== 'ImagePullFailed' || focus === undefined || !/registry does not let/.test(finding.what))
    return undefined;
  const named = pullSecretsOf(focus);
  const [present] = (evidence.seen.references ?? []).filter(
    ({ kind, name, isThere }) => kind === 'Secret' && isThere && named.includes(name),
  );
  if (present === undefined) return undefined;
  const namespace = focus.key.namespace;
  const [event] = eventsOfCase(one, 'Failed');
  return {
    why: `${finding.what}. Secret ${present.name} exists: its user or password is wrong, is for another registry, or may not read the image, or there is no such image`,
    actor: 'Author',
    ...(finding.since !== undefined && { since: finding.since }),
    next: [
      {
        text: 'see for which registry it is, and make it anew',
        command: kubectl(namespace, 'describe', 'secret', present.name),
      },
      edit(one, `or name another one in ${focus.place.pod}.imagePullSecrets`),
    ],
    proofs: [
      { source: `Secret ${present.name}`, words: 'it exists' },
      ...(event === undefined ? [] : [proofOfEvent(event)]),
    ],
  };
};

/** For what nobody tells any more: events last an hour. */
export const referenceMissing: Rule = (one) => {
  const { focus, finding, evidence } = one;
  const waits = ['PodNotSetUp', 'ContainerCreating', 'NotReported', 'PodsMissing'];
  const isAbout = waits.includes(finding?.reason ?? '') || waits.includes(one.standing.reason ?? '');
  // Pods go on without the Secrets for their images.
  const forImages = pullSecretsOf(focus);
  const [missing, ...more] = missingOf(evidence.seen.references).filter(
    ({ kind, name }) => kind !== 'Secret' || !forImages.includes(name),
  );
  if (!isAbout || focus === undefined || missing === undefined) return undefined;
  const all = [missing, ...more].map(({ kind, name }) => `${kind} ${name}`).join(', ');
  return {
    why: `${all} ${more.length === 0 ? 'does' : 'do'} not exist, and the pods need ${more.length === 0 ? 'it' : 'them'}`,
    actor: 'Author',
    next: [
      {
        text: 'create what is missing, and it goes on by itself; see which there are',
        command: kubectl(isOfCluster(missing) ? undefined : focus.key.namespace, 'get', missing.kind.toLowerCase()),
      },
      edit(one, 'or name another one'),
    ],
    proofs: [missing, ...more].map(proofOfReference),
  };
};

function pullSecretsOf(focus: Focus | undefined): string[] {
  return focus?.pods.flatMap(({ spec }) => spec?.imagePullSecrets?.flatMap(({ name }) => name ?? []) ?? []) ?? [];
}

function missingOf(references: readonly Reference[] = []): Reference[] {
  return references.filter(({ isThere }) => !isThere);
}

function proofOfReference({ kind, name }: Reference) {
  return { source: `${kind} ${name}`, words: 'it does not exist' };
}

export function isOfCluster({ kind }: Named): boolean {
  return kind === 'RuntimeClass' || kind === 'PriorityClass';
}
