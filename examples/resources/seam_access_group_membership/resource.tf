data "seam_access_group" "cleaners" {
  name = "Cleaners"
}

data "seam_acs_user" "dev" {
  full_name = "Dev Patel"
}

resource "seam_access_group_membership" "dev_cleaners" {
  acs_access_group_id = data.seam_access_group.cleaners.id
  acs_user_id         = data.seam_acs_user.dev.id
}
