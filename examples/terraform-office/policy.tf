# Who may open what. This file is the policy: a change here is a change of access, and reads as one in
# a pull request. Times carry an offset, so they mean the same wherever this runs.

locals {
  # Spaces that this configuration creates, and the entrances in each.
  own_spaces = {
    "Design Studio" = ["Quiet Office", "Meeting Room"]
    "Roof Terrace"  = ["Roof"]
  }

  # Everybody may enter these.
  shared = ["Lobby"]

  # The spaces that every member of a team may enter, and when the access of the whole team ends;
  # open-ended when left out.
  teams = {
    design      = { spaces = ["Design Studio", "Roof Terrace"] }
    research    = { spaces = ["Lab", "Offices"] }
    operations  = { spaces = ["Offices", "Server Room", "Garage"] }
    contractors = { spaces = ["Lab"], until = "2027-06-30T18:00:00+02:00" }
  }

  # People by their staff number, which stays when a name changes. The doors open by PIN unless
  # opens_with says otherwise.
  people = {
    "1001" = { team = "design", full_name = "Ana Ruiz", email_address = "ana@example.com", opens_with = "mobile_key" }
    "1002" = { team = "design", full_name = "Bo Lindgren", email_address = "bo@example.com" }
    "1003" = { team = "design", full_name = "Carla Neri", email_address = "carla@example.com" }
    "1004" = { team = "research", full_name = "Dayo Adeyemi", email_address = "dayo@example.com" }
    "1005" = { team = "research", full_name = "Emre Kaya", email_address = "emre@example.com", opens_with = "card" }
    "1006" = { team = "research", full_name = "Fen Wu", email_address = "fen@example.com" }
    "1007" = { team = "research", full_name = "Gita Rao", email_address = "gita@example.com" }
    "1008" = { team = "operations", full_name = "Hana Sato", email_address = "hana@example.com", opens_with = "mobile_key" }
    "1009" = { team = "operations", full_name = "Iris Vos", email_address = "iris@example.com" }
    "2001" = { team = "contractors", full_name = "Jo Park", email_address = "jo@contractor.example.com" }
    "2002" = { team = "contractors", full_name = "Kai Brandt", email_address = "kai@contractor.example.com" }
  }

  # People whose access comes from a group of the access control system.
  group_members = {
    "3001" = { group = "Cleaners", full_name = "Lena Fuchs", email_address = "lena@cleaning.example.com" }
  }
}
