terraform {
  required_providers {
    seam = { source = "seam-iac/seam" }
  }
}

# The credentials come from SEAM_API_KEY.
provider "seam" {}

locals {
  spaces     = distinct(concat(local.shared, flatten([for team in local.teams : team.spaces])))
  everybody  = merge(local.people, local.group_members)
  all_spaces = merge(data.seam_space.existing, seam_space.own)
}

# Entrances and all other spaces are there already, and found by name.
data "seam_entrance" "named" {
  for_each = toset(flatten(values(local.own_spaces)))
  name     = each.key
}

data "seam_space" "existing" {
  for_each = setsubtract(local.spaces, keys(local.own_spaces))
  name     = each.key
}

data "seam_access_group" "named" {
  for_each = toset([for member in local.group_members : member.group])
  name     = each.key
}

resource "seam_space" "own" {
  for_each         = local.own_spaces
  name             = each.key
  acs_entrance_ids = [for name in each.value : data.seam_entrance.named[name].id]
}

resource "seam_user_identity" "person" {
  for_each      = local.everybody
  full_name     = each.value.full_name
  email_address = each.value.email_address
}

resource "seam_access_grant" "person" {
  for_each                 = local.people
  name                     = "${each.value.full_name}, ${each.value.team}"
  user_identity_id         = seam_user_identity.person[each.key].id
  space_ids                = [for name in concat(local.shared, local.teams[each.value.team].spaces) : local.all_spaces[name].id]
  requested_access_methods = [{ mode = try(each.value.opens_with, "code") }]
  ends_at                  = try(local.teams[each.value.team].until, null)

  # A grant for other doors is created before the old one is deleted: no door closes in between, and
  # the PIN goes on working.
  lifecycle {
    create_before_destroy = true
  }
}

resource "seam_access_group_membership" "person" {
  for_each            = local.group_members
  acs_access_group_id = data.seam_access_group.named[each.value.group].id
  user_identity_id    = seam_user_identity.person[each.key].id
}
