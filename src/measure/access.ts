import { readFile } from 'node:fs/promises';
import { Agent } from 'undici';

/** Files that say whom to trust and who asks. Without them: the public authorities, and nobody in particular. */
export interface AccessFiles {
  /** PEM certificates that the server's own has to be signed by, instead of those of the public authorities. */
  readonly ca?: string | undefined;
  /** A bearer token. */
  readonly token?: string | undefined;
}

/** How many questions one store is asked at the same time: Prometheus answers 20 at a time by default, and others ask it too. */
export const questionsAtOnce = 12;

export interface Access {
  readonly dispatcher: Agent;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Gives access anew for each question, since the kubelet replaces mounted files when their Secret or ConfigMap changes. The call
 * throws while a file cannot be read: asking without it would tell less clearly what is wrong.
 */
export function createAccess({ ca, token }: AccessFiles, timeout: number): () => Promise<Access> {
  const agentFor = (certificates: string | undefined): Agent =>
    new Agent({
      connections: questionsAtOnce,
      connect: { timeout, ...(certificates !== undefined && { ca: certificates }) },
    });
  let trusted: string | undefined;
  let dispatcher = agentFor(trusted);
  return async () => {
    const [certificates, secret] = await Promise.all([textOf(ca), textOf(token)]);
    if (certificates !== trusted) {
      // Questions under way keep the old agent; its connections end by themselves when they are idle.
      trusted = certificates;
      dispatcher = agentFor(certificates);
    }
    return { dispatcher, headers: secret === undefined ? {} : { authorization: `Bearer ${secret.trim()}` } };
  };
}

async function textOf(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : await readFile(file, 'utf8');
}
