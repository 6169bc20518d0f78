"""Mail, both ways: out over SMTP or into a folder, back over IMAP."""
