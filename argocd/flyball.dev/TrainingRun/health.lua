local status = obj.status or {}
if (status.observedGeneration or 0) < (obj.metadata.generation or 0) then
  return { status = "Progressing", message = "The operator has not seen the newest edit yet." }
end

local conditions = {}
for _, condition in ipairs(status.conditions or {}) do conditions[condition.type] = condition end
local succeeded = conditions.Succeeded

if conditions.Stalled ~= nil then
  return { status = "Degraded", message = conditions.Stalled.message }
end
-- Also while a schedule or a Monitor has it trained again: the last outcome stands until there is another.
if succeeded ~= nil and succeeded.status == "False" then
  return { status = "Degraded", message = succeeded.message }
end
if conditions.Suspended ~= nil then
  return { status = "Suspended", message = conditions.Suspended.message }
end
if succeeded ~= nil and succeeded.status == "True" then
  return { status = "Healthy", message = succeeded.message }
end
return { status = "Progressing", message = succeeded ~= nil and succeeded.message or "Nothing is known of it yet." }
