terraform import seam_access_group_membership.dev_cleaners <access group id>/<ACS user id>
