local isSuspended = obj.spec.suspend == true
local actions = {}
actions["rerun"] = { ["disabled"] = false }
actions["suspend"] = { ["disabled"] = isSuspended }
actions["resume"] = { ["disabled"] = not isSuspended }
return actions
