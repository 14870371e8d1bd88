/** Why something that passed was not counted. */
export type SkipReason =
  | 'Batch' /* several rows, and no telling which value is whose */
  | 'Binary' /* a tensor of bytes of which nobody can tell what they are */
  | 'Busy' /* too many bodies wait to be parsed */
  | 'Encoded' /* content-encoding, such as gzip */
  | 'Failed' /* the server did not answer with 2xx, so there was no prediction */
  | 'Malformed' /* says that it is JSON, but is not, or has bytes that do not add up */
  | 'Missing' /* the pointer names nothing */
  | 'NoProfile' /* the training reported none of the signal's type */
  | 'NotJSON'
  | 'Streamed' /* server-sent events or JSON lines */
  | 'TooLarge'
  | 'TooManyRows' /* those of a batch after the first 64 */
  | 'WrongType';
