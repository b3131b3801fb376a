terraform {
  required_providers {
    seam = { source = "seam-iac/seam" }
  }
}

# The credentials come from SEAM_API_KEY.
provider "seam" {}
