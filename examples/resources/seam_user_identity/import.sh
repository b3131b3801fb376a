terraform import seam_user_identity.ana 00000000-0000-4000-8000-000000000000 # or its key
