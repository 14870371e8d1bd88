import { patchCommand } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import type { MonitorCheck } from '../../../api/types.ts';
import { milliseconds } from '../../../api/duration.ts';
import type { Blind, Measure } from './measure.ts';
import { requestQuestion } from '../../../measure/requests.ts';
import type { Revision } from './subject.ts';

/** What the observer counts about requests, over the last five minutes by default. */
export function observedRequests(check: MonitorCheck, revision: Revision): Measure {
  const text = check.window ?? '5m';
  const length = milliseconds(text) ?? 300_000;
  const { patience } = revision;
  const question = () => requestQuestion(check, { series: revision, window: length, patience });
  return withoutObserver(revision) ?? { ...question(), window: { length, text } };
}

/** Nothing counts the requests of a deployment without an observer. */
export function withoutObserver({ signals, modelDeployment, namespace }: Revision): Blind | undefined {
  if (signals !== undefined) return undefined;
  const message = written({
    what: `ModelDeployment "${modelDeployment}" has no spec.observe, so nothing counts its requests`,
    remedies: [
      {
        text: 'add it, at least as {}, which rolls out a new revision',
        command: patchCommand('mdep', { namespace, name: modelDeployment }, { observe: {} }),
      },
    ],
  });
  return { type: 'Blind', reason: 'NoObserver', message };
}
