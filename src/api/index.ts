/** `flyball/api`, what others may build on: the kinds as interfaces and as classes that validate themselves offline. */
export type * from './types.ts';
export { ModelDeployment, ModelVersion, Monitor, TrainingRun } from './generated/models.ts';
export { modelDeployments, modelVersions, monitors, trainingRuns } from './customkinds.ts';
export type { Key, Kind, Reference, Resource } from './resource.ts';
export { apiVersion, group, label, managedBy, managedSelector } from './labels.ts';
export { findCondition } from './condition.ts';
export { milliseconds } from './duration.ts';
