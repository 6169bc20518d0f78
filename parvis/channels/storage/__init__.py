"""Where contents lie: adapters of the documents room's store."""
