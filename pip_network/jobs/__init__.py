"""Work that outlives a request: jobs, mail, the queue."""
