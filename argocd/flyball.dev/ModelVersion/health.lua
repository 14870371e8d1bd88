-- The record of an attempt that passed its gate: it has no status and never changes.
return { status = "Healthy", message = "It is registered." }
