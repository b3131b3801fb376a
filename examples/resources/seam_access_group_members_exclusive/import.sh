terraform import seam_access_group_members_exclusive.cleaners <access group id>
