//go:build tools

package restapiprovider

import _ "github.com/Mastercard/terraform-provider-restapi"
