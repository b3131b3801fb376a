data "seam_space" "lobby" {
  name = "Lobby"
}

resource "seam_user_identity" "ana" {
  full_name = "Ana Ruiz"
}

resource "seam_access_grant" "ana_lobby" {
  name                     = "Ana, lobby"
  user_identity_id         = seam_user_identity.ana.id
  space_ids                = [data.seam_space.lobby.id]
  requested_access_methods = [{ mode = "code" }, { mode = "mobile_key" }]
  starts_at                = provider::seam::access_window("2030-03-01 09:00", "Europe/Berlin")
  ends_at                  = "2030-06-30T18:00:00+02:00"

  # The grant for other doors is created before the old one is deleted, so that no door closes.
  lifecycle {
    create_before_destroy = true
  }
}
