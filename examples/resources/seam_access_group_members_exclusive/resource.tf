data "seam_access_group" "cleaners" {
  name = "Cleaners"
}

data "seam_acs_user" "cleaners" {
  for_each  = toset(["Dev Patel", "Elena Rossi"])
  full_name = each.key
}

resource "seam_access_group_members_exclusive" "cleaners" {
  acs_access_group_id = data.seam_access_group.cleaners.id
  acs_user_ids        = [for user in data.seam_acs_user.cleaners : user.id]
}
