local os = require("os")
local ref = obj.spec.model.versionRef
local newest = nil
for _, rejection in ipairs((obj.status or {}).rejected or {}) do
  local isAsked = ref == nil or rejection.version == ref.name
  if isAsked and (newest == nil or rejection.time >= newest.time) then newest = rejection end
end
if newest == nil then error("nothing of what the spec asks for was rejected") end

local now = os.date("!%Y-%m-%dT%XZ")
local rollout = obj.spec.rollout or {}
rollout.retryAt = newest.time > now and newest.time or now
if rollout.abortedRevision == newest.revision then rollout.abortedRevision = nil end
-- What was promoted without its steps is not to be so once more.
if rollout.promotedRevision == newest.revision then rollout.promotedRevision = nil end
obj.spec.rollout = rollout
return obj
