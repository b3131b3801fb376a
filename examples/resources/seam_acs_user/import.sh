terraform import seam_acs_user.bo 00000000-0000-4000-8000-000000000000
