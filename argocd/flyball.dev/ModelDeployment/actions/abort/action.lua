local candidate = (obj.status or {}).candidate
if candidate == nil then error("nothing is being rolled out that could be aborted") end
local rollout = obj.spec.rollout or {}
rollout.abortedRevision = candidate.revision
-- What was promoted without its steps is not to be so once more when it is tried again.
if rollout.promotedRevision == candidate.revision then rollout.promotedRevision = nil end
obj.spec.rollout = rollout
return obj
