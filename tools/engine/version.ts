/**
 * The Pulumi CLI that this repository installs where none is on PATH. `tools/pulumi-cli/go.mod`
 * names the same version, and a test compares the two.
 */
export const PULUMI_VERSION = '3.230.0'

/** The same of OpenTofu, with `tools/tofu-cli/go.mod`. */
export const TOFU_VERSION = '1.12.6'

/** The same of the provider that the benchmarks compare with, with `tools/restapi-provider/go.mod`. */
export const RESTAPI_VERSION = '1.20.0'
