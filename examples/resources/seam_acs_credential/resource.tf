variable "pin" {
  type      = string
  ephemeral = true
}

data "seam_acs_user" "ben" {
  full_name = "Ben Okafor"
}

data "seam_entrance" "front_door" {
  name = "Front Door"
}

# The PIN stands in no plan and no state; another version sends it again.
resource "seam_acs_credential" "ben_pin" {
  access_method            = "code"
  acs_user_id              = data.seam_acs_user.ben.id
  allowed_acs_entrance_ids = [data.seam_entrance.front_door.id]
  code_wo                  = var.pin
  code_wo_version          = 1
  ends_at                  = "2030-06-30T18:00:00+02:00"
}
