local candidate = (obj.status or {}).candidate
if candidate == nil then error("nothing is being rolled out that could be promoted") end
local rollout = obj.spec.rollout or {}
if obj.status.stable ~= nil and (#(rollout.steps or {}) > 0 or #(rollout.analysis or {}) > 0) then
  rollout.promotedRevision = candidate.revision
end
if rollout.approval == "Required" then rollout.approvedRevision = candidate.revision end
rollout.paused = nil
-- What has no members would become a list.
obj.spec.rollout = next(rollout) ~= nil and rollout or nil
return obj
