local status = obj.status or {}
if (status.observedGeneration or 0) < (obj.metadata.generation or 0) then
  return { status = "Progressing", message = "The operator has not seen the newest edit yet." }
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do conditions[condition.type] = condition end
local ready, passed, retraining = conditions.Ready, conditions.ChecksPassed, conditions.Retraining
if ready == nil or passed == nil then
  return { status = "Progressing", message = "Nothing is known of it yet." }
end

-- It is blind, or could not do what it is to do: nobody else would find out before it is needed.
if ready.status == "False" then
  return { status = "Degraded", message = ready.message }
end

local retrained = {}
for _, name in ipairs(((obj.spec or {}).retrain or {}).onChecks or {}) do retrained[name] = true end
local goesOn = retraining ~= nil and (retraining.status == "True" or retraining.reason == "CoolingDown")
local isMeasuring = false
for _, check in ipairs(status.checks or {}) do
  -- A signal that this version does not send, the next one does not send either.
  local isHelped = goesOn and retrained[check.name] and check.reason ~= "SignalSkipped"
  if check.verdict == "Failing" and not isHelped then
    return { status = "Degraded", message = passed.message }
  end
  if check.reason == "NotMeasured" or check.reason == "NoData" then isMeasuring = true end
end

if passed.status == "False" then
  if not goesOn then return { status = "Degraded", message = passed.message } end
  return { status = "Progressing", message = passed.message .. " " .. retraining.message }
end
if isMeasuring then
  return { status = "Progressing", message = passed.message }
end
-- Also with too little traffic to judge: nobody has to act, and a quiet night is no fault.
return { status = "Healthy", message = passed.message }
