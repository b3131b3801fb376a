terraform import seam_access_grant.ana_lobby 00000000-0000-4000-8000-000000000000 # or its key
