"""Building in public: milestones and their slips, obstacles, photos, and the official's monthly report."""
