resource "seam_user_identity" "ana" {
  full_name         = "Ana Ruiz"
  email_address     = "ana@example.com"
  user_identity_key = "staff-1001"
}
