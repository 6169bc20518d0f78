"""All that is held on a file, for its client: every entry, and who looked; also to take along."""
