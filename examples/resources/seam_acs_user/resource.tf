data "seam_acs_system" "main" {
  name = "Main Building"
}

resource "seam_user_identity" "bo" {
  full_name = "Bo Lindgren"
}

resource "seam_acs_user" "bo" {
  acs_system_id    = data.seam_acs_system.main.id
  full_name        = "Bo Lindgren"
  user_identity_id = seam_user_identity.bo.id
}
