if obj.spec.rollout ~= nil then
  obj.spec.rollout.paused = nil
  -- What has no members would become a list.
  if next(obj.spec.rollout) == nil then obj.spec.rollout = nil end
end
return obj
