import type { ITrainingRun, IModelDeployment } from '../../../src/api/types.ts';
import { injectFromNowOn, type Sidecar, sidecarName } from './injection.ts';
import { claim, modelDeployment, trainingRun } from './objects.ts';
import { named, type Place, summary } from './place.ts';
import type { Sight } from './observations.ts';

/** How a message tells of a state that lasts. */
const length = /for more than /;
/** Whose a container is that neither the user nor we declared. */
const whose = /was injected|[Ww]hoever adds container/;

type Find = (sight: Sight) => ITrainingRun | IModelDeployment | undefined;
const training: Find = ({ runs }) => named(runs, 'trained');
const server: Find = ({ deployments }) => named(deployments, 'served');

/** What keeps either from going on; a sidecar that works on is no harm to a server, and one that failed does not last in a training. */
const harmed: Readonly<Record<Sidecar, readonly (readonly [what: string, find: Find, wants: readonly RegExp[]])[]>> = {
  hangs: [
    ['the training', training, [length, whose]],
    ['the server', server, [length, whose]],
  ],
  lingers: [['the training', training, [length, whose]]],
  fails: [
    [
      'the training, which has failed',
      training,
      [whose, /ended with exit code 7; the user's command ended with exit code 0/],
    ],
    ['the server', server, [whose, /exit code 7/]],
  ],
};

/** A sidecar that somebody injects keeps a training or a server from going on: its condition says so, and whose it is. */
export async function injectSidecar(place: Place, sidecar: Sidecar): Promise<void> {
  await injectFromNowOn(place, sidecar);
  await place.apply(claim, trainingRun('trained', 5), modelDeployment('served', 'well'));
  await Promise.all(
    harmed[sidecar].map(async ([what, find, wants]) => {
      const all = [new RegExp(sidecarName), ...wants];
      const says = (sight: Sight) => all.every((want) => want.test(summary(find(sight))?.message ?? ''));
      const isTold = await place.until('words about the sidecar', says).catch(() => false);
      const condition = summary(find(place.sight));
      const isGood = condition?.status === 'True';
      place.expect(`${what} tells it`, isTold && !isGood, `${condition?.reason}: ${condition?.message}`);
    }),
  );
}
