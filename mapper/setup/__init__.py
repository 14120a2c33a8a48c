"""Setting up a mapping: who buys, who supplies, who recruits, which rounds are held, whom to call in danger."""
