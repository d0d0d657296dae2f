"""Filing a report: one question a page, answers kept in a draft until they are sent."""
