local os = require("os")
local rerunAt = os.date("!%Y-%m-%dT%XZ")
local attempts = (obj.status or {}).attempts or {}
local newest = attempts[#attempts]
-- An attempt answers what was asked up to when it started, by the operator's clock: nothing would come of it.
if newest ~= nil and newest.coversUntil >= rerunAt then
  error(newest.name .. " answers what is asked up to " .. newest.coversUntil .. ": rerun after that")
end
obj.spec.rerunAt = rerunAt
return obj
