import { parseArgs } from 'node:util';
import { brokenModels } from './broken.ts';
import { type Exploration, explore, type Limits, type Model } from './explore.ts';
import { servingModel } from './modeldeployment.ts';
import { trainingModel } from './trainingrun.ts';

const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '1000000' },
    broken: { type: 'boolean', default: false },
  },
});
const states = Number(values.states);
if (!Number.isInteger(states) || states < 1) {
  console.error(`--states ${values.states}: a whole number from 1 is wanted, for instance --states 100000`);
  process.exit(2);
}
process.exitCode = values.broken ? await findPlanted() : await check();

async function check(): Promise<number> {
  const began = performance.now();
  const limits = { sampleEvery: 50, violations: 3 };
  const gang = await search(
    trainingModel((real) => real, { nodes: 2 }),
    { ...limits, states: part(0.2) },
  );
  const serving = await search(servingModel(), { ...limits, states: part(0.4) });
  const left = Math.max(1, states - serving.states - gang.states);
  const training = await search(trainingModel(), { ...limits, states: left });
  const all = [gang, serving, training];
  const found = all.flatMap((one) => one.found);
  const sum = all.reduce((total, one) => total + one.states, 0);
  console.log(`${sum} distinct states, ${found.length} violations, ${seconds(began)} s`);
  return found.length > 0 ? 1 : 0;
}

function part(share: number): number {
  return Math.ceil(states * share);
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

async function search<W>(model: Model<W>, limits: Limits): Promise<Exploration> {
  const began = performance.now();
  const result = await explore(model, limits);
  const extent = result.complete ? 'all there are' : `to a depth of ${result.depth} steps`;
  const { settled, found } = result;
  console.log(`${model.name}: ${result.states} states, ${extent}, ${settled} let come to rest, ${seconds(began)} s`);
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
