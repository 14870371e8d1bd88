//go:build tools

// Pins KServe's agent, which is built as it is.
package tools

import _ "github.com/kserve/kserve/cmd/agent"
