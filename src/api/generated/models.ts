// Generated from crds/*.yaml by `npm run generate`. Do not edit.

import type { IObjectMeta } from '@kubernetes-models/apimachinery/apis/meta/v1/ObjectMeta';
import { createTypeMetaGuard, Model, setValidateFunc } from '@kubernetes-models/base';
import type { ModelData } from '@kubernetes-models/base';
import { validator } from '../validator.ts';
import type { IModelDeployment, ModelDeploymentSpec, ModelDeploymentStatus } from './modeldeployment.ts';
import type { IModelVersion, ModelVersionSpec } from './modelversion.ts';
import type { IMonitor, MonitorSpec, MonitorStatus } from './monitor.ts';
import type { ITrainingRun, TrainingRunSpec, TrainingRunStatus } from './trainingrun.ts';
import { modelDeploymentSchema, modelVersionSchema, monitorSchema, trainingRunSchema } from './schemas.ts';

/** A model that is served: which one, by what server, on how many replicas, and how a new version takes over from the old one. */
export class ModelDeployment extends Model<IModelDeployment> implements IModelDeployment {
  static readonly apiVersion = 'flyball.dev/v1alpha1';
  static readonly kind = 'ModelDeployment';
  static readonly is = createTypeMetaGuard<IModelDeployment>(ModelDeployment);

  declare apiVersion: 'flyball.dev/v1alpha1';
  declare kind: 'ModelDeployment';
  declare metadata?: IObjectMeta;
  declare spec: ModelDeploymentSpec;
  declare status?: ModelDeploymentStatus;

  constructor(data?: ModelData<IModelDeployment>) {
    super();
    this.setDefinedProps({
      apiVersion: ModelDeployment.apiVersion,
      kind: ModelDeployment.kind,
      ...data,
    } as IModelDeployment);
  }
}

setValidateFunc(ModelDeployment, validator<IModelDeployment>(modelDeploymentSchema));

/** The record of a training attempt that passed its gate: what was made, from what, and why it was let through. The operator writes it once; it outlives its TrainingRun and is deleted only by people. */
export class ModelVersion extends Model<IModelVersion> implements IModelVersion {
  static readonly apiVersion = 'flyball.dev/v1alpha1';
  static readonly kind = 'ModelVersion';
  static readonly is = createTypeMetaGuard<IModelVersion>(ModelVersion);

  declare apiVersion: 'flyball.dev/v1alpha1';
  declare kind: 'ModelVersion';
  declare metadata?: IObjectMeta;
  declare spec: ModelVersionSpec;

  constructor(data?: ModelData<IModelVersion>) {
    super();
    this.setDefinedProps({ apiVersion: ModelVersion.apiVersion, kind: ModelVersion.kind, ...data } as IModelVersion);
  }
}

setValidateFunc(ModelVersion, validator<IModelVersion>(modelVersionSchema));

/** Watches a ModelDeployment: checks that are measured again and again, and what to do when one fails, retrain or roll back. */
export class Monitor extends Model<IMonitor> implements IMonitor {
  static readonly apiVersion = 'flyball.dev/v1alpha1';
  static readonly kind = 'Monitor';
  static readonly is = createTypeMetaGuard<IMonitor>(Monitor);

  declare apiVersion: 'flyball.dev/v1alpha1';
  declare kind: 'Monitor';
  declare metadata?: IObjectMeta;
  declare spec: MonitorSpec;
  declare status?: MonitorStatus;

  constructor(data?: ModelData<IMonitor>) {
    super();
    this.setDefinedProps({ apiVersion: Monitor.apiVersion, kind: Monitor.kind, ...data } as IMonitor);
  }
}

setValidateFunc(Monitor, validator<IMonitor>(monitorSchema));

/** A training recipe that can be run again: by hand, on a schedule, when it is edited, or when a Monitor asks for it. Each run of it is an attempt; an attempt that passes the gate becomes a ModelVersion. */
export class TrainingRun extends Model<ITrainingRun> implements ITrainingRun {
  static readonly apiVersion = 'flyball.dev/v1alpha1';
  static readonly kind = 'TrainingRun';
  static readonly is = createTypeMetaGuard<ITrainingRun>(TrainingRun);

  declare apiVersion: 'flyball.dev/v1alpha1';
  declare kind: 'TrainingRun';
  declare metadata?: IObjectMeta;
  declare spec: TrainingRunSpec;
  declare status?: TrainingRunStatus;

  constructor(data?: ModelData<ITrainingRun>) {
    super();
    this.setDefinedProps({ apiVersion: TrainingRun.apiVersion, kind: TrainingRun.kind, ...data } as ITrainingRun);
  }
}

setValidateFunc(TrainingRun, validator<ITrainingRun>(trainingRunSchema));
