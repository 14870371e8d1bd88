/** Candidates that are rejected, or wait. */
import type { Place } from '../../outcomes/place.ts';
import { named, summary } from '../../outcomes/place.ts';
import type { Fault, Faults } from '../fault.ts';
import { asker, claim, model, patched, python, serve, server, serving } from './objects.ts';

const deployment = 'modeldeployment fraud';

const steps = [{ weight: 50, hold: '10s' }];
const errors = { name: 'errors', errors: {}, max: 0.05, minSamples: 10 };
const latency = { name: 'latency', latency: { quantile: 0.95 }, max: 0.2, minSamples: 10 };
const candidate = (name: string, value: string) => ({ model: model(2), server: { env: [{ name, value }] } });

/** A model that serves, with its clients. */
const served = (
  rollout: object,
  clients: readonly object[] = [asker('fraud')],
): Pick<Fault, 'before' | 'objects' | 'about'> => ({
  about: 'mdep/fraud',
  before: [claim],
  objects: [serve({ replicas: 2, rollout }), ...clients],
});

/** Edits the spec once the first model serves. */
const edited = (spec: object) => async (place: Place) => {
  await place.until(
    'a model that serves',
    ({ deployments }) => summary(named(deployments, 'fraud'))?.status === 'True',
  );
  await place.kubectl.run([
    'patch',
    'modeldeployment',
    'fraud',
    '--namespace',
    place.namespace,
    '--type=merge',
    `--patch=${JSON.stringify({ spec })}`,
  ]);
};

export const rolloutFaults: Faults = {
  'candidate-errors': {
    title: 'A candidate answers with errors',
    ...served({ steps, analysis: [errors] }),
    afterwards: edited(candidate('CODE', '500')),
    shows: [/RevisionRejected/],
    expect: { cause: [/errors/, /0\.05|5 ?%/], actor: 'Author', fix: patched({ server: { env: null } }, deployment) },
    works: /Ready=True Serving/,
  },
  'candidate-slow': {
    title: 'A candidate answers too late',
    ...served({ steps, analysis: [latency] }),
    afterwards: edited(candidate('LATE', '0.6')),
    shows: [/RevisionRejected/],
    expect: { cause: [/latency/, /0\.2/], actor: 'Author', fix: patched({ server: { env: null } }, deployment) },
  },
  'candidate-without-traffic': {
    title: 'Nobody asks a candidate anything, so that it cannot be judged',
    ...served({ steps, analysis: [errors] }, []),
    afterwards: edited({ model: model(2) }),
    shows: [/TooFewSamples/],
    expect: {
      cause: [/requests|samples/, /errors/],
      actor: 'Author',
      fix: patched({ rollout: { analysis: null } }, deployment),
    },
    works: /Ready=True Serving/,
  },
  'candidate-crashes': {
    title: 'A candidate crashes when it starts',
    ...served({}, []),
    afterwards: edited({
      model: model(2),
      server: python("raise ImportError('libcudart.so.12: cannot open shared object file')"),
    }),
    shows: [/RevisionRejected/],
    expect: { cause: [/libcudart\.so\.12/], actor: 'Author', fix: patched({ server: python(serving) }, deployment) },
  },
  'rollout-paused': {
    title: 'Somebody paused the rollout',
    ...served({ steps }, []),
    afterwards: edited({ model: model(2), rollout: { paused: true } }),
    shows: [/Paused|paused/],
    expect: {
      cause: [/spec\.rollout\.paused/],
      actor: 'Approver',
      fix: patched({ rollout: { paused: false } }, deployment),
    },
    works: /Ready=True Serving/,
  },
  'approval-awaited': {
    title: 'The model waits for an approval',
    about: 'mdep/fraud',
    before: [claim],
    objects: [serve({ rollout: { approval: 'Required' } })],
    shows: [/ApprovalRequired/],
    expect: {
      cause: [/approv/i],
      actor: 'Approver',
      fix: 'kubectl patch modeldeployment fraud --type merge --patch "{\\"spec\\":{\\"rollout\\":{\\"approvedRevision\\":\\"$(kubectl get modeldeployment fraud --output jsonpath=\'{.status.candidate.revision}\')\\"}}}"',
    },
  },
  'server-fails-later': {
    title: 'The server that serves begins to fail its probes, and nothing is behind it',
    about: 'mdep/fraud',
    before: [claim],
    objects: [
      serve({
        server: server(
          python(
            serving
              .replace('int(os.environ.get("READY", 200))', '200 if time.time() - started < 40 else 503')
              .replace('class', 'started = time.time()\nclass'),
          ),
        ),
      }),
    ],
    afterwards: edited({ replicas: 1 }),
    shows: [/Ready=False/],
    expect: { cause: [/503|probe|not ready/], actor: 'Author', fix: patched({ server: python(serving) }, deployment) },
  },
};
