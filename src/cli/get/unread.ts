import type { Unread } from '../cluster/cluster.ts';
import { styled, text, type Text } from '../output/text.ts';

/** What is missing in what is shown. */
export function unreadLines(unread: readonly Unread[]): Text[] {
  return unread.map(({ what, why }) => text`${styled('waiting', 'not shown:')} ${what}: ${why}`);
}
