local rollout = obj.spec.rollout or {}
local status = obj.status or {}
local stable, candidate, previous = status.stable, status.candidate, status.previous
local isPaused = rollout.paused == true

-- A way back from what was rejected takes no steps, needs nobody, and there is no other one.
local isRejected = false
for _, rejection in ipairs(status.rejected or {}) do
  if stable ~= nil and rejection.revision == stable.revision then isRejected = true end
end
local isBack = isRejected and candidate ~= nil and previous ~= nil and candidate.revision == previous.revision
local comes = candidate ~= nil and not isBack

local lacksApproval = comes and rollout.approval == "Required" and rollout.approvedRevision ~= candidate.revision
local isWatched = #(rollout.steps or {}) > 0 or #(rollout.analysis or {}) > 0
local skips = comes and isWatched and stable ~= nil and rollout.promotedRevision ~= candidate.revision

local reasons = {}
for _, reason in ipairs({ "RevisionRejected", "CandidateRejected", "RollingBack", "RolledBack", "ServingRejected" }) do
  reasons[reason] = true
end
local wasRejected = false
for _, condition in ipairs(status.conditions or {}) do
  if condition.type == "Ready" and reasons[condition.reason] then wasRejected = true end
end

local actions = {}
actions["pause"] = { ["disabled"] = isPaused }
actions["resume"] = { ["disabled"] = not isPaused }
actions["approve"] = { ["disabled"] = not lacksApproval }
actions["promote"] = { ["disabled"] = not (skips or lacksApproval or (comes and isPaused)) }
actions["abort"] = { ["disabled"] = not comes }
actions["retry"] = { ["disabled"] = not wasRejected }
return actions
