import { attemptRules } from './attempts.ts';
import { boundRules } from './bounds.ts';
import { deletionRules } from './deletions.ts';
import { disowningRules } from './disowning.ts';
import { economyRules } from './economy.ts';
import type { Rule } from './evidence.ts';
import { availabilityRules } from './flyball/availability.ts';
import { dataRules } from './flyball/data.ts';
import { endRules } from './flyball/ends.ts';
import { eventRules } from './flyball/events.ts';
import { forgeryRules } from './flyball/forgery.ts';
import { folderRules } from './flyball/folders.ts';
import { servingRules } from './flyball/serving.ts';
import { steeringRules } from './flyball/steering.ts';
import { summaryAgrees, trainingRules } from './flyball/training.ts';
import { leadershipRules } from './leadership.ts';
import { ownershipRules } from './ownership.ts';
import { readRules } from './reads.ts';
import { recordRules } from './records.ts';
import { statusRules } from './status.ts';
import { statusWriteRules } from './statuses.ts';
import { templateRules } from './templates.ts';

/** What must hold for any operator of these kinds. */
export const generalRules: readonly Rule[] = [
  ...ownershipRules,
  ...disowningRules,
  ...attemptRules,
  ...templateRules,
  ...economyRules,
  ...deletionRules,
  ...boundRules,
  ...statusRules,
  ...statusWriteRules,
  ...leadershipRules,
  ...readRules,
  ...recordRules,
];

/** What must hold of what Flyball's statuses say. */
export const flyballRules: readonly Rule[] = [
  ...trainingRules,
  summaryAgrees,
  ...endRules,
  ...folderRules,
  ...servingRules,
  ...availabilityRules,
  ...steeringRules,
  ...dataRules,
  ...eventRules,
  ...forgeryRules,
];
