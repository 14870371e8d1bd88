export type * from './generated/modeldeployment.ts';
export type * from './generated/modelversion.ts';
export type * from './generated/monitor.ts';
export type * from './generated/trainingrun.ts';
export type * from './generated/shared.ts';
