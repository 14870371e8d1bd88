local status = obj.status or {}
if (status.observedGeneration or 0) < (obj.metadata.generation or 0) then
  return { status = "Progressing", message = "The operator has not seen the newest edit yet." }
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do conditions[condition.type] = condition end
local ready, moving, held = conditions.Ready, conditions.Reconciling, conditions.Suspended
if ready == nil then
  return { status = "Progressing", message = "Nothing is known of it yet." }
end

if conditions.Stalled ~= nil then
  return { status = "Degraded", message = conditions.Stalled.message }
end
if moving ~= nil then
  -- Without pods no rollout ever ends: it is held by whoever declared none.
  return { status = moving.reason == "ScaledToZero" and "Suspended" or "Progressing", message = moving.message }
end
-- A rollout that is held does not hide that what serves has too few pods.
if held ~= nil and (ready.status == "True" or ready.reason == held.reason) then
  return { status = "Suspended", message = held.message }
end
if ready.status ~= "True" then
  return { status = "Progressing", message = ready.message }
end
-- What serves was rejected, and there is none to go back to. Where one before it serves, all is well.
if ready.reason == "ServingRejected" then
  return { status = "Degraded", message = ready.message }
end
return { status = "Healthy", message = ready.message }
