import { endedWith, type Illnesses, initializing, minute, refusedFor, report, running, setUp, since } from './ill.ts';

const mesh = { name: 'mesh', restartPolicy: 'Always' };
const crashing = (name: string) =>
  report(
    name,
    { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s restarting failed container' } },
    { restartCount: 3, lastState: endedWith(1, minute, 'Traceback (most recent call last):\nKeyError: "port"') },
  );

/** Pods of servers with our observer. */
export const illServers = {
  "the observer's image cannot be pulled": (made) => [
    made({
      phase: 'Pending',
      conditions: since({ PodScheduled: 'True' }),
      initContainerStatuses: [
        report('observer', {
          waiting: {
            reason: 'ImagePullBackOff',
            message: 'Back-off pulling image "registry/observer:1": ErrImagePull: not found',
          },
        }),
      ],
      containerStatuses: [initializing],
    }),
  ],
  'a server crashes': (made) => [made({ phase: 'Running', conditions: setUp, containerStatuses: [crashing('main')] })],
  'an injected sidecar crashes': (made) => [
    made(
      {
        phase: 'Pending',
        conditions: since({ PodScheduled: 'True' }),
        initContainerStatuses: [crashing('mesh')],
        containerStatuses: [initializing],
      },
      { init: [mesh] },
    ),
  ],
  'a server crashes beside an injected sidecar that crashes': (made) => [
    made(
      { phase: 'Running', conditions: setUp, containerStatuses: [crashing('main'), crashing('mesh')] },
      { beside: [{ name: 'mesh' }] },
    ),
  ],
  'the observer crashes': (made) => [
    made({
      phase: 'Pending',
      conditions: since({ PodScheduled: 'True' }),
      initContainerStatuses: [crashing('observer')],
      containerStatuses: [initializing],
    }),
  ],
  'a container cannot be run': (made) => [
    made(
      refusedFor(
        'main',
        'RunContainerError',
        'failed to create containerd task: nvidia-container-cli: initialization error: load library failed',
      ),
    ),
  ],
  'a server listens on another port': (made) => [
    made({
      phase: 'Running',
      conditions: [...setUp, ...since({ Ready: 'False' })],
      containerStatuses: [report('main', running, { started: false })],
    }),
  ],
  'an injected sidecar is never ready beside a server': (made) => [
    made(
      {
        phase: 'Running',
        conditions: [...setUp, ...since({ Ready: 'False' })],
        containerStatuses: [
          report('main', running, { started: true, ready: true }),
          report('mesh', running, { started: true }),
        ],
      },
      { beside: [{ name: 'mesh', readinessProbe: { tcpSocket: { port: 15020 } } }] },
    ),
  ],
} as const satisfies Illnesses;
