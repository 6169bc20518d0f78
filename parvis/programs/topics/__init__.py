"""What enquiries are about: topics as data, with the examples by which they are recognised."""
