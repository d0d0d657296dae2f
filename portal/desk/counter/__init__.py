"""Filing on behalf of somebody at the counter, on the phone, by letter or chat."""
