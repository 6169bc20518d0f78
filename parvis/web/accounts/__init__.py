"""The account: its address, password, passkeys and codes, its devices, its language, its file."""
