"""The deadline engine: pure rules about calendars, policies and the clock ledger."""
