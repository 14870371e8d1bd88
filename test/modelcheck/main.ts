/**
 * Usage: npm run modelcheck -- [--states N] [--world TrainingRun | Saved | Unguarded | Gang | ModelDeployment | WithoutSurge] [--broken]
 *   --states N     how many distinct states are looked at (1000000)
 *   --world NAME   only this world
 *   --broken       plants mistakes one after the other, which have to be found
 */
import { parseArgs } from 'node:util';
import { brokenModels } from './broken.ts';
import { type Exploration, explore, type Limits, type Model } from './explore.ts';
import { servingModel } from './modeldeployment.ts';
import { trainingModel } from './trainingrun.ts';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '1000000' },
    world: { type: 'string' },
    broken: { type: 'boolean', default: false },
  },
});
const worlds = [
  { name: 'TrainingRun', share: 0.2, model: trainingModel() },
  { name: 'Saved', share: 0.1, model: trainingModel((real) => real, { output: { uri: 's3://models/fraud' } }) },
  { name: 'Unguarded', share: 0.1, model: trainingModel((real) => real, { provenance: 'Compare' }) },
  { name: 'Gang', share: 0.2, model: trainingModel((real) => real, { nodes: 2 }) },
  { name: 'ModelDeployment', share: 0.3, model: servingModel() },
  { name: 'WithoutSurge', share: 0.1, model: servingModel((real) => real, { surge: 'Never' }) },
];
const { world } = values;
const searched =
  world === undefined ? worlds : worlds.flatMap((one) => (one.name === world ? { ...one, share: 1 } : []));
if (searched.length === 0) {
  console.error(`--world ${world}: one of ${worlds.map(({ name }) => name).join(', ')} is wanted`);
  process.exit(2);
}
const states = Number(values.states);
if (!Number.isInteger(states) || states < 1) {
  console.error(`--states ${values.states}: a whole number from 1 is wanted, for instance --states 100000`);
  process.exit(2);
}
process.exitCode = values.broken ? await findPlanted() : await check();

async function check(): Promise<number> {
  const began = performance.now();
  const results: Exploration[] = [];
  for (const { name, share, model } of searched) {
    const limits = { states: Math.ceil(states * share), sampleEvery: 50, violations: 3 };
    results.push(await search(name, model as Model<never>, limits));
  }
  const found = results.flatMap((one) => one.found);
  const sum = results.reduce((total, one) => total + one.states, 0);
  console.log(`${sum} distinct states, ${found.length} violations, ${seconds(began)} s`);
  return found.length > 0 ? 1 : 0;
}

/** Each planted bug has to be found: it shows that the search can fail. */
async function findPlanted(): Promise<number> {
  let missed = 0;
  for (const { bug, model } of brokenModels()) {
    const { found, states: searched } = await explore(model, { states, sampleEvery: 10, violations: 1 });
    const [first] = found;
    if (first === undefined) missed += 1;
    console.log(`${first === undefined ? 'MISSED' : 'found '}  ${bug} (${searched} states)`);
    if (first !== undefined) tell(first);
  }
  console.log(`${missed} planted bugs missed`);
  return missed > 0 ? 1 : 0;
}

async function search<W>(name: string, model: Model<W>, limits: Limits): Promise<Exploration> {
  const began = performance.now();
  const result = await explore(model, limits);
  const extent = result.complete ? 'all there are' : `to a depth of ${result.depth} steps`;
  const { settled, found } = result;
  console.log(`${name}: ${result.states} states, ${extent}, ${settled} let come to rest, ${seconds(began)} s`);
  found.forEach(tell);
  return result;
}

function tell({ violation, trace }: Exploration['found'][number]): void {
  console.log(`\nVIOLATION: ${violation}`);
  trace.forEach((label, index) => console.log(`  ${String(index).padStart(2)}  ${label}`));
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
