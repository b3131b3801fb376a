terraform import seam_acs_credential.ben_pin 00000000-0000-4000-8000-000000000000
