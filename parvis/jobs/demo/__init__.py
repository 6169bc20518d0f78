"""The demo department: invented people and files, made by calling the same services as anybody."""
