import type { Administrator } from './administrator.ts';

/** The only node, which nobody runs: pods can be bound to it. */
export const nodeName = 'node-1';

export async function createNode(administrator: Administrator): Promise<void> {
  const { status, body } = await administrator.send('POST', '/api/v1/nodes', { metadata: { name: nodeName } });
  if (status !== 201) throw new Error(`the node is refused: ${JSON.stringify(body)}`);
}
