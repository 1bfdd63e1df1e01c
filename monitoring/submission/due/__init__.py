"""The day by which a round is asked for: reminders of it, extensions, and calendars outside."""
