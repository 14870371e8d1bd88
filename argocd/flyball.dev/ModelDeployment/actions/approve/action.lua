local candidate = (obj.status or {}).candidate
if candidate == nil then error("nothing is being rolled out that could be approved") end
obj.spec.rollout = obj.spec.rollout or {}
obj.spec.rollout.approvedRevision = candidate.revision
return obj
