/** What came of an attack, by what was gained and not by how requests were answered. */
import type { Condition } from '../../src/api/condition.ts';
import { modelDeployments, monitors, trainingRuns } from '../../src/api/kinds.ts';
import type { Kind, Resource } from '../../src/api/resource.ts';
import type { Attack } from './contract.ts';
import { events } from './kinds.ts';
import type { Answered } from './person.ts';
import type { Scene } from './scene.ts';

export interface Judgement {
  readonly isGood: boolean;
  readonly by: string;
  readonly words: string;
}

/** How long an effect has to show itself, unless an attack says otherwise, in milliseconds. */
const ordinarily = 2_000;
/** After the operator has come round to everything. */
const afterwards = 500;

/** Why something was refused. */
type Refusal = {
  readonly by: 'Policy' | 'Rights' | 'Schema' | 'Other';
  readonly title: string;
  readonly words: string;
};

export async function judged(attack: Attack, scene: Scene): Promise<Judgement> {
  const { answers } = scene.attacker;
  if (answers.length === 0) return failed('the attack made no request', '');
  const refusals = answers.filter(({ status }) => status >= 400).map(refusalOf);
  const wrong = refusals.find((refusal) => !isMeant(refusal, attack));
  if (wrong !== undefined) return failed(`the attack is mistaken: ${wrong.title}`, wrong.words);
  const [refusal] = refusals;
  if (refusal !== undefined && refusals.length === answers.length) {
    const evidence = attack.gained?.(scene);
    return evidence === undefined ? held(refusal.title, refusal.words) : failed(evidence, refusal.words);
  }
  return judgedByEffect(attack, scene, refusal);
}

async function judgedByEffect(attack: Attack, scene: Scene, refusal: Refusal | undefined): Promise<Judgement> {
  const { aftermath, gained, lost, patience = ordinarily } = attack;
  await aftermath?.(scene);
  let evidence: string | undefined;
  const isGained = () => (evidence ??= gained?.(scene)) !== undefined;
  await scene.history.until(isGained, patience);
  const { reason, message } = noticed(scene);
  if (evidence !== undefined) return failed(evidence, message);
  if (!(await scene.isCaughtUp())) return failed('the operator looks at an object no more', scene.describe());
  await scene.history.until(isGained, afterwards);
  if (lost !== undefined) await scene.history.until(() => lost(scene) === undefined, 10_000);
  const loss = evidence ?? lost?.(scene);
  const now = noticed(scene);
  if (loss !== undefined) return failed(loss, now.message || message);
  if (refusal !== undefined) return held(refusal.title, refusal.words);
  return held(now.reason || reason || 'the operator takes no notice', now.message || message);
}

function isMeant({ by }: Refusal, { refusedBy }: Attack): boolean {
  return by === 'Policy' || by === refusedBy;
}

/** A refusal by the attacker's lack of the right in question, or of a malformed object, would hold nothing. */
function refusalOf({ what, status, message }: Answered): Refusal {
  const denied = policyIn(message);
  if (denied !== undefined) return { by: 'Policy', title: `policy ${denied.policy}`, words: denied.words };
  if (status === 403 && /cannot \w+ resource/.test(message))
    return { by: 'Rights', title: 'no role gives the right', words: message };
  if (status === 422 || status === 400) return { by: 'Schema', title: 'schema', words: message };
  return { by: 'Other', title: `${what} was answered with ${status}`, words: message };
}

/** What the operator says by which one sees that it noticed. */
const telling = /^(Forged|SnapshotInvalid|NameConflict|ResultsMalformed)$/;

/** What was noticed by whom, if not by the answer to the attacker. */
function noticed(scene: Scene): { reason: string; message: string } {
  const parents = [trainingRuns, modelDeployments, monitors].flatMap((kind) =>
    scene.history.list<WithStatus>(kind as Kind<WithStatus>),
  );
  const said = parents.flatMap(({ status }) => [...(status?.conditions ?? []), ...(status?.attempts ?? [])]);
  const found = said.find(({ reason = '' }) => telling.test(reason));
  if (found?.reason !== undefined) return { reason: `operator: ${found.reason}`, message: found.message ?? '' };
  return refusedLater(scene) ?? { reason: '', message: '' };
}

/** A controller of the cluster does what it was told to, and tells by an event that it may not. */
function refusedLater(scene: Scene): { reason: string; message: string } | undefined {
  const refusals = scene.history.list(events).map(({ note = '' }) => policyIn(note));
  const [first] = refusals.filter((one) => one !== undefined);
  return first && { reason: `policy ${first.policy}, by the pods`, message: first.words };
}

function policyIn(message: string): { policy: string; words: string } | undefined {
  const [, policy, words = ''] =
    /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)$/s.exec(message) ?? [];
  return policy === undefined ? undefined : { policy, words };
}

interface WithStatus extends Resource {
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly attempts?: readonly { readonly reason?: string; readonly message?: string }[];
  };
}

const held = (by: string, words: string): Judgement => ({ isGood: true, by, words });
const failed = (by: string, words: string): Judgement => ({ isGood: false, by, words });
