/**
 * The Pulumi CLI that this repository installs where none is on PATH. `tools/pulumi-cli/go.mod`
 * names the same version, and a test compares the two.
 */
export const PULUMI_VERSION = '3.230.0'

/** The same of OpenTofu, with `tools/tofu-cli/go.mod`. */
export const TOFU_VERSION = '1.12.6'
