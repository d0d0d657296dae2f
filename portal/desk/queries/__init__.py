"""What can be read at the desk: the queue, one matter, the triage."""
