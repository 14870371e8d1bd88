/** The part of a winston logger that is used here. Fields of a child appear in each of its lines. */
export interface Log {
  debug(message: string, fields?: object): unknown;
  info(message: string, fields?: object): unknown;
  warn(message: string, fields?: object): unknown;
  error(message: string, fields?: object): unknown;
  child(fields: object): Log;
}
