//go:build tools

package tofucli

import _ "github.com/opentofu/opentofu/cmd/tofu"
