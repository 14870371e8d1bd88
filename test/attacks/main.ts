/** Attacks a real API server, its controllers and the operator as people with a few rights would. Exit code 0: nobody gained anything. */
import { inParallel } from '../faults/parallel.ts';
import type { Attack, Deed, Outcome } from './contract.ts';
import { lawful } from './lawful/index.ts';
import { type Ground, startGround } from './ground.ts';
import { judged, type Judgement } from './judge.ts';
import { type Options, optionsFrom, usage } from './options.ts';
import { printDeed, printOutcome, table } from './report.ts';
import { type Right, toldOf } from './rights.ts';
import { Scene } from './scene.ts';
import { topics } from './topics/index.ts';
import type { World } from './world.ts';

const options = told();
const worlds: readonly World[] = ['Stopped', 'Running', 'Compare'];

/** An attack or a deed in one world, before and while it is made. */
interface Trial {
  readonly world: World;
  readonly topic: string;
  readonly attack?: Attack;
  readonly deed?: Deed;
  readonly rights: readonly Right[];
  readonly name: string;
  scene?: Scene;
  /** Why it could not be prepared or made. */
  trouble?: string;
  seconds: number;
}

async function main(): Promise<boolean> {
  const begin = performance.now();
  const ground = await startGround();
  const outcomes: Outcome[] = [];
  try {
    console.log(`The cluster is there, ${since(begin)}.`);
    await underPolicies(ground, outcomes);
    console.log(`Without the policy about provenance, ${since(begin)}:`);
    await withoutProvenance(ground, outcomes);
  } finally {
    await ground.stop();
  }
  return concluded(outcomes, performance.now() - begin);
}

const since = (begin: number) => `${Math.round((performance.now() - begin) / 1000)} s`;

async function underPolicies(ground: Ground, outcomes: Outcome[]): Promise<void> {
  const [stopped, running] = [trialsOf('Stopped'), trialsOf('Running')];
  if (stopped.length + running.length === 0) return;
  await ground.startOperator('Admission');
  if (stopped.length > 0) {
    await each(stopped, (trial) => prepare(ground, trial));
    await ground.stopOperator();
    await each(stopped, attempt);
    await ground.startOperator('Admission');
  }
  outcomes.push(...(await each(stopped, conclude)));
  outcomes.push(...(await each(running, (trial) => whole(ground, trial))));
  await ground.stopOperator();
}

async function withoutProvenance(ground: Ground, outcomes: Outcome[]): Promise<void> {
  const trials = trialsOf('Compare');
  if (trials.length === 0) return;
  await ground.removeProvenance();
  await ground.startOperator('Compare');
  outcomes.push(...(await each(trials, (trial) => whole(ground, trial))));
}

function trialsOf(world: World): readonly Trial[] {
  const isWanted = options.worlds?.includes(world) ?? true;
  const attacks = topics.flatMap(({ name: topic, attacks: all }) =>
    all.map((attack): Trial => ({ world, topic, attack, rights: attack.rights, name: attack.name, seconds: 0 })),
  );
  const deeds = lawful.map((deed): Trial => ({
    world,
    topic: 'lawful',
    deed,
    rights: deed.rights,
    name: deed.name,
    seconds: 0,
  }));
  const isHere = ({ attack, deed }: Trial) => (attack?.worlds ?? deed?.worlds ?? worlds).includes(world);
  const isAsked = ({ topic, name }: Trial) => options.only === undefined || `${topic} ${name}`.includes(options.only);
  return [...attacks, ...deeds].filter((trial) => isWanted && isHere(trial) && isAsked(trial));
}

const each = <R>(trials: readonly Trial[], act: (trial: Trial) => Promise<R>) =>
  inParallel(trials, options.parallel, act);

async function whole(ground: Ground, trial: Trial): Promise<Outcome> {
  await prepare(ground, trial);
  await attempt(trial);
  return conclude(trial);
}

let namespaces = 0;

async function prepare(ground: Ground, trial: Trial): Promise<void> {
  namespaces += 1;
  const { world, rights, attack, deed } = trial;
  await timed(trial, async () => {
    const scene = await Scene.open(ground, `team-${namespaces}`, world, rights);
    trial.scene = scene;
    await (attack ?? deed)?.prepare(scene);
    const already = attack?.gained?.(scene);
    if (already !== undefined) throw new Error(`it is so before the attack: ${already}`);
  });
}

async function attempt(trial: Trial): Promise<void> {
  await timed(trial, async (scene) => {
    await (trial.attack?.attempt ?? trial.deed?.act)?.(scene);
  });
}

async function conclude(trial: Trial): Promise<Outcome> {
  let judgement: Judgement | undefined;
  await timed(trial, async (scene) => {
    judgement = trial.attack === undefined ? await worked(trial, scene) : await judged(trial.attack, scene);
  });
  const { scene, attack, world, topic, name, rights, seconds } = trial;
  const problem = trial.trouble ?? scene?.problems[0];
  const { isGood, by, words } =
    problem === undefined && judgement !== undefined ? judgement : trouble(problem ?? 'nothing came of it');
  scene?.close();
  const who = rights.length === 0 ? 'somebody' : toldOf(rights);
  const outcome: Outcome = { world, topic, name, who, gain: attack?.gain ?? '', isGood, by, words, seconds };
  (attack === undefined ? printDeed : printOutcome)(outcome);
  return outcome;
}

async function worked({ deed }: Trial, scene: Scene): Promise<Judgement> {
  const refused = scene.attacker.answers.find(({ status }) => status >= 400);
  if (refused !== undefined)
    return { isGood: false, by: `${refused.what} is refused with ${refused.status}`, words: refused.message };
  const isGood = await scene.history.until(() => deed?.works(scene) === true, 30_000);
  return { isGood, by: isGood ? 'works' : 'it has no effect', words: isGood ? '' : scene.describe() };
}

const trouble = (words: string): Judgement => ({ isGood: false, by: 'the rig', words });

/** What fails in the rig is told of the trial, and keeps no other from going on. */
async function timed(trial: Trial, act: (scene: Scene) => Promise<void>): Promise<void> {
  if (trial.trouble !== undefined) return;
  const begin = performance.now();
  try {
    await act(trial.scene as Scene);
  } catch (error) {
    trial.trouble = error instanceof Error ? `${error.message}\n${error.stack}` : String(error);
  }
  trial.seconds += (performance.now() - begin) / 1000;
}

function concluded(outcomes: readonly Outcome[], milliseconds: number): boolean {
  const attacks = outcomes.filter(({ topic }) => topic !== 'lawful');
  if (options.table) console.log(`\n${table(attacks)}`);
  const bad = outcomes.filter(({ isGood }) => !isGood);
  console.log(bad.length === 0 ? '' : '\nNot as it should be:');
  for (const outcome of bad) (outcome.topic === 'lawful' ? printDeed : printOutcome)(outcome);
  const different = new Set(attacks.map(({ topic, name }) => `${topic} ${name}`)).size;
  const succeeded = attacks.filter(({ isGood }) => !isGood).length;
  console.log(
    `\n${different} attacks, made ${attacks.length} times, of which ${succeeded} succeeded; ${outcomes.length - attacks.length} lawful deeds; ${Math.round(milliseconds / 1000)} s`,
  );
  console.log(`${outcomes.length - bad.length} passed, ${bad.length} failed`);
  return bad.length === 0;
}

function told(): Options {
  const words = process.argv.slice(2);
  if (words.includes('--help')) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return optionsFrom(words);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

process.exit((await main()) ? 0 : 1);
