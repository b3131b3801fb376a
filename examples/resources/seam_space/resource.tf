data "seam_entrance" "studio" {
  for_each = toset(["Quiet Office", "Meeting Room"])
  name     = each.key
}

resource "seam_space" "studio" {
  name             = "Studio"
  acs_entrance_ids = [for entrance in data.seam_entrance.studio : entrance.id]
}
