/** I5: at most three events are told about an attempt, a revision or a finding. */
import type { IModelDeployment, IMonitor, ITrainingRun } from '../../../../src/api/types.ts';
import { modelDeployments, monitors, trainingRuns } from '../../../../src/api/kinds.ts';
import type { Resource } from '../../../../src/api/resource.ts';
import { eventsAbout } from '../economy.ts';
import { type Evidence, lives, nameOf, type Rule } from '../evidence.ts';

export const eventRules: readonly Rule[] = [fewEvents];

const perEpisode = 3;

/** What the events of each kind are counted under. */
const episodes: Readonly<Record<string, (object: Resource) => string>> = {
  [trainingRuns.plural]: (object) => (object as ITrainingRun).status?.latestAttempt ?? '',
  [modelDeployments.plural]: (object) => {
    const { observedGeneration, candidate, stable, rejected } = (object as IModelDeployment).status ?? {};
    const role = candidate ?? stable;
    return `${observedGeneration} ${role?.revision} ${role?.since} ${rejected?.at(-1)?.time}`;
  },
  [monitors.plural]: (object) => {
    const { revision, retrain } = (object as IMonitor).status ?? {};
    return `${revision} ${retrain?.requestedAt}`;
  },
};

function fewEvents({ changes, requests }: Evidence): readonly string[] {
  const posted = eventsAbout(requests);
  return Object.entries(episodes).flatMap(([plural, episodeOf]) =>
    [...lives(changes, plural)].flatMap(([uid, states]) => {
      const told = states.filter(({ object }) => (object as { readonly status?: unknown }).status !== undefined);
      const seen = told.map(({ object }) => episodeOf(object));
      const count = seen.filter((episode, index) => episode !== seen[index - 1]).length;
      const events = posted.get(uid) ?? 0;
      const [first] = states;
      if (first === undefined || events <= perEpisode * count) return [];
      return [`I5: ${events} events were told about ${nameOf(first.object)} in ${count} episodes`];
    }),
  );
}
