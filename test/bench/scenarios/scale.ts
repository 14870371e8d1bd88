/** Thousands of runs to completion in a cluster of a thousand nodes, with the real scheduler and controllers. */
import type { ITrainingRun } from '../../../src/api/types.ts';
import { driverConnections } from '../driver.ts';
import type { Measured } from '../figures.ts';
import { isWork } from '../ledger.ts';
import { startNodes } from '../nodes.ts';
import { trainingRun } from '../objects.ts';
import { atWidth, pause } from '../pace.ts';
import { type Turn, runKeys } from '../turn.ts';

export interface ScaleSize {
  readonly runs: number;
  readonly nodes: number;
  readonly settleSeconds: number;
}

const flyball = '/apis/flyball.dev/v1alpha1';

export async function scale(turn: Turn, size: ScaleSize): Promise<Measured> {
  const { cluster } = turn;
  const endNodes = await startNodes(cluster, size.nodes);
  try {
    const program = turn.start();
    const keys = runKeys('scale', size.runs);
    const before = program.cpuSeconds();
    await atWidth(keys.length, driverConnections, async (index) => {
      const { namespace, name } = keys[index] ?? { namespace: '', name: '' };
      await cluster.driver.write('POST', `${flyball}/namespaces/${namespace}/trainingruns`, bare(namespace, name));
    });
    const lost = await turn.atRest(async () => {
      await pause(5_000);
      return (await unregistered(turn)).length;
    });
    await pause(size.settleSeconds * 1000);
    cluster.ledger.read();
    const answers = [...cluster.ledger.statuses.values()].flat();
    const made = async (path: string): Promise<number> => (await cluster.driver.all(path)).length;
    const doubled = (await made('/apis/batch/v1/jobs')) + (await made(`${flyball}/modelversions`)) - 2 * size.runs;
    return {
      scaleTime: (Math.max(...answers) - Math.min(...cluster.ledger.created.values())) / 1000,
      scaleLost: lost,
      scaleDoubled: Math.max(0, doubled),
      scaleRequests: cluster.ledger.requests.filter(isWork).length / size.runs,
      scaleCpu: ((program.cpuSeconds() - before) / size.runs) * 1000,
      scaleMemory: program.residentMiB(),
    };
  } finally {
    await endNodes();
  }
}

/** Without claims, since nobody provides volumes here: the version records the metrics. */
function bare(namespace: string, name: string): ITrainingRun {
  const { spec, ...run } = trainingRun(namespace, name);
  const { datasets: _datasets, output: _output, ...rest } = spec;
  return { ...run, spec: rest };
}

async function unregistered(turn: Turn): Promise<readonly ITrainingRun[]> {
  const runs = await turn.cluster.driver.all<ITrainingRun>(`${flyball}/trainingruns`);
  return runs.filter(({ status }) => status?.latestVersion === undefined);
}
