"""Self-assessment: what fits somebody, asked one question a page; and each assessment by itself."""
